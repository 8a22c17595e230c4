import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Choice, parseActionId, toActionId } from "../../src/choices/choice.ts";
import type { FinalId, RoundId } from "../../src/core/ids.ts";
import { fresh } from "../support/fresh.ts";

const choice: fc.Arbitrary<Choice> = fc.oneof(
  fc
    .integer({ min: 1, max: 16 })
    .map((number): Choice => ({ kind: "number", round: fresh<RoundId>(), number })),
  fc
    .constantFrom(
      "reroll" as const,
      "edit" as const,
      "vary" as const,
      "approve_leader" as const,
      "retry_round" as const,
      "cancel_round" as const,
      "recipe_round" as const,
    )
    .map((kind): Choice => ({ kind, round: fresh<RoundId>() })),
  fc
    .constantFrom(
      "approve" as const,
      "send_back" as const,
      "redo" as const,
      "retry_final" as const,
      "cancel_final" as const,
      "recipe_final" as const,
    )
    .map((kind): Choice => ({ kind, final: fresh<FinalId>() })),
);

describe("action ids", () => {
  it("come back as what they were made from, in a hundred characters", () => {
    fc.assert(
      fc.property(choice, (made) => {
        const id = toActionId(made);
        expect(id.length).toBeLessThanOrEqual(100);
        expect(parseActionId(id)).toEqual(made);
      }),
    );
  });

  it("that were never made are nothing", () => {
    const kinds = [
      "number",
      "reroll",
      "edit",
      "vary",
      "approve",
      "send_back",
      "redo",
      "cancel_round",
      "cancel_final",
      "recipe_round",
      "recipe_final",
      "cancel",
      "recipe",
      "constructor",
      "__proto__",
      "",
    ];
    const forged = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .tuple(
          fc.constantFrom(...kinds),
          fc.string({ maxLength: 45 }),
          fc.constantFrom("", ".1", ".01", ".0", ".99", ".100", ".1.1", ".-1", ".1\n"),
        )
        .map(([kind, subject, number]) => `${kind}.${subject}${number}`),
    );
    fc.assert(
      fc.property(forged, (id) => {
        const parsed = parseActionId(id);
        if (parsed) expect(toActionId(parsed)).toBe(id);
      }),
      { numRuns: 5000 },
    );
    for (const id of [
      "number.X",
      "number.X.0",
      "number.X.01",
      "number.X.123",
      "reroll.X.1",
      "reroll.",
      "approve.X ",
      "REROLL.X",
      "reroll.X\n",
      "cancel.X",
      "cancel_round.X.1",
      "recipe_final.X.2",
    ]) {
      expect(parseActionId(id), id).toBeUndefined();
    }
  });
});
