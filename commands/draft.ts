import { type Form, plainCard } from "../src/core/card.ts";
import { inCredits } from "../src/core/credits.ts";
import { type Prices, priceOfFinal, priceOfTakes } from "../src/core/prices.ts";
import { PROMPT_LENGTH_MAX } from "../src/core/prompt.ts";
import { ASPECTS, SIZES } from "../src/core/recipe.ts";
import { TAKES_DEFAULT, TAKES_MAX } from "../src/core/round.ts";
import type { Gate } from "../src/gate/gate.ts";
import type { CommandCall, CommandSpec, Reply, Submission } from "../src/ports/chat.ts";
import type { Clock } from "../src/ports/log.ts";
import type { Database } from "../src/ports/records.ts";
import type { StartRound } from "../src/rounds/start-round.ts";
import type { Command } from "./command.ts";
import { type DraftOrder, readDraftOrder } from "./draft-order.ts";
import { parseOptions } from "./parse-options.ts";
import { correction, refusal, whisper } from "./replies.ts";
import { replyToStart } from "./reply-to-start.ts";

const COUNTS = Array.from({ length: TAKES_MAX }, (_, index) => `${index + 1}`);

export const DRAFT_SPEC: CommandSpec = {
  name: "draft",
  summary: "Draft a grid of quick takes; alone it opens a form",
  usage: "/draft <what to see> [--count 4] [--aspect 1:1] [--seed 7] [--size 2K] [--dry-run]",
  examples: [
    "/draft a glass bottle refracting afternoon sun on a limestone table",
    "/draft a red fox in snow --count 6 --aspect 16:9",
    "/draft three lemons on a blue plate --size 4K --dry-run",
  ],
  options: [
    { name: "count", summary: "How many takes, 1 to 16", values: COUNTS, flag: false },
    { name: "aspect", summary: "Width to height", values: ASPECTS, flag: false },
    { name: "seed", summary: "The same seed and prompt make the same takes", values: undefined, flag: false },
    { name: "size", summary: "The size of the final to come", values: SIZES, flag: false },
    { name: "dry-run", summary: "Says the price, spends nothing", values: undefined, flag: true },
  ],
  subcommands: [],
};

export interface DraftParts {
  readonly startRound: StartRound;
  readonly gate: Gate;
  readonly database: Database;
  readonly prices: Prices;
  readonly clock: Clock;
  readonly timeZone: string;
}

export interface DraftCommand extends Command {
  /** The form came back. */
  submit(submission: Submission): Promise<Reply>;
}

export const DRAFT_FORM = "draft";

export function createDraftCommand(parts: DraftParts): DraftCommand {
  return {
    spec: DRAFT_SPEC,
    async run(call) {
      if (call.text.trim() === "") return { kind: "form", form: draftForm() };
      const parsed = parseOptions(call.text, DRAFT_SPEC.options);
      if (parsed.status === "bad") return correction(parsed.sentence);
      const { options, text } = parsed;
      const checked = readDraftOrder({ ...Object.fromEntries(options), prompt: text }, "typed");
      if (checked.status === "bad") return correction(checked.sentence);
      return options.has("dry-run")
        ? sayPrice(parts, call, checked.order)
        : start(parts, call, checked.order);
    },
    async submit(submission) {
      const checked = readDraftOrder(submission.answers, "form");
      return checked.status === "bad" ? refusal(checked.sentence) : start(parts, submission, checked.order);
    },
  };
}

async function start(parts: DraftParts, call: CommandCall | Submission, order: DraftOrder): Promise<Reply> {
  const { event, place, person, attachments } = call;
  const result = await parts.startRound({
    event,
    place,
    person,
    origin: { kind: "draft" },
    concept: undefined,
    formerRequester: undefined,
    order: { ...order, references: [] },
    attachments,
  });
  return replyToStart(result, order.count, parts.timeZone);
}

async function sayPrice(parts: DraftParts, call: CommandCall, order: DraftOrder): Promise<Reply> {
  const { channel } = await parts.gate.standing(call.place.channel);
  const { available, frozenBy } = await parts.database.records.ledger.balance(channel.account, parts.clock());
  const takes = priceOfTakes(parts.prices, order.count);
  const final = priceOfFinal(parts.prices, order.finalSize);
  const enough = frozenBy
    ? "It is frozen, so nothing can start now."
    : available >= takes
      ? "Leave out --dry-run to start."
      : "That is more than there is: ask for fewer takes.";
  return whisper(
    plainCard(
      "info",
      `${order.count} takes cost ${inCredits(takes)}, a ${order.finalSize} final ${final} more. This channel has ${available}. ${enough}`,
    ),
  );
}

function draftForm(): Form {
  return {
    id: DRAFT_FORM,
    title: "Draft",
    submit: "Draft",
    fields: [
      {
        type: "text",
        name: "prompt",
        label: "What should be seen?",
        hint: "a glass bottle refracting afternoon sun on a limestone table",
        value: "",
        lengthMax: PROMPT_LENGTH_MAX,
        required: true,
        multiline: true,
      },
      choice("count", "How many takes", COUNTS, `${TAKES_DEFAULT}`),
      choice("aspect", "Aspect", ASPECTS, "1:1"),
      choice("size", "Size of the final", SIZES, "2K"),
      {
        type: "text",
        name: "seed",
        label: "Seed",
        hint: "The same seed and prompt make the same takes",
        value: "",
        lengthMax: 10,
        required: false,
        multiline: false,
      },
    ],
  };
}

function choice(
  name: string,
  label: string,
  values: readonly string[],
  value: string,
): Form["fields"][number] {
  return {
    type: "choice",
    name,
    label,
    options: values.map((each) => ({ value: each, label: each })),
    value,
  };
}
