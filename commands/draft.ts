import { KEEPS } from "../src/core/keep.ts";
import type { ModelName } from "../src/core/model.ts";
import { PROMPT_LENGTH_MAX } from "../src/core/prompt.ts";
import { ASPECTS, SEED_MAX, SIZES } from "../src/core/recipe.ts";
import { REFERENCES_MAX, TAKES_MAX } from "../src/core/round.ts";
import type { Gate } from "../src/gate/gate.ts";
import type { Models } from "../src/models/models.ts";
import type { CommandCall, Reply, Submission } from "../src/ports/chat.ts";
import type { CommandSpec } from "../src/ports/command-spec.ts";
import type { Clock } from "../src/ports/log.ts";
import type { Database } from "../src/ports/records.ts";
import type { StartRound } from "../src/rounds/start-round.ts";
import { findAdvice } from "./advice.ts";
import type { Command } from "./command.ts";
import { advisedForm, draftForm, readDraftForm } from "./draft-form.ts";
import { type Drafting, type DraftWords, readDraftOrder } from "./draft-order.ts";
import { dryRun } from "./dry-run.ts";
import { findLiked } from "./like.ts";
import { styleOf } from "./option-style.ts";
import { parseOptions } from "./parse-options.ts";
import { correction, refusal, whisper } from "./replies.ts";
import { replyToStart } from "./reply-to-start.ts";

/** @param models the names of the draft tier's models. */
export function createDraftSpec(models: readonly string[]): CommandSpec {
  return {
    name: "draft",
    summary: "Draft a grid of quick takes; alone it opens a form",
    usage:
      "/draft <what to see> [--count 4] [--aspect 1:1] [--seed 7] [--size 2K] [--keep close] [--model name] [--like id] [--dry-run]",
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
      {
        name: "keep",
        summary: "How closely the final follows its take",
        value: { kind: "choice", values: KEEPS },
      },
      { name: "model", summary: "Which model drafts", value: { kind: "choice", values: models } },
      {
        name: "like",
        summary: "The id of an image of this channel: its recipe again",
        value: { kind: "text", lengthMax: 40 },
      },
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
  readonly models: Models;
  readonly clock: Clock;
  readonly timeZone: string;
}

export interface DraftCommand extends Command {
  /** The form came back. */
  submit(submission: Submission): Promise<Reply>;
}

export function createDraftCommand(parts: DraftParts): DraftCommand {
  const names = parts.models.draft.map(({ spec }) => spec.name);
  const spec = createDraftSpec(names);
  return {
    spec,
    async run(call) {
      if (saysNothing(call)) return { kind: "form", form: draftForm(call.options ?? {}, parts.models) };
      const read = await readCall(parts, call, { spec, names });
      if (read.status === "bad") return correction(read.sentence);
      const { drafting, words, isDryRun } = read;
      const { prompt } = drafting.order;
      const advice = drafting.model === undefined ? await findAdvice(parts, call, prompt) : undefined;
      if (isDryRun) return whisper(await dryRun(parts, call, drafting, advice?.words));
      if (advice === undefined) return start(parts, call, drafting);
      const filled = { ...words, prompt, model: advice.model };
      return { kind: "form", form: advisedForm(filled, parts.models, advice.words) };
    },

    async submit(submission) {
      const words = readDraftForm(submission);
      const checked = readDraftOrder(words, names, "asked");
      if (checked.status === "bad") return refusal(checked.sentence);
      if (words.isAdviceUnwanted) await dismissAdvice(parts, submission);
      return start(parts, submission, { ...checked, origin: { kind: "draft" }, references: [] });
    },
  };
}

function saysNothing({ text, options = {} }: CommandCall): boolean {
  return text.trim() === "" && options["dry-run"] === undefined && options.like === undefined;
}

type ReadCall =
  | {
      readonly status: "ok";
      readonly drafting: Drafting;
      /** As they were given, or come with what it is to be like. */
      readonly words: DraftWords;
      readonly isDryRun: boolean;
    }
  | { readonly status: "bad"; readonly sentence: string };

interface Known {
  readonly spec: CommandSpec;
  /** Of the draft tier's models. */
  readonly names: readonly ModelName[];
}

async function readCall(
  { database }: DraftParts,
  call: CommandCall,
  { spec, names }: Known,
): Promise<ReadCall> {
  const parsed = call.options ? { ...call, status: "ok" as const } : parseOptions(call.text, spec.options);
  if (parsed.status === "bad") return parsed;
  const { text, options = {} } = parsed;
  const { like, "dry-run": dry } = options;
  const liked = like === undefined ? undefined : await findLiked(database.records, call.place.channel, like);
  if (liked?.status === "bad") return liked;
  const words = { ...liked?.words, ...options, prompt: text.trim() || liked?.words.prompt };
  const checked = readDraftOrder(words, names, styleOf(call));
  if (checked.status === "bad") return checked;
  const drafting: Drafting = {
    order: checked.order,
    model: checked.model ?? liked?.model,
    origin: liked?.origin ?? { kind: "draft" },
    references: liked === undefined || call.attachments.length > 0 ? [] : liked.references,
  };
  return { status: "ok", drafting, words, isDryRun: dry !== undefined };
}

async function start(
  { startRound, timeZone }: DraftParts,
  call: CommandCall | Submission,
  { order, model, origin, references }: Drafting,
): Promise<Reply> {
  const { event, place, person, attachments, isLive } = call;
  const result = await startRound({
    event,
    place,
    person,
    origin,
    concept: undefined,
    formerRequester: undefined,
    model,
    order: { ...order, references },
    attachments,
    isLive,
  });
  return replyToStart(result, { count: order.count, where: undefined }, timeZone);
}

async function dismissAdvice({ gate, database, clock }: DraftParts, { place, person }: Submission) {
  const { channel } = await gate.standing(place.channel);
  await database.records.channels.dismissAdvice(channel.ref, person, clock());
}
