import { plainCard } from "../src/core/card.ts";
import { inCredits } from "../src/core/credits.ts";
import { type Prices, priceOfFinal, priceOfTakes } from "../src/core/prices.ts";
import { PROMPT_LENGTH_MAX } from "../src/core/prompt.ts";
import { ASPECTS, SEED_MAX, SIZES } from "../src/core/recipe.ts";
import { REFERENCES_MAX, TAKES_MAX } from "../src/core/round.ts";
import type { Gate } from "../src/gate/gate.ts";
import type { CommandCall, Reply, Submission } from "../src/ports/chat.ts";
import type { CommandSpec } from "../src/ports/command-spec.ts";
import type { Clock } from "../src/ports/log.ts";
import type { Database } from "../src/ports/records.ts";
import type { StartRound } from "../src/rounds/start-round.ts";
import type { Command } from "./command.ts";
import { draftForm } from "./draft-form.ts";
import { type DraftOrder, readDraftOrder } from "./draft-order.ts";
import { optionName, styleOf } from "./option-style.ts";
import { parseOptions } from "./parse-options.ts";
import { correction, refusal, whisper } from "./replies.ts";
import { replyToStart } from "./reply-to-start.ts";

/** @param models the ids of the draft tier's models. */
export function createDraftSpec(models: readonly string[]): CommandSpec {
  return {
    name: "draft",
    summary: "Draft a grid of quick takes; alone it opens a form",
    usage: "/draft <what to see> [--count 4] [--aspect 1:1] [--seed 7] [--size 2K] [--dry-run]",
    examples: [
      "/draft a glass bottle refracting afternoon sun on a limestone table",
      "/draft a red fox in snow --count 6 --aspect 16:9",
      "/draft three lemons on a blue plate --size 4K --dry-run",
    ],
    words: { name: "prompt", summary: "What to see", lengthMax: PROMPT_LENGTH_MAX },
    options: [
      {
        name: "count",
        summary: `How many takes, 1 to ${TAKES_MAX}`,
        value: { kind: "number", min: 1, max: TAKES_MAX },
      },
      { name: "aspect", summary: "Width to height", value: { kind: "choice", values: ASPECTS } },
      {
        name: "seed",
        summary: "The same seed and prompt make the same takes",
        value: { kind: "number", min: 0, max: SEED_MAX },
      },
      {
        name: "size",
        summary: "The size of the final to come",
        value: { kind: "choice", values: SIZES },
      },
      { name: "model", summary: "Which model drafts", value: { kind: "choice", values: models } },
      { name: "dry-run", summary: "Says the price, spends nothing", value: { kind: "flag" } },
    ],
    attachmentsMax: REFERENCES_MAX,
    subcommands: [],
  };
}

export interface DraftParts {
  readonly startRound: StartRound;
  readonly gate: Gate;
  readonly database: Database;
  readonly prices: Prices;
  /** The ids of the draft tier's models. */
  readonly models: readonly string[];
  readonly clock: Clock;
  readonly timeZone: string;
}

export interface DraftCommand extends Command {
  /** The form came back. */
  submit(submission: Submission): Promise<Reply>;
}

export function createDraftCommand(parts: DraftParts): DraftCommand {
  const { models } = parts;
  const spec = createDraftSpec(models);
  return {
    spec,
    async run(call) {
      const given = call.options ?? {};
      if (call.text.trim() === "" && given["dry-run"] === undefined) {
        return { kind: "form", form: draftForm(given) };
      }
      const parsed = call.options
        ? { ...call, status: "ok" as const }
        : parseOptions(call.text, spec.options);
      if (parsed.status === "bad") return correction(parsed.sentence);
      const { text, options = {} } = parsed;
      const checked = readDraftOrder({ ...options, prompt: text }, models, styleOf(call));
      if (checked.status === "bad") return correction(checked.sentence);
      return options["dry-run"] ? sayPrice(parts, call, checked.order) : start(parts, call, checked.order);
    },
    async submit(submission) {
      const checked = readDraftOrder(submission.answers, models, "asked");
      return checked.status === "bad" ? refusal(checked.sentence) : start(parts, submission, checked.order);
    },
  };
}

async function start(parts: DraftParts, call: CommandCall | Submission, order: DraftOrder): Promise<Reply> {
  const { event, place, person, attachments, isLive } = call;
  const result = await parts.startRound({
    event,
    place,
    person,
    origin: { kind: "draft" },
    concept: undefined,
    formerRequester: undefined,
    order: { ...order, references: [] },
    attachments,
    isLive,
  });
  return replyToStart(result, { count: order.count, where: undefined }, parts.timeZone);
}

async function sayPrice(parts: DraftParts, call: CommandCall, order: DraftOrder): Promise<Reply> {
  const { channel } = await parts.gate.standing(call.place.channel);
  const { available, frozenBy } = await parts.database.records.ledger.balance(channel.account, parts.clock());
  const takes = priceOfTakes(parts.prices, order.count);
  const final = priceOfFinal(parts.prices, order.finalSize);
  const enough = frozenBy
    ? "It is frozen, so nothing can start now."
    : available >= takes
      ? `Leave out ${optionName("dry-run", styleOf(call))} to start.`
      : "That is more than there is: ask for fewer takes.";
  return whisper(
    plainCard(
      "info",
      `${order.count} takes cost ${inCredits(takes)}, a ${order.finalSize} final ${final} more. This channel has ${available}. ${enough}`,
    ),
  );
}
