import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MessageRef, UserRef } from "../../src/core/ids.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, DIRECTED, MAX, MIA, NOOR, openDesk } from "../support/story-desk.ts";

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

const votesOf = (grid: Awaited<ReturnType<Desk["grid"]>>) =>
  desk.database.records.rounds.votes(grid.round.id);

describe("a number", () => {
  it("votes while it is on", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    await desk.react(grid.message, NOOR, "n2");
    expect(await votesOf(grid)).toEqual([{ person: NOOR, number: 2 }]);
    await desk.react(grid.message, NOOR, "n2", false);
    expect(await votesOf(grid)).toEqual([]);
    await desk.react(grid.message, NOOR, "n2");
    expect(await votesOf(grid)).toEqual([{ person: NOOR, number: 2 }]);
    expect(desk.heard(NOOR)).toEqual([]);
  });

  it("of two that are on, the later is the vote; when that goes, the other", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    await desk.react(grid.message, NOOR, "n1");
    await desk.react(grid.message, NOOR, "n3");
    expect(await votesOf(grid)).toEqual([{ person: NOOR, number: 3 }]);
    await desk.react(grid.message, NOOR, "n3", false);
    expect(await votesOf(grid)).toEqual([{ person: NOOR, number: 1 }]);
    await desk.react(grid.message, NOOR, "n1", false);
    expect(await votesOf(grid)).toEqual([]);
  });

  it("the same event again does nothing", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    for (let index = 0; index < 3; index++) await desk.react(grid.message, NOOR, "n2");
    for (let index = 0; index < 3; index++) await desk.react(grid.message, ADA, "n2");
    expect(await votesOf(grid)).toEqual([{ person: NOOR, number: 2 }]);
    expect(await desk.finalsOf(grid.round.id)).toHaveLength(1);
    expect(desk.heard(ADA)).toEqual([]);
  });

  it("of a director picks; taken off, it stays picked", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    await desk.react(grid.message, ADA, "n4");
    await desk.react(grid.message, ADA, "n4", false);
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ number: 4, status: "queued" }]);
    await desk.react(grid.message, NOOR, "n1");
    expect(desk.heard(NOOR)).toEqual([`@${ADA} picked 4 first. Sent back, the grid opens again.`]);
  });

  it("beyond the grid or of a missing take is answered privately", async () => {
    const grid = await desk.grid(desk.channel(), MIA, { failed: [2] });
    await desk.react(grid.message, NOOR, "n9");
    await desk.react(grid.message, NOOR, "n2");
    expect(desk.heard(NOOR)).toEqual([
      "This grid has the numbers 1 to 4. Choose one of those.",
      "That take could not be made. Choose another number.",
    ]);
    expect(await votesOf(grid)).toEqual([]);
  });
});

describe("🔄", () => {
  it("rerolls once each time it is put on", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    await desk.react(grid.message, MIA, "reroll");
    await desk.react(grid.message, MIA, "reroll");
    expect(await desk.roundsOf(channel)).toHaveLength(2);
    await desk.react(grid.message, MIA, "reroll", false);
    expect(await desk.roundsOf(channel)).toHaveLength(2);
    await desk.react(grid.message, MIA, "reroll");
    expect(await desk.roundsOf(channel)).toHaveLength(3);
    expect(await desk.balance(channel)).toEqual({ available: 38, reserved: 8, spent: 4 });
  });

  it("of somebody else is refused privately", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    await desk.react(grid.message, NOOR, "reroll");
    expect(desk.heard(NOOR)).toEqual([
      `Only @${MIA} or an art director can do that here. You can always start your own with /draft.`,
    ]);
    expect(await desk.roundsOf(channel)).toHaveLength(1);
  });

  it("done again after a crash before it was noted makes no second round", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    await desk.react(grid.message, MIA, "reroll");
    await bench.pool.query("delete from draftroom.reactions where post = $1", [grid.post.id]);
    await desk.react(grid.message, MIA, "reroll");
    expect(await desk.roundsOf(channel)).toHaveLength(2);
  });
});

describe("✅ and ❌", () => {
  it("on a grid: a director's ✅ picks the leader of the votes", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    await desk.react(grid.message, MIA, "n2");
    await desk.react(grid.message, MIA, "approve");
    expect(desk.heard(MIA)).toEqual([
      `Only art directors decide here. Ask @${ADA}. Your number on a grid is a vote.`,
    ]);
    await desk.react(grid.message, ADA, "approve");
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ number: 2 }]);
  });

  it("on a grid without a leader asks for a number", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    await desk.react(grid.message, ADA, "approve");
    expect(desk.heard(ADA)).toEqual(["Choose a number first: no single take leads the votes."]);
    await desk.react(grid.message, ADA, "reject");
    expect(desk.heard(ADA)).toHaveLength(1);
    expect(await desk.finalsOf(grid.round.id)).toEqual([]);
  });

  it("on a final: approves, and sends back; the grid then takes another pick", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    await desk.react(grid.message, ADA, "n1");
    const first = await desk.deliverFinal(grid.round.id);
    await desk.react(first.message, MIA, "approve");
    await desk.react(first.message, MAX, "reject");
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ status: "delivered" }]);
    await desk.react(first.message, ADA, "reject");
    expect((await desk.roundOf(grid.round.id)).state.status).toBe("choosing");
    await desk.react(grid.message, ADA, "n2");
    const second = await desk.deliverFinal(grid.round.id);
    await desk.react(second.message, ADA, "approve");
    await desk.react(second.message, ADA, "reject");
    expect(desk.heard(ADA)).toEqual([`@${ADA} approved this final before.`]);
    await desk.react(second.message, ADA, "n1");
    await desk.react(second.message, ADA, "reroll");
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([
      { number: 1, status: "sent_back" },
      { number: 2, status: "approved" },
    ]);
    expect(await desk.balance(channel)).toEqual({ available: 38, reserved: 0, spent: 12 });
  });
});

describe("out of credits", () => {
  it("is whispered, and the pick can be made when there are some", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA, { count: 16 });
    for (const count of [16, 16]) await desk.grid(channel, MIA, { count });
    await desk.react(grid.message, ADA, "n1");
    expect(desk.heard(ADA)).toEqual([
      `This channel has 2 credits left; this costs 4. Nothing was started. Ask @${MAX}.`,
    ]);
    const { ledger } = desk.database.records;
    const account = await desk.account(channel);
    const { available: amount } = await ledger.balance(account, desk.clock());
    await ledger.grant({ id: fresh(), account, amount, by: MAX, memo: "more", at: desk.clock() });
    await desk.react(grid.message, ADA, "n1", false);
    await desk.react(grid.message, ADA, "n1");
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ number: 1, status: "queued" }]);
  });
});

describe("reconcile", () => {
  const put = (
    message: MessageRef,
    who: UserRef,
    emoji: Parameters<Desk["platform"]["react"]>[2],
    on = true,
  ) => desk.platform.react(message, who, emoji, on);

  it("acts on what was put on and taken off while nobody listened, once", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    await desk.react(grid.message, NOOR, "n1");
    put(grid.message, NOOR, "n1", false);
    put(grid.message, MAX, "n2");
    put(grid.message, MIA, "reroll");
    await desk.reconcile();
    await desk.reconcile();
    expect(await votesOf(grid)).toEqual([{ person: MAX, number: 2 }]);
    expect(await desk.roundsOf(channel)).toHaveLength(2);
    put(grid.message, ADA, "approve");
    await desk.reconcile();
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ number: 2 }]);
  });

  it("and the event that comes late do it once together", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    put(grid.message, MIA, "reroll");
    await Promise.all([desk.reconcile(), desk.react(grid.message, MIA, "reroll"), desk.reconcile()]);
    expect(await desk.roundsOf(channel)).toHaveLength(2);
  });

  it("finds the decision on a final", async () => {
    const grid = await desk.grid(desk.channel({ ...DIRECTED, directors: [ADA, NOOR] }), MIA);
    await desk.react(grid.message, ADA, "n1");
    const { message } = await desk.deliverFinal(grid.round.id);
    put(message, NOOR, "approve");
    await desk.reconcile();
    expect(await desk.finalsOf(grid.round.id)).toMatchObject([{ status: "approved" }]);
  });
});

describe("a reaction on a message of somebody else", () => {
  it("is nothing", async () => {
    const grid = await desk.grid(desk.channel(), MIA);
    const message = fresh<MessageRef>("studio:local:");
    await desk.inbox.reaction({ message, place: grid.post.place, person: ADA, emoji: "n1", on: true });
    expect(await desk.finalsOf(grid.round.id)).toEqual([]);
  });
});
