import { createHelpCommand, type HelpParts } from "../../commands/help.ts";
import { finalCard } from "../../src/cards/final-card.ts";
import { roundCard } from "../../src/cards/round-card.ts";
import type { Card } from "../../src/core/card.ts";
import { credits } from "../../src/core/credits.ts";
import type { FailureKind } from "../../src/core/failure.ts";
import type { Final, FinalState } from "../../src/core/final.ts";
import type {
  AssetId,
  ChannelRef,
  ConceptId,
  FinalId,
  MessageRef,
  PostId,
  RoundId,
  TakeId,
  UserRef,
} from "../../src/core/ids.ts";
import type { Aspect } from "../../src/core/recipe.ts";
import type { Staff } from "../../src/core/roles.ts";
import type { Round, RoundState, Take, TakeState } from "../../src/core/round.ts";
import type { Shortfall } from "../../src/core/shortfall.ts";
import type { Gate } from "../../src/gate/gate.ts";
import type { CommandCall } from "../../src/ports/chat.ts";
import type { Balance } from "../../src/ports/ledger.ts";
import { onlyModel, specOf, UNASKED } from "./models.ts";
import { privateCards } from "./private-gallery.ts";

/** Where and among whom the cards of a gallery are, by the refs of a platform. */
export interface GalleryPlace {
  readonly channel: ChannelRef;
  readonly ada: UserRef;
  readonly mia: UserRef;
  readonly noor: UserRef;
  readonly staff: Staff;
  readonly grid: MessageRef;
  readonly final: MessageRef;
}

export const PROMPT = "a glass bottle refracting afternoon sun on a limestone table";
export const AT = new Date("2026-11-20T10:00:00Z");
/** The models of a team, and another one for each tier. */
const DRAFTS = specOf("draft", { name: "nano-banana-lite", id: "google/gemini-3.1-flash-image" });
const FINALS = specOf("final", { name: "nano-banana-pro", id: "google/gemini-3-pro-image" });
const SMALL = specOf("final", {
  name: "gpt-image-flare",
  abilities: { ...FINALS.abilities, sizes: ["1K"], aspects: ["1:1", "3:2", "2:3"] },
});
const ULID = "01JCXAMPLE0000000000000000";
const asset = (name: string) => name as AssetId;
const inAspect = (aspect: Aspect, round: Round): Round => ({ ...round, order: { ...round.order, aspect } });
const takeId = (number: number) => `01JCXTAKE0000000000000000${number.toString(36).toUpperCase()}`;

export interface NamedCard {
  readonly name: string;
  readonly card: Card;
}

export interface RoundOptions {
  readonly count?: number;
  readonly prompt?: string;
  readonly failed?: readonly number[];
  readonly failure?: FailureKind;
  /** Those that another model has. */
  readonly passed?: readonly number[];
}

export const CHOOSING: RoundState = { status: "choosing", grid: asset("grid") };
const RENDERING: RoundState = { status: "rendering", trouble: undefined };
const CLOSED: RoundState = { status: "closed", grid: asset("grid"), final: "F" as FinalId };
const DELIVERED = { asset: asset("01JCXF1NAL0000000000000003"), preview: asset("preview") };

export const DELIVERED_FINAL: FinalState = { status: "delivered", ...DELIVERED };

export const BALANCE: Balance = {
  granted: credits(500),
  available: credits(484),
  reserved: credits(12),
  spent: credits(4),
  allowance: credits(500),
  recurs: { every: "month", timeZone: "Europe/Madrid" },
  resetsAt: new Date("2026-11-30T23:00:00Z"),
  frozenBy: undefined,
};

export const named = (name: string, card: Card): NamedCard => ({ name, card });

export type CardGallery = ReturnType<typeof createCardGallery>;

/** The cards that people meet, as the story makes them: what every platform has to show. */
export function createCardGallery(place: GalleryPlace) {
  function roundOf(state: RoundState, options: RoundOptions = {}): Round {
    const { count = 4, prompt = PROMPT, failed = [], failure = "blocked", passed = [] } = options;
    const id = ULID as RoundId;
    const stateOf = (number: number): TakeState => {
      if (failed.includes(number)) return { status: "failed", failure };
      const made = state.status === "choosing" || state.status === "closed";
      return made ? { status: "made", asset: asset(takeId(number)) } : { status: "rendering" };
    };
    return {
      id,
      concept: {
        id: "01JCXCONCEPT00000000000000" as ConceptId,
        channel: place.channel,
        requester: place.mia,
        rootPost: "POST" as PostId,
      },
      number: 1,
      requester: place.mia,
      order: { prompt, seed: 7, aspect: "1:1", count, finalSize: "2K", keep: "close", references: [] },
      origin: { kind: "draft" },
      model: DRAFTS.name,
      takePrice: credits(1),
      post: "POST" as PostId,
      createdAt: AT,
      takes: Array.from({ length: count }, (_, index): Take => {
        const isPassed = passed.includes(index + 1);
        return {
          id: takeId(index + 1) as TakeId,
          round: id,
          number: index + 1,
          seed: 7 + index,
          turn: index,
          model: isPassed ? "flux-flash" : DRAFTS.name,
          insteadOf: isPassed ? { model: DRAFTS.name, because: "overloaded" } : undefined,
          state: stateOf(index + 1),
        };
      }),
      state,
    };
  }

  function showRound(round: Round, more: Partial<Parameters<typeof roundCard>[0]> = {}): Card {
    return roundCard({
      round,
      former: undefined,
      votes: [],
      picked: undefined,
      approval: "director",
      model: DRAFTS,
      finalModel: FINALS,
      shortfalls: [],
      available: credits(496),
      ...more,
    });
  }

  function finalOf(state: FinalState): Final {
    return {
      id: ULID as FinalId,
      round: ULID as RoundId,
      take: takeId(3) as TakeId,
      number: 3,
      seed: 9,
      size: "2K",
      model: FINALS.name,
      insteadOf: undefined,
      price: credits(4),
      pickedBy: place.ada,
      pickedAt: AT,
      post: "POST" as PostId,
      state,
    };
  }

  const showFinal = (state: FinalState, round: RoundState = CHOOSING, prompt = PROMPT) =>
    finalCard({
      final: finalOf(state),
      round: roundOf(round, { prompt }),
      approval: "director",
      available: credits(492),
      model: FINALS,
      shortfalls: [],
    });

  /** Of a final that a lesser model has in place of the one that was asked. */
  const showPassed = (state: FinalState, shortfalls: readonly Shortfall[]) =>
    finalCard({
      final: {
        ...finalOf(state),
        model: SMALL.name,
        insteadOf: { model: FINALS.name, because: "overloaded" },
      },
      round: roundOf(CHOOSING),
      approval: "director",
      available: credits(492),
      model: SMALL,
      shortfalls,
    });

  const showPicked = (state: FinalState, message: MessageRef | undefined) =>
    showRound(roundOf(CLOSED), { picked: { final: finalOf(state), message, isInThread: false } });

  const votes = [
    { person: place.noor, number: 3 },
    { person: place.mia, number: 3 },
    { person: place.ada, number: 1 },
  ];

  /** What a round can look like in its channel. */
  const rounds: readonly NamedCard[] = [
    named("round, in line", showRound(roundOf({ status: "queued" }))),
    named("round, at work", showRound(roundOf(RENDERING))),
    named("round, passed on", showRound(roundOf(RENDERING, { passed: [2, 4] }))),
    named("round, half cancelled", showRound(roundOf(RENDERING, { failed: [3, 4], failure: "cancelled" }))),
    named("round, in trouble", showRound(roundOf({ status: "rendering", trouble: "storage" }))),
    named("round, choosing", showRound(roundOf(CHOOSING))),
    named("round, voted", showRound(roundOf(CHOOSING), { votes: votes })),
    named("round, two missing", showRound(roundOf(CHOOSING, { failed: [2, 4] }), { approval: "open" })),
    named(
      "round, by another, with shortfalls",
      showRound(inAspect("21:9", roundOf(CHOOSING, { passed: [2, 4] })), {
        finalModel: SMALL,
        shortfalls: [
          { kind: "aspect", asked: "21:9", got: "3:2" },
          { kind: "references", asked: 3, got: 1 },
          { kind: "seed" },
        ],
      }),
    ),
    named("round of 1", showRound(roundOf(CHOOSING, { count: 1 }))),
    named("round of 6", showRound(roundOf(CHOOSING, { count: 6 }))),
    named("round of 9", showRound(roundOf(CHOOSING, { count: 9 }))),
    named("round of 16", showRound(roundOf(CHOOSING, { count: 16 }))),
    named("round, picked", showPicked({ status: "rendering" }, undefined)),
    named("round, finished", showPicked({ status: "delivered", ...DELIVERED }, place.final)),
    named(
      "round, approved",
      showPicked({ status: "approved", by: place.ada, at: AT, ...DELIVERED }, place.final),
    ),
    named(
      "round, varied",
      showRound(
        { ...roundOf(CHOOSING), origin: { kind: "vary", of: "T3" as TakeId, number: 3 } },
        { former: { prompt: PROMPT, message: place.grid } },
      ),
    ),
    named(
      "round, like another",
      showRound(
        { ...roundOf(CHOOSING), origin: { kind: "like", of: asset(takeId(3)) } },
        { former: { prompt: PROMPT, message: place.grid } },
      ),
    ),
    named("round, cancelled", showRound(roundOf({ status: "failed", failure: "cancelled" }))),
    named("round, withheld", showRound(roundOf({ status: "failed", failure: "withheld" }))),
    named("round, over quota", showRound(roundOf({ status: "failed", failure: "quota" }))),
    named("round, refused", showRound(roundOf({ status: "failed", failure: "blocked" }))),
    named("round, failed", showRound(roundOf({ status: "failed", failure: "timeout" }))),
  ];

  /** What a final can look like in its thread. */
  const finals: readonly NamedCard[] = [
    named("final, at work", showFinal({ status: "rendering" })),
    named("final, passed on", showPassed({ status: "rendering" }, [])),
    named("final, delivered", showFinal(DELIVERED_FINAL)),
    named(
      "final, by another, with shortfalls",
      showPassed(DELIVERED_FINAL, [{ kind: "size", asked: "2K", got: "1K" }, { kind: "seed" }]),
    ),
    named("final, approved", showFinal({ status: "approved", by: place.ada, at: AT, ...DELIVERED }, CLOSED)),
    named(
      "final, sent back",
      showFinal({
        status: "sent_back",
        because: "the *shadow* is too hard",
        by: place.ada,
        at: AT,
        ...DELIVERED,
      }),
    ),
    named("final, failed", showFinal({ status: "failed", failure: "timeout" })),
    named("final, cancelled", showFinal({ status: "failed", failure: "cancelled" })),
  ];

  /** What one person sees. */
  const privates = privateCards({
    place,
    balance: BALANCE,
    models: { draft: DRAFTS, final: FINALS },
    rounds: [roundOf(CHOOSING), roundOf(CHOOSING, { count: 16 })],
    final: finalOf(DELIVERED_FINAL),
  });

  return { roundOf, showRound, showFinal, rounds, finals, privates };
}

/** `/help`, which only the command makes. */
export async function helpCard(call: CommandCall): Promise<NamedCard> {
  const gate = { standing: async () => ({ approval: "director", channel: undefined }) } as unknown as Gate;
  const others: HelpParts["others"] = [
    {
      name: "draft",
      summary: "Draft a grid of quick takes",
      usage: "/draft <what to see>",
      examples: ["/draft a red fox in snow --count 6 --aspect 16:9"],
      words: undefined,
      options: [{ name: "count", summary: "How many takes", value: { kind: "number", min: 1, max: 16 } }],
      attachmentsMax: 0,
      subcommands: [],
    },
  ];
  const reply = await createHelpCommand({ gate, models: onlyModel(UNASKED), others }).run(call);
  if (reply.kind !== "whisper") throw new Error(`/help answers with a card, not ${reply.kind}`);
  return named("help", reply.card);
}
