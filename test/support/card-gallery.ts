import { createHelpCommand, type HelpParts } from "../../commands/help.ts";
import { denialCard } from "../../src/cards/denial-card.ts";
import { finalCard } from "../../src/cards/final-card.ts";
import { historyCard, quotaCard } from "../../src/cards/quota-card.ts";
import { roundCard } from "../../src/cards/round-card.ts";
import { type Card, plainCard } from "../../src/core/card.ts";
import { credits } from "../../src/core/credits.ts";
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
import type { Prices } from "../../src/core/prices.ts";
import type { Staff } from "../../src/core/roles.ts";
import type { Round, RoundState, TakeState } from "../../src/core/round.ts";
import type { Gate } from "../../src/gate/gate.ts";
import type { CommandCall } from "../../src/ports/chat.ts";
import type { Balance } from "../../src/ports/ledger.ts";

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
const PRICES: Prices = { take: credits(1), final: { "1K": credits(4), "2K": credits(4), "4K": credits(7) } };
const ULID = "01JCXAMPLE0000000000000000";
const asset = (name: string) => name as AssetId;

export interface NamedCard {
  readonly name: string;
  readonly card: Card;
}

export interface RoundOptions {
  readonly count?: number;
  readonly prompt?: string;
  readonly failed?: readonly number[];
}

export const CHOOSING: RoundState = { status: "choosing", grid: asset("grid") };
const CLOSED: RoundState = { status: "closed", grid: asset("grid"), final: "F" as FinalId };
const DELIVERED = { asset: asset("final"), preview: asset("preview") };

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
  function roundOf(state: RoundState, { count = 4, prompt = PROMPT, failed = [] }: RoundOptions = {}): Round {
    const id = ULID as RoundId;
    const stateOf = (number: number): TakeState =>
      failed.includes(number)
        ? { status: "failed", failure: "blocked" }
        : { status: "made", asset: asset(`take-${number}`) };
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
      order: { prompt, seed: 7, aspect: "1:1", count, finalSize: "2K", references: [] },
      origin: { kind: "draft" },
      model: "google/gemini-3.1-flash-image",
      takePrice: credits(1),
      post: "POST" as PostId,
      createdAt: AT,
      takes: Array.from({ length: count }, (_, index) => ({
        id: `T${index}` as TakeId,
        round: id,
        number: index + 1,
        seed: 7 + index,
        turn: index,
        state: stateOf(index + 1),
      })),
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
      prices: PRICES,
      available: credits(496),
      ...more,
    });
  }

  function finalOf(state: FinalState): Final {
    return {
      id: ULID as FinalId,
      round: ULID as RoundId,
      take: "T3" as TakeId,
      number: 3,
      seed: 9,
      size: "2K",
      model: "google/gemini-3-pro-image",
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
    named("round, at work", showRound(roundOf({ status: "rendering", trouble: undefined }))),
    named("round, in trouble", showRound(roundOf({ status: "rendering", trouble: "storage" }))),
    named("round, choosing", showRound(roundOf(CHOOSING))),
    named("round, voted", showRound(roundOf(CHOOSING), { votes: votes })),
    named("round, two missing", showRound(roundOf(CHOOSING, { failed: [2, 4] }), { approval: "open" })),
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
    named("round, refused", showRound(roundOf({ status: "failed", failure: "blocked" }))),
    named("round, failed", showRound(roundOf({ status: "failed", failure: "timeout" }))),
  ];

  /** What a final can look like in its thread. */
  const finals: readonly NamedCard[] = [
    named("final, at work", showFinal({ status: "rendering" })),
    named("final, delivered", showFinal(DELIVERED_FINAL)),
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
  ];

  const quota = quotaCard({
    channel: place.channel,
    balance: BALANCE,
    holds: [
      { subject: ULID, tier: "draft", person: place.mia, amount: credits(8), since: AT, title: PROMPT },
      { subject: ULID, tier: "final", person: place.ada, amount: credits(4), since: AT, title: "a red fox" },
    ],
    spenders: [
      { person: place.mia, spent: credits(3) },
      { person: place.noor, spent: credits(1) },
    ],
    prices: PRICES,
    staff: place.staff,
    mayManage: true,
  });

  const history = historyCard(
    [
      { at: AT, kind: "spend", id: "1", amount: credits(4), period: 1, person: place.mia, memo: "takes" },
      {
        at: AT,
        kind: "grant",
        id: "2",
        amount: credits(200),
        period: 1,
        person: place.noor,
        memo: "spring launch",
      },
      {
        at: AT,
        kind: "allowance",
        id: "3",
        amount: credits(500),
        period: 1,
        person: place.noor,
        memo: "per month",
      },
    ],
    "Europe/Madrid",
  );

  /** What one person sees. */
  const privates: readonly NamedCard[] = [
    named("quota", quota),
    named("history", history),
    named(
      "denied, not a director",
      denialCard({ status: "denied", reason: "directors_only", ...place.staff }, "UTC"),
    ),
    named(
      "denied, out of credits",
      denialCard(
        {
          status: "denied",
          reason: "insufficient",
          available: credits(2),
          needed: credits(4),
          resetsAt: AT,
          timeZone: "Europe/Madrid",
          managers: place.staff.managers,
        },
        "UTC",
      ),
    ),
    named(
      "denied, frozen",
      denialCard({ status: "denied", reason: "frozen", by: place.noor, managers: [] }, "UTC"),
    ),
    named("done", plainCard("ok", "Granted 200 credits. Now 684 left.")),
  ];

  return { roundOf, showRound, showFinal, rounds, finals, privates };
}

/** `/help`, which only the command makes. */
export async function helpCard(call: CommandCall): Promise<NamedCard> {
  const gate = { standing: async () => ({ approval: "director" }) } as unknown as Gate;
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
  const reply = await createHelpCommand({ gate, prices: PRICES, others }).run(call);
  if (reply.kind !== "whisper") throw new Error(`/help answers with a card, not ${reply.kind}`);
  return named("help", reply.card);
}
