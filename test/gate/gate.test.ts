import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { credits } from "../../src/core/credits.ts";
import type { ChannelRef, GroupRef, ReservationId, UserRef } from "../../src/core/ids.ts";
import type { Staff } from "../../src/core/roles.ts";
import { createGate, type Verb } from "../../src/gate/gate.ts";
import { isAmong } from "../../src/gate/is-among.ts";
import { fresh, HOUR_MS, person } from "../support/fresh.ts";
import { T0 } from "../support/make-records.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, MAX, MIA, NOOR, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
beforeAll(async () => {
  bench = await openEmbedded();
  desk = openDesk(bench);
});
afterAll(() => bench.close());

const OPEN: Staff = { directors: [], managers: [MAX] };
const DIRECTED: Staff = { directors: [ADA], managers: [MAX] };

/** Everybody, and what each may: M the member who asked, N another, A an art director, X the manager. */
const MAY: readonly (readonly [Verb, Staff, string])[] = [
  ["draft", DIRECTED, "MNAX"],
  ["vote", DIRECTED, "MNAX"],
  ["read_budget", DIRECTED, "MNAX"],
  ["reroll", DIRECTED, "MA"],
  ["vary", DIRECTED, "MA"],
  ["cancel", DIRECTED, "MA"],
  ["pick", DIRECTED, "A"],
  ["decide", DIRECTED, "A"],
  ["change_budget", DIRECTED, "X"],
  ["draft", OPEN, "MNAX"],
  ["vote", OPEN, "MNAX"],
  ["read_budget", OPEN, "MNAX"],
  ["reroll", OPEN, "M"],
  ["vary", OPEN, "M"],
  ["cancel", OPEN, "M"],
  ["pick", OPEN, "M"],
  ["decide", OPEN, "M"],
  ["change_budget", OPEN, "X"],
];
const PEOPLE: Readonly<Record<string, UserRef>> = { M: MIA, N: NOOR, A: ADA, X: MAX };

describe("the gate", () => {
  it.each(MAY)("%s with %o is for %s", async (verb, staff, who) => {
    const channel = desk.channel(staff);
    for (const [letter, someone] of Object.entries(PEOPLE)) {
      const answer = await desk.gate.check({ verb, person: someone, channel, requester: MIA });
      expect(answer.status, letter).toBe(who.includes(letter) ? "permitted" : "denied");
      if (answer.status === "denied") expect(answer.managers).toEqual([MAX]);
    }
  });

  it("a channel's own list counts before the platform's, an empty one too", async () => {
    const channel = desk.channel(DIRECTED);
    const { channels } = desk.database.records;
    expect(await desk.gate.standing(channel)).toMatchObject({ approval: "director", staff: DIRECTED });
    await channels.setRole(channel, "director", [], MAX, T0);
    expect(await desk.gate.standing(channel)).toMatchObject({
      approval: "open",
      staff: { directors: [], managers: [MAX] },
    });
    await channels.setRole(channel, "director", [NOOR], MAX, T0);
    expect(await desk.gate.check({ verb: "pick", person: ADA, channel, requester: MIA })).toEqual({
      status: "denied",
      reason: "directors_only",
      directors: [NOOR],
      managers: [MAX],
    });
  });

  describe("with groups on a list", () => {
    const pick = (channel: ChannelRef, who: UserRef) =>
      desk.gate.check({ verb: "pick", person: who, channel, requester: MIA });

    it("whoever is in one now may what the list is for, and a no names the group", async () => {
      const channel = desk.channel(DIRECTED);
      await desk.gate.standing(channel);
      const leads = fresh<GroupRef>("studio:local:@");
      await desk.database.records.channels.setRole(channel, "director", [leads, NOOR], MAX, T0);
      desk.platform.groups.set(leads, [MIA]);
      expect((await desk.gate.standing(channel)).staff.directors).toEqual([leads, NOOR]);
      expect((await pick(channel, MIA)).status).toBe("permitted");
      expect((await pick(channel, NOOR)).status).toBe("permitted");
      desk.platform.groups.set(leads, []);
      expect(await pick(channel, MIA)).toMatchObject({ reason: "directors_only", directors: [leads, NOOR] });
    });

    it("a channel is directed by a group that nobody is in, or that is not there", async () => {
      const channel = desk.channel({ directors: [fresh<GroupRef>("studio:local:@")], managers: [] });
      expect((await desk.gate.standing(channel)).approval).toBe("director");
      expect(await pick(channel, MIA)).toMatchObject({ status: "denied", reason: "directors_only" });
    });

    it("whoever cannot be checked hears that, unless another entry lets them", async () => {
      const [lost, leads] = [fresh<GroupRef>("studio:local:@"), fresh<GroupRef>("studio:local:@")];
      const channel = desk.channel({ directors: [lost, leads, NOOR], managers: [MAX] });
      desk.platform.groups.set(leads, [ADA]);
      desk.platform.unreadable.add(lost);
      await expect(pick(channel, MIA)).rejects.toMatchObject({ name: "ChatError", kind: "unavailable" });
      expect((await pick(channel, ADA)).status).toBe("permitted");
      expect((await pick(channel, NOOR)).status).toBe("permitted");
    });
  });

  it("asks for each group once, in turn, and for none that it need not", async () => {
    const [a, b, c] = ["@a", "@b", "@c"].map((name) => `studio:local:${name}` as GroupRef);
    const asked: GroupRef[] = [];
    const isIn = async (group: GroupRef) => {
      asked.push(group);
      return group === b;
    };
    const groups = [a, a, b, c].filter((each) => each !== undefined);
    expect(await isAmong([...groups, MIA], MIA, isIn)).toBe(true);
    expect(asked).toEqual([]);
    expect(await isAmong(groups, MIA, isIn)).toBe(true);
    expect(asked).toEqual([a, b]);
    expect(await isAmong([], MIA, isIn)).toBe(false);
  });

  it("a verb about a round has to say whose", async () => {
    const channel = desk.channel(OPEN);
    await expect(
      desk.gate.check({ verb: "pick", person: NOOR, channel, requester: undefined }),
    ).rejects.toThrow();
  });

  it("charges a permit: holds with the channel, the person and an end", async () => {
    const gate = createGate({
      database: bench.database,
      staffOf: async () => DIRECTED,
      isIn: async () => false,
      startCredits: credits(10),
      holdMs: HOUR_MS,
      clock: () => T0,
    });
    const channel = desk.channel();
    const permit = await gate.check({ verb: "draft", person: person("zoe"), channel, requester: undefined });
    if (permit.status === "denied") throw new Error("denied");
    const id = fresh<ReservationId>("hold.");
    const charge = {
      holds: [{ id, amount: credits(4) }],
      tier: "draft",
      subject: fresh(),
      memo: "4 takes",
    } as const;
    expect(await bench.database.transact((records) => gate.charge(records, permit, charge))).toEqual({
      status: "charged",
      available: 6,
    });
    expect(await bench.database.transact((records) => gate.charge(records, permit, charge))).toEqual({
      status: "charged",
      available: 6,
    });
    const { rows } = await bench.pool.query(
      "select channel, person, amount, expires_at from draftroom.reservations where id = $1",
      [id],
    );
    expect(rows).toEqual([
      { channel, person: "studio:zoe", amount: 4, expires_at: new Date(T0.getTime() + HOUR_MS) },
    ]);
    const more = { ...charge, holds: [{ id: fresh<ReservationId>(), amount: credits(7) }] };
    expect(await gate.charge(bench.database.records, permit, more)).toEqual({
      status: "denied",
      reason: "insufficient",
      available: 6,
      needed: 7,
      resetsAt: undefined,
      managers: [MAX],
    });
    const twice = { ...charge, holds: [{ id, amount: credits(5) }] };
    await expect(gate.charge(bench.database.records, permit, twice)).rejects.toThrow(/two amounts/);
  });
});
