import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assetKey } from "../../src/assets/keys.ts";
import type { ChannelRef } from "../../src/core/ids.ts";
import { ChatError } from "../../src/ports/chat.ts";
import { purgeJob } from "../../src/upkeep/purge-job.ts";
import { plain } from "../images/pictures.ts";
import { audit } from "../support/audit.ts";
import { openDelivering } from "../support/delivering.ts";
import { type Departing, DUE, hoursLater, openDeparting, PAST_GRACE } from "../support/departing.ts";
import { findMentions } from "../support/mentions.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, sends } from "../support/scripted-model.ts";
import { ADA, MIA } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";

let bench: TestDatabase;
let shop: Workshop;
let red: Buffer;
let here: Departing;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
  red = await plain(64, 64, "#f00").png().toBuffer();
});
beforeEach(async () => {
  await shop.loseAll();
  here = openDeparting(bench, shop, red);
  channel = here.channelIn(here.workspace);
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

const gone = () => here.desk.inbox.channelGone(channel);

describe("a channel that is gone", () => {
  it("has what waits for it ended, its credits given back, and nothing more shown", async () => {
    const other = here.channelIn(here.workspace);
    const elsewhere = await here.desk.roundOf(await here.started(other));
    const waiting = await here.desk.roundOf(await here.started(channel));
    const running = await here.desk.roundOf(await here.started(channel));
    const [begun] = running.takes;
    if (begun === undefined) throw new Error("a round of two");
    await here.desk.database.records.rounds.beginTake(begun.id, here.desk.clock());
    const grid = await here.desk.grid(channel, MIA);
    await here.desk.react(grid.message, ADA, "n1");
    expect(await here.desk.balance(channel)).toEqual({ available: 38, reserved: 8, spent: 4 });

    await gone();
    expect(await shop.decided(purgeJob.id)).toHaveLength(1);
    await here.purge(hoursLater(0));
    await shop.composeGrid(here.desk, waiting.id);
    expect((await here.desk.roundOf(waiting.id)).state).toEqual({ status: "failed", failure: "interrupted" });
    expect((await here.desk.finalsOf(grid.round.id)).map((final) => final.status)).toEqual(["failed"]);
    expect(await here.desk.balance(channel)).toEqual({ available: 45, reserved: 1, spent: 4 });
    expect(await here.desk.balance(other)).toMatchObject({ reserved: 2 });

    // What was being made ends, is paid, and is shown to nobody.
    const before = here.desk.platform.shown.size;
    await shop.makeTake(here.desk, begun.id, createScriptedModel([sends(red)]));
    await shop.composeGrid(here.desk, running.id);
    expect(await here.desk.balance(channel)).toEqual({ available: 45, reserved: 0, spent: 5 });
    const delivering = openDelivering(bench);
    for (const post of [running.post, waiting.post, grid.round.post]) {
      expect((await here.desk.findPost(post)).status).toBe("gone");
      expect(await delivering.deliver({}, post)).toEqual({ kind: "done" });
    }
    expect(here.desk.platform.shown.size).toBe(before);
    expect((await here.desk.findPost(elsewhere.post)).status).toBe("waiting");
    await audit(bench.pool);
  });

  it("is forgotten when its time has come, and the rest of its workspace is not", async () => {
    const other = here.channelIn(here.workspace);
    const [round, kept] = [await here.lived(channel), await here.lived(other)];
    const [take] = (await here.desk.roundOf(round)).takes;
    if (take === undefined) throw new Error("a round of two");
    await gone();
    await here.purge(hoursLater(0));
    expect(await shop.blobs.find(assetKey(take.id as never))).toBeDefined();
    await here.purge(DUE);
    await here.purge(PAST_GRACE);
    await shop.loseAll();
    expect(await findMentions(bench.pool, [channel, round, take.id])).toEqual({});
    expect(await shop.blobs.find(assetKey(take.id as never))).toBeUndefined();
    expect((await here.desk.roundOf(kept)).state.status).toBe("closed");
    await audit(bench.pool);
  });

  it("was not, when people draft there and see it", async () => {
    await here.desk.account(channel);
    await gone();
    const grid = await here.desk.grid(channel, MIA);
    await here.purge(hoursLater(0));
    await here.purge(DUE);
    expect((await here.desk.roundOf(grid.round.id)).state.status).toBe("choosing");
  });

  it("is none of ours when nobody has asked for anything there", async () => {
    await gone();
    expect(await shop.decided(purgeJob.id)).toEqual([]);
    expect(await findMentions(bench.pool, [channel])).toEqual({});
  });

  it("may be said to be gone again and again", async () => {
    const round = await here.desk.roundOf(await here.started(channel));
    await gone();
    await gone();
    await here.purge(hoursLater(0));
    await gone();
    await here.purge(hoursLater(0));
    expect(await here.desk.balance(channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
    expect(round.takes).toHaveLength(2);
    await audit(bench.pool);
  });

  it("shows nothing of what an answer was to show", async () => {
    const event = `${channel}:live`;
    const reply = await here.desk.inbox.command({
      event: event as never,
      place: { channel, thread: undefined },
      person: MIA,
      name: "draft",
      text: "a red fox",
      options: {},
      mentions: [],
      attachments: [],
      isLive: true,
    });
    if (reply.kind !== "started" || reply.post === undefined) throw new Error(reply.kind);
    await gone();
    await here.desk.inbox.answered(reply.post, undefined);
    expect((await here.desk.findPost(reply.post)).status).toBe("gone");
    expect(await openDelivering(bench).deliver({}, reply.post)).toEqual({ kind: "done" });
  });
});

describe("a workspace that left", () => {
  it.each(["post", "staff"] as const)(
    "is shown nothing, and its deliveries end: %s says so",
    async (what) => {
      const delivering = openDelivering(bench);
      const { post } = await delivering.unshownRound();
      const left = async () => Promise.reject(new ChatError("gone", "the app was taken out"));
      if (what === "staff") delivering.desk.platform.sender.staff = left;
      expect(await delivering.deliver({ post: left }, post)).toEqual({ kind: "done" });
      expect((await delivering.desk.findPost(post)).status).toBe("gone");
    },
  );
});
