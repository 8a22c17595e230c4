import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DidNotStart, startDraftroom } from "./support/draftroom-process.ts";
import type { LocalSlack } from "./support/slack/local-slack.ts";
import { startSlack } from "./support/slack/start-slack.ts";

// What whoever starts it reads. What it stands on is in test/journeys/bad-environment.test.ts.

let folder: string;
let slack: LocalSlack;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-main-"));
  slack = await startSlack();
});
afterEach(async () => {
  await slack.stop();
  await rm(folder, { recursive: true, force: true });
});

const start = (env: Readonly<Record<string, string>>) =>
  startDraftroom({ DRAFTROOM_DATA_DIR: folder, SLACK_API_URL: slack.apiUrl, ...env });

describe("npm start", () => {
  it("says where it is, and points at what looks mistyped", async () => {
    const { botToken } = slack.addWorkspace().install();
    const tokens = { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: slack.appToken };
    const draftroom = await start({ ...tokens, SLACK_MANAGRES: "U1" });
    expect(draftroom.places).toEqual(["Slack (Socket Mode)"]);
    expect(draftroom.log()).toBe("SLACK_MANAGRES is no setting: did you mean SLACK_MANAGERS?\n");
    expect(await draftroom.stop()).toBe(0);
  });

  it("says what Slack refuses and where the right one is, and nothing of what is well", async () => {
    const failed = await start({ SLACK_BOT_TOKEN: "xoxb-wrong", SLACK_APP_TOKEN: slack.appToken }).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(DidNotStart);
    if (!(failed instanceof DidNotStart)) return;
    expect(failed.exitCode).toBe(69);
    expect(failed.output).toMatch(
      /^Draftroom cannot start: .*SLACK_BOT_TOKEN is refused: invalid_auth\..*OAuth & Permissions.*\nnpm run doctor/m,
    );
    expect(failed.output).not.toContain(folder);
    expect(failed.output, "a sentence, not a stack").not.toMatch(/^\s+at /m);
  });
});
