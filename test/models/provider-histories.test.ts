import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import type { Final } from "../../src/core/final.ts";
import type { EventId, MessageRef } from "../../src/core/ids.ts";
import type { Tier } from "../../src/core/recipe.ts";
import type { Round, Take } from "../../src/core/round.ts";
import type { Model, Models } from "../../src/models/models.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { PRICES, specOf } from "../support/models.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { openLocalGoogle } from "../support/providers/local-google.ts";
import { openLocalOpenai } from "../support/providers/local-openai.ts";
import { type LocalProvider, OUTCOMES, type Outcome } from "../support/providers/local-provider.ts";
import { ADA, type Desk, MIA, openDesk } from "../support/story-desk.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";
import { workOff } from "../support/work-off.ts";

/** Enough for an image of a busy machine, little for a provider that says nothing. */
const TIMEOUT_MS = 1_000;
/** A huge answer takes a second to send, and says nothing more than one that is no image. */
const TOO_SLOW: ReadonlySet<Outcome> = new Set(["huge"]);

let bench: TestDatabase;
let shop: Workshop;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
});
afterAll(async () => {
  await shop.close();
  await bench.close();
});

/** The same two models in both tiers, each through its real package. */
function modelsOf(providers: readonly [LocalProvider, LocalProvider], run: number): Models {
  const limits = { atOnce: undefined, perMinute: undefined, timeoutMs: TIMEOUT_MS };
  const tier = (which: Tier): [Model, Model] => {
    const [first, second] = providers;
    const model = (provider: LocalProvider): Model => ({
      // Breakers and names of their own, run by run.
      spec: specOf(which, { name: `${provider.name}-${run}`, limits, onAbort: "billed" }),
      image: provider.model(),
    });
    return [model(first), model(second)];
  };
  return { draft: tier("draft"), final: tier("final") };
}

/** Whose prompt was refused goes from door to door no more; what else went wrong ends with the last of them. */
function seeEnd(
  last: Model,
  { model, insteadOf, state }: Pick<Take | Final, "model" | "insteadOf" | "state">,
) {
  const REFUSED = /^(blocked|withheld|no_image|invalid|bad_image)$/;
  if (insteadOf) expect(insteadOf.because).not.toMatch(REFUSED);
  if (state.status === "failed" && !REFUSED.test(state.failure)) expect(model).toBe(last.spec.name);
}

/** No image is paid for twice, and what was perhaps paid for is asked for once more at most, of each model. */
async function seeCalls(): Promise<void> {
  const { rows } = await bench.pool.query(
    `select asset, name, count(*) filter (where billed = 'yes')::int as paid,
       count(*) filter (where billed <> 'no')::int as perhaps
     from draftroom.model_calls group by asset, name
     having count(*) filter (where billed = 'yes') > 1 or count(*) filter (where billed <> 'no') > 2`,
  );
  expect(rows).toEqual([]);
}

const history = (maxLength: number) =>
  fc.array(fc.constantFrom(...OUTCOMES.filter((each) => !TOO_SLOW.has(each))), { maxLength });

/** Of takes, then of their final. */
const histories = fc.tuple(history(6), history(3));
type History = readonly [readonly Outcome[], readonly Outcome[]];

/** What is to come about in every run of the test. */
const ALWAYS: [[Outcome[], Outcome[]], [Outcome[], Outcome[]]][] = [
  // Takes and their final go to the other one, which makes them.
  [
    [["overloaded", "overloaded", "auth"], ["quota"]],
    [["made"], []],
  ],
  // A final that nobody makes, here because of its prompt, there because of both.
  [
    [["blocked"], ["blocked"]],
    [[], []],
  ],
  [
    [["quota", "rate_limited_plain", "rate_limited_plain"], ["auth"]],
    [["blocked"], ["overloaded", "overloaded", "overloaded", "overloaded", "overloaded"]],
  ],
  // Charged for, with nothing to show for it.
  [
    [["slow", "slow", "withheld"], ["cut"]],
    [[], ["cut", "cut"]],
  ],
];

/** What a provider does, as far as it can. */
function script(provider: LocalProvider, history: readonly Outcome[]): void {
  provider.next(...history.filter((each) => provider.outcomes.includes(each)));
}

/** A take is picked, and its final comes or does not. */
async function finish(
  desk: Desk,
  models: Models,
  grid: {
    readonly round: Round;
    readonly number: number;
    readonly message: MessageRef;
    readonly spent: number;
  },
): Promise<void> {
  const { id, concept } = grid.round;
  const { channel } = concept;
  const action = toActionId({ kind: "number", round: id, number: grid.number });
  const place = { channel, thread: undefined };
  await desk.inbox.press({ event: fresh<EventId>(), place, person: ADA, message: grid.message, action });
  await workOff(desk, shop, models);
  const [line] = await desk.finalsOf(id);
  const final = line && (await desk.database.records.finals.find(line.id));
  if (final === undefined) throw new Error("nothing was picked");
  seeEnd(models.final[1] ?? models.final[0], final);
  const spent = final.state.status === "delivered" ? PRICES.final["2K"] : 0;
  expect(final.state.status).toMatch(/^(delivered|failed)$/);
  const shown = desk.platform.shown.get(await desk.show(final.post));
  expect(shown?.tone).toBe(spent > 0 ? "info" : "error");
  expect((await desk.roundOf(id)).state.status).toBe(spent > 0 ? "closed" : "choosing");
  expect(await desk.balance(channel)).toMatchObject({ reserved: 0, spent: grid.spent + spent });
}

it("whatever providers do, the books balance, and people see once how it ended", async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(histories, histories, async (ofGoogle: History, ofOpenai: History) => {
      const google = await openLocalGoogle();
      const openai = await openLocalOpenai();
      script(google, ofGoogle[0]);
      script(openai, ofOpenai[0]);
      const models = modelsOf([google, openai], ++runs);
      const desk = openDesk(bench, shop.blobs, models);
      const channel = desk.channel();
      const before = desk.platform.shown.size;

      const { id, post } = await desk.start(channel, MIA, 3);
      await workOff(desk, shop, models);
      const message = await desk.show(post);
      const round = await desk.roundOf(id);
      for (const take of round.takes) seeEnd(models.draft[1] ?? models.draft[0], take);
      const made = round.takes.filter((each) => each.state.status === "made").length;
      expect(desk.platform.shown.get(message)?.tone).toBe(made === 0 ? "error" : "info");
      expect(await desk.balance(channel)).toEqual({
        available: 50 - made * PRICES.take,
        reserved: 0,
        spent: made * PRICES.take,
      });

      const number = round.takes.find((each) => each.state.status === "made")?.number;
      if (number !== undefined) {
        script(google, ofGoogle[1]);
        script(openai, ofOpenai[1]);
        await finish(desk, models, { round, number, message, spent: made * PRICES.take });
      }
      // One message for the round, one for its final: what became of them is an edit, not another word.
      expect(desk.platform.shown.size - before).toBe(number === undefined ? 1 : 2);
      await seeCalls();
      await audit(bench.pool);
      expect([...google.unknown, ...openai.unknown]).toEqual([]);
      await Promise.all([google.close(), openai.close()]);
    }),
    { numRuns: 10, examples: ALWAYS },
  );
});
