import { Kysely, PostgresDialect } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { migrate } from "../../../../adapters/postgres/migrate.ts";
import { createEventLog, type EventLog } from "../../../../adapters/slack/intake/event-log.ts";
import { EVENT_MIGRATIONS } from "../../../../adapters/slack/intake/event-migrations.ts";
import type { EventTables } from "../../../../adapters/slack/intake/event-tables.ts";
import { fresh } from "../../../support/fresh.ts";
import { type OpenDatabase, onEachDatabase } from "../../../support/open-databases.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, second));

onEachDatabase(function eventLog(name: string, open: OpenDatabase) {
  describe(`what Slack has delivered (${name})`, () => {
    let log: EventLog;
    let other: EventLog;
    let db: Kysely<EventTables>;
    beforeAll(async () => {
      const { pool } = await open();
      await migrate(pool, EVENT_MIGRATIONS);
      db = new Kysely<EventTables>({ dialect: new PostgresDialect({ pool }) });
      log = createEventLog(db);
      other = createEventLog(db);
    });

    const event = (second = 0) => ({ id: fresh<string>("Ev"), body: '{"text":"a fox"}', at: at(second) });
    const left = async (now: number, until: number, who = log) =>
      (await who.takeOver(at(now), at(until), 100)).map(({ id, body, tries }) => ({ id, body, tries }));

    it("is kept once, however often and wherever it comes", async () => {
      const one = event();
      const answers = await Promise.all([
        ...Array.from({ length: 5 }, () => log.keep(one, at(30))),
        ...Array.from({ length: 5 }, () => other.keep(one, at(30))),
      ]);
      expect(answers.filter((isNew) => isNew)).toHaveLength(1);
      await log.done(one.id);
      expect(await other.keep(one, at(30)), "not even when it is done").toBe(false);
    });

    it("many at once are all kept", async () => {
      const events = Array.from({ length: 1200 }, () => event());
      const answers = await Promise.all(events.map((each) => log.keep(each, at(30))));
      expect(answers).toEqual(events.map(() => true));
      await Promise.all(events.map(({ id }) => log.done(id)));
      expect(await left(60, 90)).toEqual([]);
    });

    it("is somebody else's when its time has run out, the oldest first, for one", async () => {
      const [late, early] = [event(2), event(1)];
      await log.keep(late, at(30));
      await log.keep(early, at(31));
      expect(await left(29, 60)).toEqual([]);
      const taken = await Promise.all([left(31, 60, log), left(31, 60, other)]);
      const { body } = early;
      expect(taken.flat().toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
        [
          { id: early.id, body, tries: 1 },
          { id: late.id, body, tries: 1 },
        ].toSorted((a, b) => a.id.localeCompare(b.id)),
      );
      expect(await left(59, 90)).toEqual([]);
      expect((await left(60, 90)).map(({ id, tries }) => [id, tries])).toEqual([
        [early.id, 2],
        [late.id, 2],
      ]);
      await Promise.all([log.done(early.id), log.done(late.id)]);
      expect(await left(200, 230)).toEqual([]);
    });

    it("may be given back, to be taken over when its time has come", async () => {
      const [open, done] = [event(), event()];
      await log.keep(open, at(30));
      await log.keep(done, at(30));
      await log.done(done.id);
      await log.giveBack(open.id, at(5));
      await log.giveBack(done.id, at(5));
      expect(await left(4, 60)).toEqual([]);
      expect(
        (await left(5, 60)).map(({ id }) => id),
        "what is done stays done",
      ).toEqual([open.id]);
      await log.done(open.id);
    });

    it("keeps nothing of what was done but its id, and forgets that too when its time has come", async () => {
      const [done, open] = [event(1), event(1)];
      await log.keep(done, at(30));
      await log.keep(open, at(30));
      await log.done(done.id);
      const row = (id: string) =>
        db.selectFrom("slack_events").selectAll().where("id", "=", id).executeTakeFirst();
      expect((await row(done.id))?.body).toBe("");
      await log.forget(at(1));
      expect(await row(done.id)).toBeDefined();
      await log.forget(at(2));
      expect(await row(done.id)).toBeUndefined();
      expect(await row(open.id), "what is not done is not forgotten").toBeDefined();
      await log.done(open.id);
    });
  });
});
