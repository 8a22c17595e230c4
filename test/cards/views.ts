import { type FinalView, finalCard } from "../../src/cards/final-card.ts";
import { type RoundView, roundCard } from "../../src/cards/round-card.ts";
import type { Card } from "../../src/core/card.ts";
import { credits } from "../../src/core/credits.ts";
import type { Final } from "../../src/core/final.ts";
import type { AssetId, ChannelRef, ConceptId, FinalId, PostId, RoundId, TakeId } from "../../src/core/ids.ts";
import type { Round, RoundState, TakeState } from "../../src/core/round.ts";
import { T0 } from "../support/make-records.ts";
import { specOf } from "../support/models.ts";
import { ADA, MIA } from "../support/story-desk.ts";

/** Cards as their tests want them: of Mia's round of four takes, and of the final that Ada picked. */
export const GRID = "GRID" as AssetId;
export const made = (number: number): TakeState => ({ status: "made", asset: `A${number}` as AssetId });

export function roundOf(state: RoundState, takes: readonly TakeState[] = [1, 2, 3, 4].map(made)): Round {
  const id = "ROUND" as RoundId;
  return {
    id,
    concept: {
      id: "CONCEPT" as ConceptId,
      channel: "studio:local:x" as ChannelRef,
      requester: MIA,
      rootPost: "POST" as PostId,
    },
    number: 1,
    requester: MIA,
    order: {
      prompt: "a red fox",
      seed: 7,
      aspect: "1:1",
      count: takes.length,
      finalSize: "4K",
      keep: "close",
      references: [],
    },
    origin: { kind: "draft" },
    model: "test",
    takePrice: credits(1),
    post: "POST" as PostId,
    createdAt: T0,
    takes: takes.map((each, index) => ({
      id: `T${index}` as TakeId,
      round: id,
      number: index + 1,
      seed: 7 + index,
      turn: index,
      model: "test",
      insteadOf: undefined,
      state: each,
    })),
    state,
  };
}

export const show = (round: Round, more: Partial<RoundView> = {}) =>
  roundCard({
    round,
    former: undefined,
    votes: [],
    picked: undefined,
    approval: "director",
    model: specOf("draft"),
    finalModel: specOf("final"),
    shortfalls: [],
    available: credits(42),
    ...more,
  });

export const finalOf = (state: Final["state"]): Final => ({
  id: "FINAL" as FinalId,
  round: "ROUND" as RoundId,
  take: "T1" as TakeId,
  number: 2,
  seed: 8,
  size: "4K",
  model: "test",
  insteadOf: undefined,
  price: credits(7),
  pickedBy: ADA,
  pickedAt: T0,
  post: "P2" as PostId,
  state,
});
export const DELIVERED = { asset: "F" as AssetId, preview: "P" as AssetId };

export const showFinal = (state: Final["state"], more: Partial<FinalView> = {}) =>
  finalCard({
    final: finalOf(state),
    round: roundOf({ status: "choosing", grid: GRID }),
    approval: "director",
    available: credits(42),
    model: specOf("final"),
    shortfalls: [],
    ...more,
  });

export const labels = (card: Card) => card.actions.map((each) => each.label);
export const styles = (card: Card) => card.actions.map(({ label, style }) => [label, style]);
