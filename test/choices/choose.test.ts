import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import type { EventId, MessageRef, RoundId, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { fresh, person } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, DIRECTED, inWords, MAX, MIA, NOOR, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

/** A click on a button of a message. */
async function press(
  message: MessageRef,
  who: UserRef,
  action: string,
  event = fresh<EventId>(),
): Promise<Reply> {
  const post = await desk.database.records.posts.findByRef(message);
  if (post === undefined) throw new Error("that is no message of ours");
  return desk.inbox.press({ event, place: post.place, person: who, message, action });
}

const pressNumber = (grid: { round: { id: RoundId }; message: MessageRef }, who: UserRef, number: number) =>
  press(grid.message, who, toActionId({ kind: "number", round: grid.round.id, number }));

const wordsOf = (reply: Reply) => (reply.kind === "whisper" ? inWords(reply.card) : reply.kind);

describe("numbers where art directors decide", () => {
  it("are votes of members: one each, moved and taken back", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    const votes = () => desk.database.records.rounds.votes(grid.round.id);
    expect(await pressNumber(grid, MIA, 1)).toEqual({ kind: "done" });
    await pressNumber(grid, NOOR, 2);
    await pressNumber(grid, MIA, 2);
    expect(await votes()).toEqual([
      { person: NOOR, number: 2 },
      { person: MIA, number: 2 },
    ]);
    await pressNumber(grid, MIA, 2);
    expect(await votes()).toEqual([{ person: NOOR, number: 2 }]);
    expect((await desk.roundOf(grid.round.id)).state.status).toBe("choosing");
  });

  it("are the pick of a director, with its credits held", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    expect(await desk.balance(channel)).toEqual({ available: 46, reserved: 0, spent: 4 });
    expect(await pressNumber(grid, ADA, 3)).toEqual({ kind: "done" });
    expect((await desk.roundOf(grid.round.id)).state.status).toBe("closed");
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ status: "queued", number: 3 }]);
    expect(await desk.balance(channel)).toEqual({ available: 42, reserved: 4, spent: 4 });
  });

  it("a second director hears who was first", async () => {
    const channel = desk.channel({ ...DIRECTED, directors: [ADA, NOOR] });
    const grid = await desk.grid(channel, MIA);
    await pressNumber(grid, ADA, 3);
    expect(wordsOf(await pressNumber(grid, NOOR, 2))).toBe(
      `@${ADA} picked 3 first. Sent back, the grid opens again.`,
    );
    expect(wordsOf(await pressNumber(grid, MIA, 2))).toMatch(/picked 3 first/);
    expect(await desk.finalsOf(grid.round.id)).toHaveLength(1);
    // Ada's own second click is the same pick.
    expect(await pressNumber(grid, ADA, 3)).toEqual({ kind: "done" });
    expect(wordsOf(await pressNumber(grid, ADA, 1))).toMatch(/picked 3 first/);
    expect(await desk.balance(channel)).toMatchObject({ reserved: 4 });
  });

  it("two hundred clicks of many directors at once are one pick and one hold", async () => {
    const directors = Array.from({ length: 20 }, (_, index) => person(`director${index}`));
    const channel = desk.channel({ ...DIRECTED, directors });
    const grid = await desk.grid(channel, MIA);
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        pressNumber(grid, directors[index % 20] ?? ADA, 1 + (index % 4)),
      ),
    );
    expect(await desk.finalsOf(grid.round.id)).toHaveLength(1);
    expect(await desk.balance(channel)).toEqual({ available: 42, reserved: 4, spent: 4 });
    const first = replies.filter((each) => each.kind === "done").length;
    // The winner's own clicks on the same number are no news to them.
    expect(first).toBeGreaterThanOrEqual(1);
    expect(first).toBeLessThanOrEqual(10);
    const finals = (
      await bench.pool.query("select tree from draftroom.outbox where tree->'job'->>'name' = 'final.render'")
    ).rows;
    const [final] = await desk.finalsOf(grid.round.id);
    expect(finals.filter((each) => each.tree.job.payload.final === final?.id)).toHaveLength(1);
  });

  it("the same click delivered again changes nothing", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    const event = fresh<EventId>();
    const action = toActionId({ kind: "number", round: grid.round.id, number: 2 });
    for (let index = 0; index < 3; index++) await press(grid.message, MIA, action, event);
    expect(await desk.database.records.rounds.votes(grid.round.id)).toEqual([{ person: MIA, number: 2 }]);
  });

  it("of takes that are not there are said, and are no votes", async () => {
    const grid = await desk.grid(desk.channel(), MIA, { failed: [3] });
    expect(wordsOf(await pressNumber(grid, MIA, 5))).toBe(
      "This grid has the numbers 1 to 4. Choose one of those.",
    );
    for (const who of [MIA, ADA]) {
      expect(wordsOf(await pressNumber(grid, who, 3))).toBe(
        "That take could not be made. Choose another number.",
      );
    }
    expect(await desk.database.records.rounds.votes(grid.round.id)).toEqual([]);
    expect((await desk.roundOf(grid.round.id)).state.status).toBe("choosing");
  });

  it("before the grid is there are answered kindly", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    await bench.pool.query("update draftroom.rounds set status = 'rendering' where id = $1", [grid.round.id]);
    for (const who of [MIA, ADA]) {
      expect(wordsOf(await pressNumber(grid, who, 1))).toMatch(/not ready yet/);
    }
    expect(await desk.database.records.rounds.votes(grid.round.id)).toEqual([]);
  });
});

describe("numbers where nobody directs", () => {
  it("are the requester's pick and everybody else's votes", async () => {
    const grid = await desk.grid(desk.channel({ directors: [], managers: [] }), MIA);
    await pressNumber(grid, ADA, 1);
    expect((await desk.roundOf(grid.round.id)).state.status).toBe("choosing");
    await pressNumber(grid, MIA, 2);
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ number: 2 }]);
    const { message } = await desk.deliverFinal(grid.round.id);
    await desk.react(message, ADA, "approve");
    expect(desk.heard(ADA)).toEqual([`In this channel whoever asked for the takes decides: ask @${MIA}.`]);
    await desk.react(message, MIA, "approve");
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ status: "approved" }]);
  });
});

describe("✅ on a grid", () => {
  const approve = (grid: { round: { id: RoundId }; message: MessageRef }, who: UserRef) =>
    press(grid.message, who, toActionId({ kind: "approve_leader", round: grid.round.id }));

  it("of a director picks the sole leader", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    expect(wordsOf(await approve(grid, ADA))).toMatch(/Choose a number first/);
    await pressNumber(grid, MIA, 1);
    await pressNumber(grid, NOOR, 4);
    expect(wordsOf(await approve(grid, ADA))).toMatch(/no single take leads/);
    await pressNumber(grid, MAX, 4);
    await approve(grid, ADA);
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ number: 4 }]);
  });

  it("of a member is refused, with whom to ask", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    await pressNumber(grid, MIA, 1);
    expect(wordsOf(await approve(grid, MIA))).toBe(
      `Only art directors decide here. Ask @${ADA}. Your number on a grid is a vote.`,
    );
    expect(await desk.finalsOf(grid.round.id)).toEqual([]);
  });

  it("where nobody directs, of the requester picks their own vote first", async () => {
    const grid = await desk.grid(desk.channel({ directors: [], managers: [] }), MIA);
    await desk.database.records.rounds.vote(grid.round.id, MIA, 2, desk.clock());
    await pressNumber(grid, ADA, 1);
    await pressNumber(grid, NOOR, 1);
    expect(wordsOf(await approve(grid, NOOR))).toMatch(/whoever asked for the takes decides/);
    await approve(grid, MIA);
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ number: 2 }]);
  });

  it("after the pick tells who was first", async () => {
    const grid = await desk.grid(desk.channel({ ...DIRECTED, directors: [ADA, NOOR] }), MIA);
    await pressNumber(grid, NOOR, 1);
    expect(wordsOf(await approve(grid, ADA))).toMatch(/picked 1 first/);
  });
});

describe("a pick without the credits", () => {
  it("undoes everything: the round is still open", async () => {
    const channel = desk.channel();
    const first = await desk.grid(channel, MIA, { count: 16 });
    const second = await desk.grid(channel, MIA, { count: 16 });
    await desk.grid(channel, MIA, { count: 15 });
    expect(await desk.balance(channel)).toEqual({ available: 3, reserved: 0, spent: 47 });
    const outbox = "select count(*)::int as n from draftroom.outbox";
    const before = (await bench.pool.query(outbox)).rows;
    expect(wordsOf(await pressNumber(first, ADA, 1))).toBe(
      `This channel has 3 credits left; this costs 4. Nothing was started. Ask @${MAX}.`,
    );
    expect((await desk.roundOf(first.round.id)).state.status).toBe("choosing");
    expect(await desk.finalsOf(first.round.id)).toEqual([]);
    expect((await bench.pool.query(outbox)).rows).toEqual(before);
    const { ledger } = desk.database.records;
    const account = await desk.account(channel);
    await ledger.freeze(account, MAX, desk.clock());
    expect(wordsOf(await pressNumber(second, ADA, 1))).toMatch(
      /budget is frozen by @studio:max, so nothing new can start/,
    );
    await ledger.unfreeze(account);
    expect(await desk.balance(channel)).toEqual({ available: 3, reserved: 0, spent: 47 });
  });
});
