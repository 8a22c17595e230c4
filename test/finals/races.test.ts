import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import type { ChannelRef, EventId, FinalId, MessageRef, RoundId, UserRef } from "../../src/core/ids.ts";
import { audit } from "../support/audit.ts";
import { fresh, person } from "../support/fresh.ts";
import { type OpenDatabase, onEachDatabase, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, MIA, openDesk } from "../support/story-desk.ts";

const DIRECTORS = Array.from({ length: 10 }, (_, index) => person(`director${index}`));
const FIRST = person("director0");

/** Many people at the same moment, on connections of their own where the database has them. */
function races(name: string, open: OpenDatabase): void {
  describe(`races: ${name}`, () => {
    let bench: TestDatabase;
    let desk: Desk;
    beforeAll(async () => {
      bench = await open();
      desk = openDesk(bench);
    });
    afterAll(() => audit(bench.pool));

    const start = (channel: ChannelRef, who: UserRef, count: number, event = fresh<EventId>()) =>
      desk.startRound({
        event,
        place: { channel, thread: undefined },
        person: who,
        origin: { kind: "draft" },
        concept: undefined,
        formerRequester: undefined,
        model: undefined,
        order: {
          prompt: "a fox",
          seed: 1,
          aspect: "1:1",
          count,
          finalSize: "2K",
          keep: "close",
          references: [],
        },
        attachments: [],
        isLive: false,
      });
    const press = async (message: MessageRef, who: UserRef, action: string) => {
      const post = await desk.database.records.posts.findByRef(message);
      if (post === undefined) throw new Error("that is no message of ours");
      return desk.press({ event: fresh<EventId>(), place: post.place, person: who, message, action });
    };
    const number = (round: RoundId, of: number) => toActionId({ kind: "number", round, number: of });

    it("forty rounds on credits for twelve: twelve start, in a channel that nobody has opened", async () => {
      const channel = desk.channel();
      const results = await Promise.all(
        Array.from({ length: 40 }, (_, index) => start(channel, person(`p${index % 7}`), 4)),
      );
      expect(results.filter((each) => each.status === "started")).toHaveLength(12);
      expect(
        results.filter((each) => each.status === "denied" && each.reason === "insufficient"),
      ).toHaveLength(28);
      expect(await desk.balance(channel)).toEqual({ available: 2, reserved: 48, spent: 0 });
      expect(await desk.roundsOf(channel)).toHaveLength(12);
    });

    it("one event many times: one round, one hold", async () => {
      const channel = desk.channel();
      const event = fresh<EventId>();
      const results = await Promise.all(Array.from({ length: 20 }, () => start(channel, MIA, 4, event)));
      expect(results.filter((each) => each.status === "started")).toHaveLength(1);
      expect(results.filter((each) => each.status === "exists")).toHaveLength(19);
      expect(await desk.balance(channel)).toEqual({ available: 46, reserved: 4, spent: 0 });
    });

    it("two hundred clicks on one grid: one pick, one hold", async () => {
      const channel = desk.channel({ directors: DIRECTORS, managers: [] });
      const { round, message } = await desk.grid(channel, MIA);
      const who = (index: number) => DIRECTORS[index % DIRECTORS.length] ?? ADA;
      await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          press(message, who(index), number(round.id, 1 + (index % 4))),
        ),
      );
      expect(await desk.finalsOf(round.id)).toHaveLength(1);
      expect(await desk.balance(channel)).toEqual({ available: 42, reserved: 4, spent: 4 });
    });

    it("a hundred redos of one final: one other final, one hold", async () => {
      const channel = desk.channel({ directors: DIRECTORS, managers: [] });
      const { round, message } = await desk.grid(channel, MIA);
      await press(message, FIRST, number(round.id, 2));
      const { final, message: shown } = await desk.deliverFinal(round.id);
      const redo = toActionId({ kind: "redo", final: final.id });
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => press(shown, DIRECTORS[index % 10] ?? FIRST, redo)),
      );
      const finals = await desk.finalsOf(round.id);
      expect(finals.map((each) => [each.status, each.number])).toEqual([
        ["sent_back", 2],
        ["queued", 2],
      ]);
      expect(await desk.balance(channel)).toEqual({ available: 38, reserved: 4, spent: 8 });
    });

    it("redone, approved and sent back at the same moment: the first of them counts", async () => {
      for (let turn = 0; turn < 6; turn++) {
        const channel = desk.channel({ directors: DIRECTORS, managers: [] });
        const { round, message } = await desk.grid(channel, MIA);
        await press(message, FIRST, number(round.id, 1));
        const { final, message: shown } = await desk.deliverFinal(round.id);
        const kinds = (["approve", "redo", "send_back"] as const).map(
          (_, index, all) => all[(index + turn) % 3],
        );
        await Promise.all(
          [...kinds, ...kinds].map((kind, index) =>
            press(shown, DIRECTORS[index] ?? FIRST, toActionId({ kind: kind ?? "redo", final: final.id })),
          ),
        );
        const states = (await desk.finalsOf(round.id)).map((each) => each.status);
        // Sent back first, it may be redone by the one who comes after.
        expect([["approved"], ["sent_back", "queued"]]).toContainEqual(states);
        const approved = states[0] === "approved";
        expect(await desk.balance(channel)).toEqual({
          available: approved ? 42 : 38,
          reserved: approved ? 0 : 4,
          spent: 8,
        });
      }
    });

    it("votes, rerolls, picks, decisions and failures all at once end somewhere right", async () => {
      const channel = desk.channel({ directors: DIRECTORS, managers: [] });
      const { account } = (await desk.gate.standing(channel)).channel;
      const { ledger } = desk.database.records;
      const { available: amount } = await ledger.balance(account, desk.clock());
      for (let index = 0; index < 4; index++) {
        await ledger.grant({ id: fresh(), account, amount, by: ADA, memo: "more", at: desk.clock() });
      }
      const { round, message } = await desk.grid(channel, MIA);
      for (let turn = 0; turn < 4; turn++) {
        const finals = await desk.finalsOf(round.id);
        const latest = finals.at(-1);
        const decide = async (kind: "approve" | "send_back" | "redo", final: FinalId, who: UserRef) => {
          const found = await desk.database.records.finals.find(final);
          if (found) await press(await desk.show(found.post), who, toActionId({ kind, final }));
        };
        await Promise.all([
          ...DIRECTORS.map((who, index) => press(message, who, number(round.id, 1 + ((index + turn) % 4)))),
          ...DIRECTORS.map((_, index) =>
            press(message, person(`v${index}`), number(round.id, 1 + (index % 4))),
          ),
          press(message, MIA, toActionId({ kind: "reroll", round: round.id })),
          ...(latest?.status === "queued" ? [desk.deliverFinal(round.id), desk.loseFinal(round.id)] : []),
          ...(latest
            ? [
                decide("send_back", latest.id, ADA),
                decide("redo", latest.id, DIRECTORS[1] ?? ADA),
                decide("send_back", latest.id, DIRECTORS[0] ?? ADA),
                decide("redo", latest.id, DIRECTORS[2] ?? ADA),
              ]
            : []),
        ]);
        const now = await desk.finalsOf(round.id);
        const alive = now.filter((each) => each.status !== "failed" && each.status !== "sent_back");
        expect(alive.length).toBeLessThanOrEqual(1);
        await audit(bench.pool, account);
      }
      expect(await desk.roundsOf(channel)).toHaveLength(5);
    });
  });
}

onEachDatabase(races);
