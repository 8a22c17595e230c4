import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cardOf, shows, wordsOf } from "../support/cards.ts";
import { makePrograms, mia, type Programs } from "../support/doomed-programs.ts";
import type { DidNotStart } from "../support/draftroom-process.ts";
import { findFreePort } from "../support/server-process.ts";

const TEST_MS = 120_000;
const UNTIL_MS = 60_000;
const CHANNEL = "playground";

let programs: Programs;
beforeEach(async () => {
  programs = await makePrograms();
});
afterEach(() => programs.remove());

describe("settings", () => {
  test("everything that is wrong is named in one message", async () => {
    const failed = await programs.failToStart({
      DRAFTROOM_PORT: "many",
      DRAFTROOM_TAKES_AT_ONCE: "0",
      DRAFTROOM_TIME_ZONE: "Mars/Olympus",
      DRAFTROOM_PRICE_TAKES: "1",
      DRAFTROOM_HOST: "0.0.0.0",
      DRAFTROOM_ROLE: "worker",
      REDIS_URL: "http://user:hunter2@redis",
    });
    expect(failed.exitCode).toBe(78);
    for (const name of [
      "DRAFTROOM_PORT is a whole number",
      "DRAFTROOM_TAKES_AT_ONCE is at least 1",
      "DRAFTROOM_TIME_ZONE is an IANA time zone",
      "DRAFTROOM_PRICE_TAKES is no setting: did you mean DRAFTROOM_PRICE_TAKE?",
      "DRAFTROOM_HOST is open to other machines",
      "DATABASE_URL is needed for the role worker",
      "REDIS_URL starts with redis:",
    ]) {
      expect(failed.output).toContain(name);
    }
    expect(failed.output, "values may be secret").not.toContain("hunter2");
    expect(failed.output, "a sentence, not a stack").not.toMatch(/^\s+at /m);
  });

  test("a public address needs a token", async () => {
    const failed = await programs.failToStart({ DRAFTROOM_HOST: "0.0.0.0" });
    expect(failed.exitCode).toBe(78);
    expect(failed.output).toContain("set DRAFTROOM_TOKEN");
  });
});

describe("nothing there at the start", () => {
  const away = async () => `127.0.0.1:${await findFreePort()}`;
  const expectSentence = (failed: DidNotStart & { ms: number }, words: string) => {
    console.log(`${words}: ended after ${failed.ms} ms`);
    expect(failed.exitCode).toBe(69);
    expect(failed.output).toMatch(/^Draftroom cannot start: \S/m);
    expect(failed.output).toContain(words);
    expect(failed.output, "a sentence, not a stack").not.toMatch(/^\s+at /m);
    expect(failed.ms).toBeLessThan(60_000);
  };

  test(
    "no PostgreSQL",
    async () => {
      const failed = await programs.failToStart({
        DATABASE_URL: `postgres://postgres@${await away()}/draftroom`,
      });
      expectSentence(failed, "that the server of DATABASE_URL runs");
    },
    TEST_MS,
  );

  test(
    "no Redis",
    async () => {
      const failed = await programs.failToStart({ REDIS_URL: `redis://${await away()}` });
      expectSentence(failed, "that the server of REDIS_URL runs");
    },
    TEST_MS,
  );

  test.each(["DATABASE_URL", "REDIS_URL"])(
    "a server that takes the call and says nothing: %s",
    async (name) => {
      const silent = createServer(() => {}).listen(0, "127.0.0.1");
      await once(silent, "listening");
      const address = silent.address();
      const port = typeof address === "object" ? address?.port : undefined;
      const scheme = name === "REDIS_URL" ? "redis" : "postgres";
      const failed = await programs.failToStart({ [name]: `${scheme}://127.0.0.1:${port}` });
      silent.close();
      expectSentence(failed, `that the server of ${name} runs`);
    },
    TEST_MS,
  );
});

describe("somebody was here before", () => {
  test(
    "a data folder in use is left alone, and its process named",
    async () => {
      const first = await programs.start();
      const failed = await programs.failToStart({});
      expect(failed.exitCode).toBe(69);
      expect(failed.output).toContain(`is open in process ${first.child.pid}`);
      expect(await (await mia(first)).say(CHANNEL, "still here")).toMatchObject({ kind: "message" });
    },
    TEST_MS,
  );

  test(
    "a taken port is replaced by a free one, which is printed",
    async () => {
      const first = await programs.start();
      const { port } = new URL(first.url);
      const second = await programs.start({
        DRAFTROOM_PORT: port,
        DRAFTROOM_DATA_DIR: join(programs.folder, "other"),
      });
      expect(second.url).not.toBe(first.url);
      expect(await (await mia(second)).say(CHANNEL, "hello")).toMatchObject({ kind: "message" });
    },
    TEST_MS,
  );
});

describe("no room to keep an image", () => {
  test.each(["paid", "assets"])(
    "images/%s cannot be written: said, and nothing charged",
    async (name) => {
      await mkdir(join(programs.folder, "data", "images"), { recursive: true });
      await writeFile(join(programs.folder, "data", "images", name), "in the way");
      const draftroom = await programs.start();
      const person = await mia(draftroom);
      await person.say(CHANNEL, "/draft a full disk");
      const failed = await person.until(
        shows(/There was no room to keep the image[\s\S]*Nothing was charged/),
        UNTIL_MS,
      );
      expect(wordsOf(cardOf(failed))).toContain(
        "Nothing was charged. Whoever runs Draftroom has to free some disk space.",
      );
      expect(cardOf(failed)?.actions.map((action) => action.label)).toEqual(["Retry"]);
      const quota = await person.say(CHANNEL, "/quota");
      expect(quota.kind === "message" && wordsOf(cardOf(quota.message))).toContain("400 of 400 credits left");
    },
    TEST_MS,
  );
});
