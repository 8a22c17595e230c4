import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { credits } from "../../src/core/credits.ts";
import type { GroupRef, ReservationId, UserRef } from "../../src/core/ids.ts";
import type { Staff } from "../../src/core/roles.ts";
import { createGate, type Verb } from "../../src/gate/gate.ts";
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
  ["pick", DIRECTED, "A"],
  ["decide", DIRECTED, "A"],
  ["change_budget", DIRECTED, "X"],
  ["draft", OPEN, "MNAX"],
  ["vote", OPEN, "MNAX"],
  ["read_budget", OPEN, "MNAX"],
  ["reroll", OPEN, "M"],
  ["vary", OPEN, "M"],
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

  it("a group on a list stands for its people as they are now", async () => {
    const channel = desk.channel(DIRECTED);
    await desk.gate.standing(channel);
    const group = fresh<GroupRef>("studio:local:@");
    await desk.database.records.channels.setRole(channel, "director", [group, NOOR], MAX, T0);
    desk.platform.groups.set(group, [MIA, NOOR]);
    expect((await desk.gate.standing(channel)).staff.directors).toEqual([MIA, NOOR]);
    desk.platform.groups.set(group, [NOOR]);
    expect(await desk.gate.check({ verb: "pick", person: MIA, channel, requester: MIA })).toMatchObject({
      reason: "directors_only",
      directors: [NOOR],
    });
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
      membersOf: async () => [],
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
