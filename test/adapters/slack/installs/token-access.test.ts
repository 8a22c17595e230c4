import { inspect } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTokenAccess } from "../../../../adapters/slack/installs/token-access.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { ChatError } from "../../../../src/ports/chat.ts";
import { createRecordingLog } from "../../../support/recording-log.ts";
import type { LocalSlack } from "../../../support/slack/local-slack.ts";
import type { SlackTeam } from "../../../support/slack/slack-people.ts";
import { startSlack } from "../../../support/slack/start-slack.ts";

let slack: LocalSlack;
let team: SlackTeam;

beforeEach(async () => {
  slack = await startSlack();
  team = slack.addWorkspace();
});
afterEach(async () => {
  expect(slack.problems).toEqual([]);
  await slack.stop();
});

function open(token: string) {
  const log = createRecordingLog();
  return { log, access: createTokenAccess({ token: new Secret(token), apiUrl: slack.apiUrl, log }) };
}
const authTests = () => slack.calls.filter(({ method }) => method === "auth.test").length;

it("knows who it is, and asks once", async () => {
  const installed = team.install({ scopes: ["chat:write", "commands"] });
  const { access } = open(installed.botToken);
  const [one, two] = await Promise.all([access.of(team.id), access.of(team.id)]);
  expect(one).toBe(two);
  expect(one).toMatchObject({
    team: team.id,
    botUser: team.botUserId,
    bot: team.botId,
    enterprise: undefined,
    url: `https://${team.domain}.slack.com/`,
  });
  expect([...one.scopes].sort()).toEqual(["chat:write", "commands"]);
  expect(await access.teams()).toEqual([team.id]);
  expect(authTests()).toBe(1);
});

it("names the organization of its workspace", async () => {
  const enterprise = slack.addEnterprise();
  const own = enterprise.addWorkspace();
  const { access } = open(own.install().botToken);
  expect((await access.of(own.id)).enterprise).toBe(enterprise.id);
});

it("refuses another workspace's id", async () => {
  const other = slack.addWorkspace();
  const { access } = open(team.install().botToken);
  await expect(access.of(other.id)).rejects.toMatchObject({ name: "ChatError", kind: "gone" });
});

it("asks again once Slack has refused the token", async () => {
  const { access } = open(team.install().botToken);
  const known = await access.of(team.id);
  team.revokeTokens();
  expect(await access.of(team.id)).toBe(known);
  await expect(known.client.auth.test()).rejects.toThrow();
  await expect(access.of(team.id)).rejects.toMatchObject({ kind: "refused" });
});

it("learns of new scopes from the next answer, without a restart", async () => {
  const { access } = open(team.install({ scopes: ["chat:write"] }).botToken);
  const before = await access.of(team.id);
  team.install({ scopes: ["chat:write", "users:read"] });
  await before.client.auth.test();
  expect([...(await access.of(team.id)).scopes]).toEqual(["chat:write", "users:read"]);
});

it("asks again after a failure", async () => {
  const { access } = open(team.install().botToken);
  slack.faults.call("auth.test", { kind: "reset_before" });
  await expect(access.of(team.id)).rejects.toMatchObject({ kind: "unavailable" });
  slack.faults.call("auth.test", { kind: "rate_limited", retryAfterS: 7 });
  await expect(access.of(team.id)).rejects.toMatchObject({ kind: "unavailable", retryAfterMs: 7000 });
  slack.faults.call("auth.test", { kind: "status", status: 503 });
  await expect(access.of(team.id)).rejects.toMatchObject({ kind: "unavailable" });
  slack.faults.call("auth.test", { kind: "error", error: "internal_error" });
  await expect(access.of(team.id)).rejects.toMatchObject({ kind: "unavailable" });
  expect((await access.of(team.id)).team).toBe(team.id);
  expect(authTests()).toBe(5);
});

it("says which workspaces are left after an uninstall", async () => {
  const { access } = open(team.install().botToken);
  expect(await access.forget({ team: team.id, enterprise: undefined }, new Date())).toEqual([]);
  team.uninstall();
  expect(await access.forget({ team: team.id, enterprise: undefined }, new Date())).toEqual([team.id]);
  expect(await access.forget({ team: "T0THER", enterprise: undefined }, new Date())).toEqual(["T0THER"]);
});

it("takes no token of a whole organization", async () => {
  const enterprise = slack.addEnterprise();
  const own = enterprise.addWorkspace();
  const { access } = open(enterprise.install().botToken);
  await expect(access.of(own.id)).rejects.toMatchObject({ kind: "refused" });
});

it("shows its token to nobody", async () => {
  const { botToken } = team.install();
  const { access, log } = open(botToken);
  const known = await access.of(team.id);
  team.uninstall();
  const error = await known.client.auth.test().catch((caught: unknown) => caught);
  const refused = await access.of(team.id).catch((caught: unknown) => caught);
  expect(refused).toBeInstanceOf(ChatError);
  for (const shown of [known, access, error, refused]) {
    expect(inspect(shown, { depth: 20, showHidden: true })).not.toContain(botToken);
    expect(JSON.stringify(shown)).not.toContain(botToken);
  }
  expect(log.words()).not.toContain(botToken);
});

it.each([
  "http://slack.com/api/",
  "ftp://slack.com/api/",
  "slack.com/api",
  "http://127.0.0.1.evil.test/api/",
])("sends no token to %s", (apiUrl) => {
  expect(() => createTokenAccess({ token: new Secret("xoxb-1"), apiUrl, log: createRecordingLog() })).toThrow(
    RangeError,
  );
});
