import { priceWords } from "../src/cards/price-words.ts";
import { bold, type Card, plainCard, type Span, text } from "../src/core/card.ts";
import { type ModelName, priceOf } from "../src/core/model.ts";
import { nearest } from "../src/core/nearest.ts";
import { TAKE_SIZE, type Tier } from "../src/core/recipe.ts";
import type { Standing } from "../src/gate/gate.ts";
import { isAmong } from "../src/gate/is-among.ts";
import { findModel, type Model, type Models, modelOf } from "../src/models/models.ts";
import type { CommandCall, Reply } from "../src/ports/chat.ts";
import { type OptionStyle, styleOf } from "./option-style.ts";
import type { Change, QuotaParts } from "./quota-change.ts";
import { correction, whisper } from "./replies.ts";

const HOW: Readonly<Record<OptionStyle, string>> = {
  typed: "/quota models draft <name> or default · final <name> or default · advice on or off",
  asked: "/quota models tier: draft or final, name: a model or default · tier: advice, name: on or off",
};

/** `models`, `models draft nano-banana-lite`, `models final default`, `models advice off` */
export const changeModels: Change = async (parts, call, rest, permit) => {
  const { channels } = parts.database.records;
  const { ref } = permit.channel;
  const how = HOW[styleOf(call)];
  const [what = "", word, ...more] = rest.toLowerCase().split(/\s+/u);
  if (what === "") return show(parts, call);
  const subject = toSubject(what);
  if (subject === undefined) return correction(unknownSubject(what, how));
  if (word === undefined || more.length > 0) return correction(`Say which: ${how}`);
  if (subject === "advice") {
    if (word !== "on" && word !== "off") return correction(`Advice is on or off. You gave ${word}.`);
    await channels.setAdvice(ref, word === "on", call.person, parts.clock());
    return show(parts, call);
  }
  const name = word === "default" ? undefined : word;
  if (name !== undefined && !findModel(parts.models, subject, name))
    return correction(unknownModel(parts.models, subject, name));
  await channels.setModel(ref, subject, name, call.person, parts.clock());
  return show(parts, call);
};

function toSubject(word: string): Tier | "advice" | undefined {
  if (/^drafts?$/u.test(word)) return "draft";
  if (/^finals?$/u.test(word)) return "final";
  return word === "advice" ? word : undefined;
}

function unknownSubject(word: string, how: string): string {
  const meant = nearest(word, ["draft", "final", "advice"]);
  return meant
    ? `There is no /quota models ${word}. Did you mean /quota models ${meant}?`
    : `Say which: ${how}`;
}

const MAKES: Readonly<Record<Tier, string>> = { draft: "Drafts", final: "Finals" };

function unknownModel(models: Models, tier: Tier, name: ModelName): string {
  const names = models[tier].map(({ spec }) => spec.name);
  const other = tier === "draft" ? "final" : "draft";
  const made = `${MAKES[tier]} are made by ${names.join(", ")}.`;
  if (findModel(models, other, name)) return `${name} is there for ${other}s only. ${made}`;
  const meant = nearest(name, names);
  return meant ? `There is no model ${name}. Did you mean ${meant}?` : `There is no model ${name}. ${made}`;
}

async function show(
  { gate, models, isIn }: QuotaParts,
  { place, person, ...call }: CommandCall,
): Promise<Reply> {
  const standing = await gate.standing(place.channel);
  const mayChange = await isAmong(standing.staff.managers, person, isIn);
  const note = mayChange ? `For managers: ${HOW[styleOf(call)]}` : undefined;
  return whisper({ ...modelsCard(models, standing), note });
}

/** Each tier's models, the one that is asked here first, then those that are asked when it cannot. */
function modelsCard(models: Models, { channel }: Standing): Card {
  const asked = { draft: modelOf(models, "draft", channel), final: modelOf(models, "final", channel) };
  const { name: drafter } = asked.draft.spec;
  const { name: finisher } = asked.final.spec;
  const advice = channel.isAdviceOn
    ? "Advice is on: who asks for what the model for drafts often gets wrong is told so before credits are held."
    : "Advice is off.";
  return plainCard("info", `Drafts are made by ${drafter}, finals by ${finisher}. ${advice}`, [
    ...tierLines(models.draft, asked.draft, channel.models.draft),
    ...tierLines(models.final, asked.final, channel.models.final),
    [text(advice)],
  ]);
}

function tierLines(
  all: Models[Tier],
  asked: Model,
  set: ModelName | undefined,
): readonly (readonly Span[])[] {
  const { tier, name } = asked.spec;
  const why =
    set === undefined
      ? "by default"
      : set === name
        ? "set here"
        : `${set} was set here, and is there no more`;
  const others = all.filter((each) => each !== asked);
  return [
    [bold(`${MAKES[tier]}: `), text(`${name} (${why}). A ${costOf(asked)}`)],
    ...others.map((each, index) => [
      // Whoever takes over does so at the price that was told.
      text(
        `${index === 0 ? "If it cannot, for the same" : "Then"}: ${each.spec.name}. When chosen, a ${costOf(each)}`,
      ),
    ]),
  ];
}

function costOf({ spec }: Model): string {
  return spec.tier === "draft"
    ? `take costs ${priceOf(spec, TAKE_SIZE)}.`
    : `final costs ${priceWords(spec)}.`;
}
