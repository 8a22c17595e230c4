import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BudgetAction, parseBudgetActionId, toBudgetActionId } from "../../src/budgets/budget-action.ts";
import { parseActionId } from "../../src/choices/choice.ts";
import type { ChannelRef } from "../../src/core/ids.ts";

describe("action ids of budgets", () => {
  const letters = [..."abcXYZ019-_."];
  const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 30 });
  const action: fc.Arbitrary<BudgetAction> = fc
    .tuple(fc.constantFrom("add" as const, "set" as const), fc.constantFrom("slack", "studio"), word, word)
    .map(([kind, ...ref]) => ({ kind, channel: ref.join(":") as ChannelRef }));

  it("come back as what they were made from, in a hundred characters, and are no choices", () => {
    fc.assert(
      fc.property(action, (made) => {
        const id = toBudgetActionId(made);
        expect(id.length).toBeLessThanOrEqual(100);
        expect(parseBudgetActionId(id)).toEqual(made);
        expect(parseActionId(id)).toBeUndefined();
      }),
    );
  });

  it.each([
    "",
    "quota.add",
    "quota.add:",
    "quota.add:slack",
    "quota.add:slack:T1",
    "quota.add:slack:T1:",
    "quota.add:slack:T1:C1:1700000000.000100",
    "quota.add:slack:T1:C1\n",
    "quota.add: slack:T1:C1",
    "quota.freeze:slack:T1:C1",
    "quota.add.slack:T1:C1",
    "xquota.add:slack:T1:C1",
    `quota.add:slack:T1:${"C".repeat(100)}`,
  ])("%j was never made, and is nothing", (id) => {
    expect(parseBudgetActionId(id)).toBeUndefined();
  });
});
