import { foreseenWords } from "../src/cards/shortfall-words.ts";
import { type Card, plainCard, text } from "../src/core/card.ts";
import { inCredits } from "../src/core/credits.ts";
import { priceOf, priceOfTakes } from "../src/core/model.ts";
import { TAKE_SIZE } from "../src/core/recipe.ts";
import { shortfallsOf } from "../src/core/shortfall.ts";
import type { Gate } from "../src/gate/gate.ts";
import { findModel, type Models, modelOf } from "../src/models/models.ts";
import type { CommandCall } from "../src/ports/chat.ts";
import type { Clock } from "../src/ports/log.ts";
import type { Database } from "../src/ports/records.ts";
import type { Drafting } from "./draft-order.ts";
import { optionName, styleOf } from "./option-style.ts";

export interface DryRunParts {
  readonly gate: Gate;
  readonly database: Database;
  readonly models: Models;
  readonly clock: Clock;
}

/** What a round would cost and who would make it, with what they cannot do of it. Holds nothing. */
export async function dryRun(
  { gate, database, models, clock }: DryRunParts,
  call: CommandCall,
  { order, model, references }: Drafting,
  advice: string | undefined,
): Promise<Card> {
  const { channel } = await gate.standing(call.place.channel);
  const named = model === undefined ? undefined : findModel(models, "draft", model);
  const { spec: drafter } = named ?? modelOf(models, "draft", channel);
  const { spec: finisher } = modelOf(models, "final", channel);
  const { available, frozenBy } = await database.records.ledger.balance(channel.account, clock());
  const takes = priceOfTakes(priceOf(drafter, TAKE_SIZE), order.count);
  const final = priceOf(finisher, order.finalSize);
  const enough = frozenBy
    ? "It is frozen, so nothing can start now."
    : available >= takes
      ? `Leave out ${optionName("dry-run", styleOf(call))} to start.`
      : "That is more than there is: ask for fewer takes.";
  const some =
    order.count === 1 ? `1 take by ${drafter.name} costs` : `${order.count} takes by ${drafter.name} cost`;
  const cost = `${some} ${inCredits(takes)}, a ${order.finalSize} final by ${finisher.name} ${final} more.`;
  const wanted = { aspect: order.aspect, references: references.length + call.attachments.length };
  const ofTake = shortfallsOf(drafter.abilities, { ...wanted, size: TAKE_SIZE, hasGuide: false });
  const ofFinal = shortfallsOf(finisher.abilities, { ...wanted, size: order.finalSize, hasGuide: true });
  const more = [
    foreseenWords(ofTake, drafter.name, "a take"),
    foreseenWords(ofFinal, finisher.name, "the final"),
    order.seed === undefined || drafter.abilities.seed
      ? undefined
      : `${drafter.name} has no seeds: yours changes nothing.`,
    advice,
  ].filter((each) => each !== undefined);
  const sentence = `${cost} This channel has ${available}. ${enough}`;
  return plainCard(
    "info",
    [sentence, ...more].join(" "),
    [sentence, ...more].map((each) => [text(each)]),
  );
}
