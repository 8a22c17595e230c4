import { weaknessesIn } from "../src/core/advice.ts";
import { inCredits } from "../src/core/credits.ts";
import type { UserRef } from "../src/core/ids.ts";
import { type ModelName, type ModelSpec, priceOf, type Weakness } from "../src/core/model.ts";
import { TAKE_SIZE } from "../src/core/recipe.ts";
import type { Gate } from "../src/gate/gate.ts";
import { type Models, modelOf } from "../src/models/models.ts";
import type { Place } from "../src/ports/chat.ts";
import type { ChannelRecord, Database } from "../src/ports/records.ts";

export interface AdviceParts {
  readonly gate: Gate;
  readonly database: Database;
  readonly models: Models;
}

export interface Advice {
  readonly words: string;
  /** Which model to draft with instead; undefined: none would do better. */
  readonly model: ModelName | undefined;
}

/**
 * What to tell a person before credits are held, when the channel's model is known to get wrong what their prompt asks
 * for. Undefined: nothing, or they or the channel want to hear none.
 */
export async function findAdvice(
  { gate, database, models }: AdviceParts,
  { place, person }: { readonly place: Place; readonly person: UserRef },
  prompt: string,
): Promise<Advice | undefined> {
  if (models.draft.every(({ spec }) => spec.weaknesses.length === 0)) return undefined;
  const asked = weaknessesIn(prompt);
  if (asked.length === 0) return undefined;
  const { channel } = await gate.standing(place.channel);
  const advice = channel.isAdviceOn ? toAdvice(asked, models, channel) : undefined;
  if (advice === undefined) return undefined;
  return (await database.records.channels.hasDismissedAdvice(channel.ref, person)) ? undefined : advice;
}

function toAdvice(
  asked: readonly Weakness[],
  models: Models,
  channel: Pick<ChannelRecord, "models">,
): Advice | undefined {
  const weak = weakAt(modelOf(models, "draft", channel).spec, asked);
  if (weak.length === 0) return undefined;
  const often = LIST.format(weak.map((each) => OFTEN[each]));
  const better = models.draft
    .map(({ spec }) => ({ spec, weak: weakAt(spec, asked).length }))
    .filter((each) => each.weak < weak.length)
    .reduce<Rated | undefined>((best, each) => (best && best.weak <= each.weak ? best : each), undefined);
  return {
    words: `Fast models often ${often}. ${better ? instead(better.spec) : later(weak, models, channel)}`,
    model: better?.spec.name,
  };
}

interface Rated {
  readonly spec: ModelSpec;
  readonly weak: number;
}

function weakAt({ weaknesses }: ModelSpec, asked: readonly Weakness[]): readonly Weakness[] {
  return asked.filter((each) => weaknesses.includes(each));
}

const LIST = new Intl.ListFormat("en-GB");
const OFTEN: Readonly<Record<Weakness, string>> = {
  lettering: "misspell words in pictures",
  counts: "draw more or fewer things than asked",
  relations: "mix up what stands where",
  colors: "miss an exact colour",
};

function instead(spec: ModelSpec): string {
  return `${spec.name} does better, for ${inCredits(priceOf(spec, TAKE_SIZE))} a take.`;
}

/** No model that drafts does better; the one for finals may. */
function later(weak: readonly Weakness[], models: Models, channel: Pick<ChannelRecord, "models">): string {
  const { spec } = modelOf(models, "final", channel);
  return weakAt(spec, weak).length === 0
    ? `The final does better: ${spec.name} makes it.`
    : "Look closely before you pick.";
}
