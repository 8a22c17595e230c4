import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Choice, toActionId } from "../../src/choices/choice.ts";
import type { ChannelRef, EventId, FinalId, RoundId, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { plain } from "../images/pictures.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createScriptedModel, sends } from "../support/scripted-model.ts";
import { ADA, type Desk, DIRECTED, inWords, MAX, MIA, NOOR, openDesk } from "../support/story-desk.ts";
import { openWorkshop } from "../support/story-workshop.ts";

let bench: TestDatabase;
let desk: Desk;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
  channel = desk.channel({ ...DIRECTED, directors: [ADA, NOOR] });
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

/** A click on a button of a final's message. */
async function press(
  kind: Extract<Choice, { final: unknown }>["kind"],
  id: FinalId,
  who: UserRef,
  event = fresh<EventId>(),
): Promise<Reply> {
  const message = await desk.show((await findFinal(id)).post);
  const place = { channel, thread: undefined };
  return desk.press({ event, place, person: who, message, action: toActionId({ kind, final: id }) });
}

async function findFinal(id: FinalId) {
  const final = await desk.database.records.finals.find(id);
  if (final === undefined) throw new Error(`no final ${id}`);
  return final;
}

const pick = async (round: RoundId, number: number, who: UserRef) => {
  const { post } = await desk.roundOf(round);
  const place = { channel, thread: undefined };
  const action = toActionId({ kind: "number", round, number });
  return desk.press({ event: fresh(), place, person: who, message: await desk.show(post), action });
};

/** A grid of Mia's, and the final of its second take, delivered. */
async function delivered() {
  const { round } = await desk.grid(channel, MIA);
  await pick(round.id, 2, ADA);
  const { final } = await desk.deliverFinal(round.id);
  return { round, final };
}

const statesOf = async (round: RoundId) => (await desk.finalsOf(round)).map((each) => each.status);
const wordsOf = (reply: Reply) => ("card" in reply ? inWords(reply.card) : reply.kind);
const cardOf = async (id: FinalId) => {
  const card = desk.platform.shown.get(await desk.show((await findFinal(id)).post));
  return { labels: card?.actions.map((each) => each.label), words: card ? inWords(card) : "" };
};

async function latest(round: RoundId) {
  const id = (await desk.finalsOf(round)).at(-1)?.id;
  if (id === undefined) throw new Error("nothing was picked");
  return findFinal(id);
}

describe("redo of a final", () => {
  it("sends it back and has the same take finished again, with another seed, at the price of a pick", async () => {
    const { round, final } = await delivered();
    expect(await desk.balance(channel)).toEqual({ available: 42, reserved: 0, spent: 8 });
    expect(await press("redo", final.id, ADA)).toEqual({ kind: "done" });
    expect(await statesOf(round.id)).toEqual(["sent_back", "queued"]);
    expect((await findFinal(final.id)).state).toMatchObject({ status: "sent_back", by: ADA });
    const next = await latest(round.id);
    expect(next).toMatchObject({ take: final.take, number: 2, pickedBy: ADA, size: "2K" });
    expect(final.seed).toBe(round.takes[1]?.seed);
    expect(next.seed).not.toBe(final.seed);
    expect((await desk.roundOf(round.id)).state).toMatchObject({ status: "closed", final: next.id });
    expect(await desk.balance(channel)).toEqual({ available: 38, reserved: 4, spent: 8 });
    expect(await cardOf(final.id)).toMatchObject({
      labels: ["Recipe"],
      words: expect.stringContaining(`Sent back by @${ADA}`),
    });
    expect((await cardOf(next.id)).words).toContain(`@${ADA} picked take 2`);
    expect((await desk.findPost(next.post)).under).toBe(round.post);
  });

  it("asks the model for that seed, and for each more another", async () => {
    const shop = await openWorkshop(bench);
    const red = await plain(64, 64, "#f00").png().toBuffer();
    const model = createScriptedModel([sends(red)]);
    const { round } = await desk.grid(channel, MIA);
    for (const take of round.takes) await shop.blobs.put(`assets/${take.id}`, red);
    await pick(round.id, 3, ADA);
    for (let turn = 0; turn < 3; turn++) {
      const { id } = await latest(round.id);
      await shop.makeFinal(desk, id, model);
      await press("redo", id, ADA);
    }
    const seeds = model.requests.map((request) => request.seed);
    expect(seeds[0]).toBe(round.takes[2]?.seed);
    expect(new Set([...seeds, (await latest(round.id)).seed]).size).toBe(4);
    expect(new Set(model.calls).size).toBe(3);
    await shop.close();
  });

  it("is for whoever may pick", async () => {
    const { round, final } = await delivered();
    expect(wordsOf(await press("redo", final.id, MIA))).toMatch(/Only art directors decide here/);
    expect(await statesOf(round.id)).toEqual(["delivered"]);
    channel = desk.channel({ directors: [], managers: [] });
    const { round: open } = await desk.grid(channel, MIA);
    await pick(open.id, 1, MIA);
    const { final: mine } = await desk.deliverFinal(open.id);
    expect(wordsOf(await press("redo", mine.id, ADA))).toMatch(/whoever asked for the takes decides/);
    await press("redo", mine.id, MIA);
    expect(await statesOf(open.id)).toEqual(["sent_back", "queued"]);
  });

  it("clicked twice is one redo; another director hears who was first", async () => {
    const { round, final } = await delivered();
    await press("redo", final.id, ADA);
    expect(await press("redo", final.id, ADA)).toEqual({ kind: "done" });
    expect(wordsOf(await press("redo", final.id, NOOR))).toMatch(`@${ADA} picked 2 first.`);
    expect(await statesOf(round.id)).toEqual(["sent_back", "queued"]);
    expect(await desk.balance(channel)).toEqual({ available: 38, reserved: 4, spent: 8 });
  });

  it("delivered again, however late, is one redo", async () => {
    const { round, final } = await delivered();
    const event = fresh<EventId>();
    await press("redo", final.id, ADA, event);
    const second = await desk.deliverFinal(round.id);
    await press("send_back", second.final.id, ADA);
    expect(await press("redo", final.id, ADA, event)).toEqual({ kind: "done" });
    expect(await statesOf(round.id)).toEqual(["sent_back", "sent_back"]);
  });

  it("without the credits changes nothing: the final that is there can still be approved", async () => {
    const { round, final } = await delivered();
    await desk.grid(channel, MIA, { count: 16 });
    await desk.grid(channel, MIA, { count: 16 });
    await desk.grid(channel, MIA, { count: 7 });
    const before = await desk.balance(channel);
    expect(before).toMatchObject({ available: 3, reserved: 0 });
    const event = fresh<EventId>();
    expect(wordsOf(await press("redo", final.id, ADA, event))).toBe(
      `This channel has 3 credits left; this costs 4. Nothing was started. Ask @${MAX}.`,
    );
    expect(await statesOf(round.id)).toEqual(["delivered"]);
    expect((await desk.roundOf(round.id)).state).toMatchObject({ status: "closed", final: final.id });
    expect(await desk.balance(channel)).toEqual(before);
    expect((await cardOf(final.id)).labels).toEqual(["Approve", "Send back…", "Redo", "Recipe"]);
    const { ledger } = desk.database.records;
    const account = await desk.account(channel);
    await ledger.freeze(account, MAX, desk.clock());
    expect(wordsOf(await press("redo", final.id, ADA))).toMatch(/frozen by @studio:max/);
    await ledger.unfreeze(account);
    expect(await press("approve", final.id, NOOR)).toEqual({ kind: "done" });
    expect(await statesOf(round.id)).toEqual(["approved"]);
  });

  it("that is approved, still on its way or failed is refused, with a reason", async () => {
    const { round, final } = await delivered();
    await press("approve", final.id, NOOR);
    expect((await cardOf(final.id)).labels).toEqual(["Recipe"]);
    expect(wordsOf(await press("redo", final.id, ADA))).toBe(`@${NOOR} approved this final before.`);
    const { round: other } = await desk.grid(channel, MIA);
    await pick(other.id, 1, ADA);
    const queued = await latest(other.id);
    expect(wordsOf(await press("redo", queued.id, ADA))).toMatch(/not here yet/);
    await desk.loseFinal(other.id);
    expect((await cardOf(queued.id)).labels).toEqual(["Retry"]);
    expect(wordsOf(await press("redo", queued.id, ADA))).toMatch(/not here yet/);
    expect(await statesOf(round.id)).toEqual(["approved"]);
    expect(await statesOf(other.id)).toEqual(["failed"]);
  });

  it("that failed leaves the grid open; tried again it has the seed that it was to have", async () => {
    const { round, final } = await delivered();
    await press("redo", final.id, ADA);
    const { final: failed } = await desk.loseFinal(round.id);
    expect((await desk.roundOf(round.id)).state.status).toBe("choosing");
    await press("retry_final", failed.id, ADA);
    expect(await latest(round.id)).toMatchObject({ take: failed.take, seed: failed.seed });
    expect(await statesOf(round.id)).toEqual(["sent_back", "failed", "queued"]);
  });
});

describe("a final that was sent back", () => {
  it("can be redone by anybody who may pick, while its grid is open", async () => {
    const { round, final } = await delivered();
    await press("send_back", final.id, ADA);
    expect((await cardOf(final.id)).labels).toEqual(["Redo", "Recipe"]);
    expect(await press("redo", final.id, NOOR)).toEqual({ kind: "done" });
    expect(await statesOf(round.id)).toEqual(["sent_back", "queued"]);
    expect((await findFinal(final.id)).state).toMatchObject({ by: ADA });
    expect((await cardOf(final.id)).labels).toEqual(["Recipe"]);
  });

  it("is told who was first, when another take was picked since", async () => {
    const { round, final } = await delivered();
    await press("send_back", final.id, ADA);
    await pick(round.id, 4, NOOR);
    expect(wordsOf(await press("redo", final.id, ADA))).toMatch(`@${NOOR} picked 4 first.`);
    expect(await statesOf(round.id)).toEqual(["sent_back", "queued"]);
  });

  it("says whether its grid is open, whatever becomes of other finals", async () => {
    const OPEN = { labels: ["Redo", "Recipe"], words: expect.stringContaining("The grid is open again") };
    const CLOSED = { labels: ["Recipe"], words: expect.stringContaining("Another final is in the thread") };
    const { round, final } = await delivered();
    await press("send_back", final.id, ADA);
    expect(await cardOf(final.id)).toEqual(OPEN);
    await pick(round.id, 4, NOOR);
    expect(await cardOf(final.id)).toEqual(CLOSED);
    await desk.loseFinal(round.id);
    expect(await cardOf(final.id)).toEqual(OPEN);
    await pick(round.id, 4, NOOR);
    const other = await desk.deliverFinal(round.id);
    expect(await cardOf(final.id)).toEqual(CLOSED);
    await press("send_back", other.final.id, ADA);
    expect([await cardOf(final.id), await cardOf(other.final.id)]).toEqual([OPEN, OPEN]);
    await press("redo", final.id, ADA);
    expect([await cardOf(final.id), await cardOf(other.final.id)]).toEqual([CLOSED, CLOSED]);
  });

  it("and picked again by its number is made with another seed, too", async () => {
    const { round, final } = await delivered();
    await press("send_back", final.id, ADA);
    await pick(round.id, 2, ADA);
    const next = await latest(round.id);
    expect(next.take).toBe(final.take);
    expect(next.seed).not.toBe(final.seed);
    await desk.deliverFinal(round.id);
    await press("send_back", next.id, ADA);
    await pick(round.id, 1, ADA);
    expect((await latest(round.id)).seed).toBe(round.takes[0]?.seed);
  });
});
