import type { AssetId, ChannelRef, FinalId, TakeId } from "../src/core/ids.ts";
import type { ModelName } from "../src/core/model.ts";
import type { RoundOrder, RoundOrigin } from "../src/core/round.ts";
import type { Records } from "../src/ports/records.ts";
import type { DraftWords } from "./draft-order.ts";

/** The recipe of an image, to be used again. */
export interface Liked {
  readonly status: "ok";
  readonly origin: RoundOrigin;
  readonly words: DraftWords;
  /** The one that drafted it: it may be there no more. */
  readonly model: ModelName;
  readonly references: RoundOrder["references"];
}

export type LikeCheck = Liked | { readonly status: "bad"; readonly sentence: string };

/** As `createIdSource` makes them. */
const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** Finds the take or final of that id, written in capitals or not. */
export async function findLiked(
  { rounds, finals }: Pick<Records, "rounds" | "finals">,
  channel: ChannelRef,
  typed: string,
): Promise<LikeCheck> {
  const id = typed.trim().toUpperCase();
  if (!ID.test(id)) return bad("That is not the id of an image: it has 26 letters and digits.");
  const final = await finals.find(id as FinalId);
  const take = await rounds.findTake(final?.take ?? (id as TakeId));
  const isMade = final ? "asset" in final.state : take?.status === "made";
  if (take?.round.concept.channel !== channel || !isMade) return bad("That is not an image of this channel.");
  const { prompt, aspect, finalSize, keep, references } = take.round.order;
  return {
    status: "ok",
    origin: { kind: "like", of: id as AssetId },
    words: {
      prompt,
      aspect,
      keep,
      seed: `${(final ?? take).seed}`,
      size: final?.size ?? finalSize,
    },
    model: take.model,
    references,
  };
}

function bad(sentence: string): LikeCheck {
  return { status: "bad", sentence };
}
