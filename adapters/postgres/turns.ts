import { sql } from "kysely";
import { BLOCK, turnsOf } from "../../src/core/fairness.ts";
import type { TurnStore } from "../../src/ports/work.ts";
import type { Db } from "./tables.ts";

export function createTurnStore(db: Db): TurnStore {
  return {
    async take(queue, channel, person, count) {
      // The lane's row is locked until the transaction ends: two rounds of one person queue one behind the other.
      const { rows } = await sql<{ finish: string; clock: string; others: string }>`
        with clock as (
          select coalesce(max(finish), 0) as finish from lanes where queue = ${queue} and channel = '' and person = ''
        ), lane as (
          insert into lanes (queue, channel, person, finish) values (${queue}, ${channel}, ${person}, 0)
          on conflict (queue, channel, person) do update set finish = lanes.finish
          returning finish
        )
        select lane.finish, clock.finish as clock,
          (select count(*) from lanes l
           where l.queue = ${queue} and l.channel = ${channel} and l.person <> ${person} and l.finish > clock.finish) as others
        from lane, clock`.execute(db);
      const [lane] = rows;
      if (lane === undefined) throw new Error("a lane was neither found nor made");
      const state = {
        clock: Number(lane.clock),
        finish: Number(lane.finish),
        othersWaiting: Number(lane.others),
      };
      const { turns, finish } = turnsOf(state, count, BLOCK[queue]);
      await db
        .updateTable("lanes")
        .set({ finish })
        .where("queue", "=", queue)
        .where("channel", "=", channel)
        .where("person", "=", person)
        .execute();
      return turns;
    },
    async started(queue, turn) {
      await sql`
        insert into lanes (queue, channel, person, finish) values (${queue}, '', '', ${turn})
        on conflict (queue, channel, person) do update set finish = excluded.finish
        where lanes.finish < excluded.finish`.execute(db);
    },
  };
}
