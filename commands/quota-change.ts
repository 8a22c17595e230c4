import type { ReadQuota } from "../src/budgets/quota.ts";
import type { Gate, Permit } from "../src/gate/gate.ts";
import type { IsIn } from "../src/gate/is-among.ts";
import type { Models } from "../src/models/models.ts";
import type { CommandCall, Reply } from "../src/ports/chat.ts";
import type { Clock } from "../src/ports/log.ts";
import type { Database } from "../src/ports/records.ts";

export interface QuotaParts {
  readonly gate: Gate;
  readonly database: Database;
  readonly readQuota: ReadQuota;
  readonly models: Models;
  readonly isIn: IsIn;
  readonly clock: Clock;
  readonly timeZone: string;
}

/** A subcommand, with the permit that says who may. */
export type Change = (parts: QuotaParts, call: CommandCall, rest: string, permit: Permit) => Promise<Reply>;
