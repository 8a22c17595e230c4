import { expect, it } from "vitest";
import { denialCard } from "../../src/cards/denial-card.ts";
import { credits } from "../../src/core/credits.ts";
import type { UserRef } from "../../src/core/ids.ts";
import { T0 } from "../support/make-records.ts";
import { inWords, MAX } from "../support/story-desk.ts";

it("a denial names whom to ask, or whoever runs it", () => {
  const words = (managers: readonly UserRef[]) =>
    inWords(
      denialCard(
        {
          status: "denied",
          reason: "insufficient",
          available: credits(1),
          needed: credits(4),
          resetsAt: T0,
          timeZone: "Europe/Madrid",
          managers,
        },
        "Europe/Madrid",
      ),
    );
  expect(words([MAX])).toBe(
    "This channel has 1 credit left; this costs 4. Nothing was started. Ask @studio:max, or wait until Fri, 20 Nov 2026, 11:00 (Europe/Madrid).",
  );
  expect(words([])).toMatch(/Ask whoever runs Draftroom/);
});
