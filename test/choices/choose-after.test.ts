import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import type { EventId, FinalId, MessageRef, RoundId, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, DIRECTED, inWords, MIA, NOOR, openDesk } from "../support/story-desk.ts";

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
  return desk.press({ event, place: post.place, person: who, message, action });
}

const pressNumber = (grid: { round: { id: RoundId }; message: MessageRef }, who: UserRef, number: number) =>
  press(grid.message, who, toActionId({ kind: "number", round: grid.round.id, number }));

const wordsOf = (reply: Reply) => (reply.kind === "whisper" ? inWords(reply.card) : reply.kind);

describe("a final", () => {
  const decide = (kind: "approve" | "send_back" | "retry_final", final: FinalId) =>
    toActionId({ kind, final });

  it("is approved by a director, once", async () => {
    const grid = await desk.grid(desk.channel({ ...DIRECTED, directors: [ADA, NOOR] }), MIA);
    await pressNumber(grid, ADA, 1);
    const { final, message } = await desk.deliverFinal(grid.round.id);
    expect(wordsOf(await press(message, MIA, decide("approve", final.id)))).toMatch(
      /Only art directors decide here/,
    );
    expect(await press(message, NOOR, decide("approve", final.id))).toEqual({ kind: "done" });
    expect(wordsOf(await press(message, ADA, decide("send_back", final.id)))).toBe(
      `@${NOOR} approved this final before.`,
    );
    expect(await press(message, NOOR, decide("approve", final.id))).toEqual({ kind: "done" });
    expect(wordsOf(await pressNumber(grid, ADA, 2))).toMatch(/The final is approved/);
    expect((await desk.roundOf(grid.round.id)).state.status).toBe("closed");
  });

  it("sent back opens the grid for another pick", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    await pressNumber(grid, ADA, 1);
    const { final, message } = await desk.deliverFinal(grid.round.id);
    await press(message, ADA, decide("send_back", final.id));
    expect((await desk.roundOf(grid.round.id)).state.status).toBe("choosing");
    await pressNumber(grid, ADA, 1);
    const finals = await desk.finalsOf(grid.round.id);
    expect(finals.map((each) => each.status)).toEqual(["sent_back", "queued"]);
    expect(wordsOf(await press(message, ADA, decide("approve", final.id)))).toMatch(
      /sent this final back before/,
    );
    expect(await desk.balance(channel)).toEqual({ available: 38, reserved: 4, spent: 8 });
  });

  it("that failed costs nothing and can be tried again, by whoever may pick", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    await pressNumber(grid, ADA, 2);
    const { final, message } = await desk.loseFinal(grid.round.id);
    expect(await desk.balance(channel)).toEqual({ available: 46, reserved: 0, spent: 4 });
    expect(wordsOf(await press(message, MIA, decide("retry_final", final.id)))).toMatch(/Only art directors/);
    await press(message, ADA, decide("retry_final", final.id));
    await press(message, ADA, decide("retry_final", final.id));
    expect((await desk.finalsOf(grid.round.id)).map((each) => each.status)).toEqual(["failed", "queued"]);
    expect(wordsOf(await press(message, ADA, decide("approve", final.id)))).toMatch(/not here yet/);
  });
});

describe("reroll and retry", () => {
  it("are for the requester and for directors, in the same concept", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    const reroll = toActionId({ kind: "reroll", round: grid.round.id });
    expect(wordsOf(await press(grid.message, NOOR, reroll))).toMatch(/Only @studio:mia or an art director/);
    const event = fresh<EventId>();
    await press(grid.message, MIA, reroll, event);
    await press(grid.message, MIA, reroll, event);
    await press(grid.message, ADA, reroll);
    const rounds = await Promise.all((await desk.roundsOf(channel)).map((id) => desk.roundOf(id)));
    expect(rounds.map((each) => [each.number, each.requester])).toEqual([
      [1, MIA],
      [2, MIA],
      [3, ADA],
    ]);
    expect(new Set(rounds.map((each) => each.concept.id)).size).toBe(1);
    expect(rounds[1]?.order).toMatchObject({ prompt: "a red fox in snow", count: 4 });
    expect((await desk.findPost(rounds[1]?.post ?? grid.post.id)).under).toBe(grid.post.id);
  });

  it("retry is for a failed round, with its seed", async () => {
    const channel = desk.channel();
    const grid = await desk.grid(channel, MIA);
    const retry = toActionId({ kind: "retry_round", round: grid.round.id });
    await press(grid.message, MIA, retry);
    expect(await desk.roundsOf(channel)).toHaveLength(1);
    await bench.pool.query(
      "update draftroom.rounds set status = 'failed', failure = 'blocked' where id = $1",
      [grid.round.id],
    );
    await press(grid.message, MIA, retry);
    const [, again] = await desk.roundsOf(channel);
    expect((await desk.roundOf(again ?? grid.round.id)).order.seed).toBe(7);
  });
});

describe("forged and foreign actions", () => {
  it("change nothing", async () => {
    const channel = desk.channel();
    const [grid, other] = [
      await desk.grid(channel, MIA),
      await desk.grid(desk.channel({ directors: [MIA], managers: [] }), MIA),
    ];
    await pressNumber(grid, ADA, 1);
    const { final, message } = await desk.deliverFinal(grid.round.id);
    const before = await snapshot();
    const forged: [MessageRef, string][] = [
      [grid.message, ""],
      [grid.message, "nonsense"],
      [grid.message, `number.${grid.round.id}.999`],
      [grid.message, `number.${grid.round.id}`],
      [grid.message, `number.${fresh()}.1`],
      [grid.message, `'; drop table rounds; --`],
      // An action of another message, and a grid's on a final and the other way round.
      [grid.message, toActionId({ kind: "number", round: other.round.id, number: 1 })],
      [grid.message, toActionId({ kind: "reroll", round: other.round.id })],
      [grid.message, toActionId({ kind: "vary", round: other.round.id })],
      [grid.message, toActionId({ kind: "send_back", final: final.id })],
      [message, toActionId({ kind: "number", round: grid.round.id, number: 1 })],
      [other.message, toActionId({ kind: "approve", final: final.id })],
    ];
    for (const [where, action] of forged) {
      for (const who of [ADA, MIA]) {
        expect(wordsOf(await press(where, who, action)), action).toMatch(/does not belong to this message/);
      }
    }
    // The message is of one channel, the click says another: roles of one must not count in the other.
    const place = { channel: other.round.concept.channel, thread: undefined };
    const action = toActionId({ kind: "send_back", final: final.id });
    const reply = await desk.press({ event: fresh<EventId>(), place, person: MIA, message, action });
    expect(wordsOf(reply)).toMatch(/does not belong/);
    const unknown = await desk.press({
      event: fresh<EventId>(),
      place,
      person: MIA,
      message: fresh<MessageRef>("studio:"),
      action,
    });
    expect(wordsOf(unknown)).toMatch(/does not belong/);
    expect(await snapshot()).toEqual(before);
  });

  async function snapshot() {
    const tables = ["rounds", "takes", "finals", "votes", "reservations", "entries", "outbox"];
    const counts = tables.map(async (table) => {
      const { rows } = await bench.pool.query(
        `select count(*)::int as n, md5(string_agg(t::text, '' order by t::text)) as sum from draftroom.${table} t`,
      );
      return [table, rows[0]];
    });
    return Object.fromEntries(await Promise.all(counts));
  }
});
