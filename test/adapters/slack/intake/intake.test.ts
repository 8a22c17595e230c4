import { Kysely, PostgresDialect } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "../../../../adapters/postgres/migrate.ts";
import {
  createEventLog,
  type EventLog,
  type LeftEvent,
} from "../../../../adapters/slack/intake/event-log.ts";
import { EVENT_MIGRATIONS } from "../../../../adapters/slack/intake/event-migrations.ts";
import type { EventTables } from "../../../../adapters/slack/intake/event-tables.ts";
import { createIntake, type Intake, TRIES_MAX } from "../../../../adapters/slack/intake/intake.ts";
import { fresh } from "../../../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../../../support/open-databases.ts";
import { createStrictLog } from "../../../support/strict-log.ts";

const T0 = Date.UTC(2026, 10, 20, 10);

let bench: TestDatabase;
let events: EventLog;
let now: number;
/** What is being handled, in the order in which it began; each ends when the test says so. */
let handled: Handled[];
let logged: string[];
const opened: Intake<string>[] = [];

interface Handled {
  readonly event: LeftEvent;
  readonly isLate: boolean;
  end(): void;
  fail(): void;
}

beforeAll(async () => {
  bench = await openEmbedded();
  await migrate(bench.pool, EVENT_MIGRATIONS);
});
beforeEach(() => {
  const db = new Kysely<EventTables>({ dialect: new PostgresDialect({ pool: bench.pool }) });
  events = createEventLog(db);
  now = T0;
  handled = [];
  logged = [];
});
afterAll(() => bench.close());

function openIntake(atOnce: number, log: EventLog = events): Intake<string> {
  const intake = createIntake<string>({
    events: log,
    atOnce,
    clock: () => new Date(now),
    log: { ...createStrictLog(logged), error: (name) => void logged.push(name) },
    handle(event, isLate) {
      const work = Promise.withResolvers<void>();
      handled.push({ event, isLate, end: work.resolve, fail: () => work.reject(new Error("not now")) });
      return {
        ack: work.promise.then(() => `handled ${event.body}`),
        worked: work.promise,
        ended: work.promise,
      };
    },
  });
  opened.push(intake);
  return intake;
}

const event = (body = "a fox") => ({ id: fresh<string>("Ev"), body });
const rowOf = async (id: string) =>
  (await bench.pool.query("select body, claimed_until from slack_events where id = $1", [id])).rows[0];
const isDone = async (id: string) => (await rowOf(id))?.claimed_until === null;
const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await new Promise(setImmediate);
};

describe("a delivery", () => {
  it("is durable before it is handled, and its answer is what came of it", async () => {
    const intake = openIntake(2);
    const one = event();
    const answer = intake.take(one, "later");
    await until(() => handled.length === 1);
    expect(await rowOf(one.id)).toMatchObject({ body: "a fox" });
    expect(handled[0]).toMatchObject({ isLate: false, event: { tries: 0 } });
    handled[0]?.end();
    expect(await answer).toBe("handled a fox");
    await until(() => isDone(one.id));
    expect(await intake.take(one, "later"), "a repeat does nothing").toBeUndefined();
    expect(handled).toHaveLength(1);
  });

  it("that cannot be kept is not handled, and not said to be", async () => {
    const broken: EventLog = { ...events, keep: () => Promise.reject(new Error("no database")) };
    await expect(openIntake(2, broken).take(event(), "later")).rejects.toThrow("no database");
    expect(handled).toEqual([]);
  });

  it("waits for its turn in a rush", async () => {
    const intake = openIntake(1);
    const first = intake.take(event("one"), "later");
    await until(() => handled.length === 1);
    const second = intake.take(event("two"), "later");
    await until(
      async () => (await bench.pool.query("select 1 from slack_events where body = 'two'")).rows.length > 0,
    );
    expect(handled).toHaveLength(1);
    handled[0]?.end();
    expect(await first).toBe("handled one");
    await until(() => handled.length === 2);
    expect(handled[1]?.isLate).toBe(false);
    handled[1]?.end();
    expect(await second).toBe("handled two");
  });

  it("whose turn does not come soon is answered before", async () => {
    const intake = openIntake(1);
    void intake.take(event("one"), "later");
    await until(() => handled.length === 1);
    expect(await intake.take(event("two"), "later")).toBe("later");
    expect(handled).toHaveLength(1);
    handled[0]?.end();
    await until(() => handled.length === 2);
    expect(handled[1]).toMatchObject({ isLate: true, event: { body: "two" } });
    handled[1]?.end();
  });

  it("behind very many is answered at once", async () => {
    const intake = openIntake(1);
    void intake.take(event("one"), "later");
    await until(() => handled.length === 1);
    for (let others = 0; others < 60; others += 1) void intake.take(event("other"), "later");
    const started = performance.now();
    expect(await intake.take(event("last"), "later")).toBe("later");
    expect(performance.now() - started).toBeLessThan(900);
    for (let index = 0; index < 62; index += 1) {
      await until(() => handled.length > index);
      handled[index]?.end();
    }
    expect(handled[61]).toMatchObject({ isLate: true, event: { body: "last" } });
  });
});

describe("what was left behind", () => {
  it("by a process that is gone is taken over, once its time has run out", async () => {
    const dead = openIntake(1);
    const one = event();
    void dead.take(one, "later");
    await until(() => handled.length === 1);
    now += 20_000;
    const heir = openIntake(1);
    heir.start();
    await until(() => handled.length === 2);
    expect(handled[1]).toMatchObject({ isLate: true, event: { id: one.id, body: "a fox", tries: 1 } });
    handled[1]?.end();
    await until(() => isDone(one.id));
    await heir.stop();
  });

  it("because it failed is tried again after a while", async () => {
    const intake = openIntake(1);
    const one = event();
    const answer = intake.take(one, "later");
    await until(() => handled.length === 1);
    handled[0]?.fail();
    expect(await answer, "it is kept").toBe("later");
    await until(async () => (await rowOf(one.id))?.claimed_until?.getTime() === now + 1000);
    now += 1000;
    intake.start();
    await until(() => handled.length === 2);
    handled[1]?.end();
    await until(() => isDone(one.id));
    await intake.stop();
    expect(logged).toEqual(["slack.event_failed"]);
  });

  it("and fails for ever is given up", async () => {
    const one = event();
    await events.keep({ ...one, at: new Date(now) }, new Date(now));
    for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
      const intake = openIntake(1);
      intake.start();
      await until(() => handled.length === tries);
      handled[tries - 1]?.fail();
      await intake.stop();
      now += 1_000_000;
    }
    expect(await isDone(one.id)).toBe(true);
    expect(logged.at(-1)).toBe("slack.event_given_up");
  });

  it("of what waited when the process was told to stop", async () => {
    const intake = openIntake(1);
    const first = intake.take(event("one"), "later");
    const second = event("two");
    await until(() => handled.length === 1);
    expect(await intake.take(second, "later")).toBe("later");
    const stopped = intake.stop();
    handled[0]?.end();
    await stopped;
    expect(await first).toBe("handled one");
    expect(handled).toHaveLength(1);
    const heir = openIntake(1);
    heir.start();
    await until(() => handled.length === 2);
    expect(handled[1]?.event.id).toBe(second.id);
    handled[1]?.end();
    await heir.stop();
  });
});
