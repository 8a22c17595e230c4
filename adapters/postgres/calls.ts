import { sql } from "kysely";
import type { Tier } from "../../src/core/recipe.ts";
import type { CallCosts, CallCount, CallStore } from "../../src/ports/model-records.ts";
import type { Db } from "./tables.ts";

export function createCallStore(db: Db): CallStore {
  return {
    async add(call) {
      await db
        .insertInto("model_calls")
        .values({
          tier: call.tier,
          name: call.name,
          model: call.model,
          asset: call.asset,
          outcome: call.outcome,
          billed: call.billed,
          list_usd: call.listUsd ?? null,
          cost_usd: call.cost?.usd ?? null,
          cost_basis: call.cost?.basis ?? null,
          request_id: call.requestId ?? null,
          took_ms: Math.round(call.tookMs),
          at: call.at,
        })
        .execute();
    },
    async counts(since) {
      const { rows } = await sql<CallCount>`
        select tier, name, count(*)::int as calls,
          (count(*) filter (where outcome not in ('made', 'cancelled', 'interrupted')))::int as failures
        from model_calls where at >= ${since} group by tier, name order by tier, name`.execute(db);
      return rows;
    },
    async costs(since): Promise<readonly CallCosts[]> {
      const { rows } = await sql<{ tier: Tier; name: string; calls: number; list: string; actual: string }>`
        select tier, name, count(*)::int as calls, sum(list_usd) as list, sum(cost_usd) as actual
        from model_calls
        where at >= ${since} and outcome = 'made' and list_usd is not null and cost_basis <> 'list'
        group by tier, name order by tier, name`.execute(db);
      return rows.map(({ list, actual, ...row }) => ({
        ...row,
        listUsd: Number(list),
        actualUsd: Number(actual),
      }));
    },
  };
}
