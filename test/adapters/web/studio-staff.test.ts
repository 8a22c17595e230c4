import type { Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { channelRef } from "../../../adapters/web/studio-refs.ts";
import type { ChannelStaff } from "../../../adapters/web/wire.ts";
import { readEvents } from "./read-events.ts";
import { forgetMessages, openStudioDatabase, type RunningStudio, startStudio } from "./studio-setup.ts";

let pool: Pool;
let run: RunningStudio;
beforeAll(async () => {
  pool = await openStudioDatabase();
});
afterAll(() => pool.end());
beforeEach(async () => {
  await forgetMessages(pool);
  run = await startStudio({ pool });
});
afterEach(() => run.stop());

const directorsIn = (channel: string, staff: readonly ChannelStaff[]) =>
  staff.find((one) => one.channel === channel)?.directors;
const name = (people: string) =>
  run.client.as("max").command("spring-launch", `/quota roles directors ${people}`);

test("the page hears who directs and manages, by all settings together", async () => {
  expect((await run.client.session()).staff).toEqual([
    { channel: "spring-launch", directors: ["ada"], managers: ["max"] },
    { channel: "product-shots", directors: ["ada"], managers: ["max"] },
    { channel: "playground", directors: [], managers: ["max"] },
  ]);
  await name("@ada @noor");
  expect(directorsIn("spring-launch", (await run.client.session()).staff)).toEqual(["ada", "noor"]);
  await name("nobody");
  expect(directorsIn("spring-launch", (await run.client.session()).staff)).toEqual([]);
});

test("everybody's stream begins with it, and brings each change once", async () => {
  const events = readEvents(run.studio.url(), "noor", "0");
  const next = async () => (await events.next()).value?.staff;
  expect(await next()).toHaveLength(3);
  await name("@mia");
  expect(await next()).toEqual([{ channel: "spring-launch", directors: ["mia"], managers: ["max"] }]);
  await name("@mia");
  await name("@ada");
  expect(await next()).toEqual([{ channel: "spring-launch", directors: ["ada"], managers: ["max"] }]);
  await events.return(undefined);
});

test("what cannot be told now stays as it was, and breaks nothing", async () => {
  run.inbox.beforeStaff = () => Promise.reject(new Error("away"));
  const before = await run.client.session();
  expect([before.staff, before.channels.length]).toEqual([[], 3]);
  expect(await name("@noor")).toMatchObject({ kind: "message" });
  run.inbox.beforeStaff = async () => {};
  expect(directorsIn("spring-launch", (await run.client.session()).staff)).toEqual(["noor"]);
  run.inbox.beforeStaff = () => Promise.reject(new Error("away"));
  await run.client.as("mia").say("spring-launch", "still here");
  expect(directorsIn("spring-launch", (await run.client.session()).staff)).toEqual(["noor"]);
});

test("a slow answer to an earlier question does not undo a later one", async () => {
  const { promise: slow, resolve: go } = Promise.withResolvers<void>();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  run.inbox.beforeStaff = (channel) => {
    if (channel === channelRef("spring-launch")) ask();
    return slow;
  };
  const early = run.client.session();
  await asked;
  run.inbox.beforeStaff = async () => {};
  await name("@noor");
  go();
  expect(directorsIn("spring-launch", (await early).staff)).toEqual(["noor"]);
});
