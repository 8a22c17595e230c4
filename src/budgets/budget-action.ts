import type { ChannelRef } from "../core/ids.ts";

/** What the buttons of a budget mean, and the forms that they open: add credits once, or set the allowance that renews. */
export interface BudgetAction {
  readonly kind: "add" | "set";
  readonly channel: ChannelRef;
}

/** Refs of channels are short: far below the hundred characters that an action's id may have. */
export function toBudgetActionId({ kind, channel }: BudgetAction): string {
  return `quota.${kind}:${channel}`;
}

/** Undefined for anything that `toBudgetActionId` never made of a channel. */
export function parseBudgetActionId(id: string): BudgetAction | undefined {
  const match = /^quota\.(add|set):([a-z][a-z0-9]*:[^:\s]+:[^:\s]+)$/u.exec(id);
  if (!match || id.length > 100) return undefined;
  return { kind: match[1] as BudgetAction["kind"], channel: match[2] as ChannelRef };
}
