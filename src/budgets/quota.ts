import type { QuotaView } from "../cards/quota-card.ts";
import type { FinalId, RoundId } from "../core/ids.ts";
import type { Permit } from "../gate/gate.ts";
import { type IsIn, isAmong } from "../gate/is-among.ts";
import type { ReadDrifts } from "../models/drift.ts";
import { type Models, modelOf } from "../models/models.ts";
import type { Hold } from "../ports/ledger.ts";
import type { Clock } from "../ports/log.ts";
import type { Database, Records } from "../ports/records.ts";

export interface ReadQuotaParts {
  readonly database: Database;
  readonly models: Models;
  readonly readDrifts: ReadDrifts;
  readonly isIn: IsIn;
  readonly clock: Clock;
}

const SPENDERS_SHOWN = 5;

/** The state of a channel's budget, for the person who asks. */
export type ReadQuota = (permit: Permit) => Promise<QuotaView>;

export function createReadQuota(parts: ReadQuotaParts): ReadQuota {
  return async (permit) => {
    const { records } = parts.database;
    const { ref: channel, account } = permit.channel;
    const balance = await records.ledger.balance(account, parts.clock());
    const holds = await records.ledger.holds(account);
    const mayManage = await isAmong(permit.staff.managers, permit.person, parts.isIn);
    return {
      channel,
      balance,
      holds: await Promise.all(holds.map(async (hold) => ({ ...hold, title: await titleOf(records, hold) }))),
      spenders: await records.ledger.spenders(account, SPENDERS_SHOWN),
      models: {
        draft: modelOf(parts.models, "draft", permit.channel).spec,
        final: modelOf(parts.models, "final", permit.channel).spec,
      },
      drifts: mayManage ? await parts.readDrifts() : [],
      staff: permit.staff,
      mayManage,
    };
  };
}

async function titleOf(records: Records, hold: Hold): Promise<string> {
  const final = hold.tier === "final" ? await records.finals.find(hold.subject as FinalId) : undefined;
  const round = await records.rounds.find(
    hold.tier === "draft" ? (hold.subject as RoundId) : (final?.round ?? ("" as RoundId)),
  );
  return round?.order.prompt ?? hold.subject;
}
