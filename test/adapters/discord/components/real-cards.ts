import { channelRef, groupRef, messageRef, userRef } from "../../../../adapters/discord/discord-refs.ts";
import { MANAGE } from "../../../../adapters/discord/roles/manage-group.ts";
import { createHelpCommand, type HelpParts } from "../../../../commands/help.ts";
import { denialCard } from "../../../../src/cards/denial-card.ts";
import { finalCard } from "../../../../src/cards/final-card.ts";
import { historyCard, quotaCard } from "../../../../src/cards/quota-card.ts";
import { roundCard } from "../../../../src/cards/round-card.ts";
import { type Card, member, message, plainCard, text } from "../../../../src/core/card.ts";
import { credits } from "../../../../src/core/credits.ts";
import type { Final, FinalState } from "../../../../src/core/final.ts";
import type {
  AssetId,
  ConceptId,
  EventId,
  FinalId,
  MessageRef,
  PostId,
  RoundId,
  TakeId,
} from "../../../../src/core/ids.ts";
import type { Prices } from "../../../../src/core/prices.ts";
import type { Round, RoundState, TakeState } from "../../../../src/core/round.ts";
import type { Gate } from "../../../../src/gate/gate.ts";
import type { CommandCall } from "../../../../src/ports/chat.ts";
import type { Balance } from "../../../../src/ports/ledger.ts";

export const GUILD = "1185700000000000100";
const CHANNEL_ID = "1185700000000000200";
export const CHANNEL = channelRef({ guild: GUILD, channel: CHANNEL_ID });
export const ADA = userRef(GUILD, "1185700000000000001");
export const MIA = userRef(GUILD, "1185700000000000002");
export const NOOR = userRef(GUILD, "1185700000000000003");
export const DIRECTORS = groupRef(GUILD, "1185700000000000301");
export const MANAGERS = groupRef(GUILD, MANAGE);
export const GRID = messageRef({ guild: GUILD, channel: CHANNEL_ID, message: "1185700000000000400" });
const FINAL = messageRef({ guild: GUILD, channel: "1185700000000000400", message: "1185700000000000500" });

const PROMPT = "a glass bottle refracting afternoon sun on a limestone table";
const AT = new Date("2026-11-20T10:00:00Z");
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

export function roundOf(
  state: RoundState,
  { count = 4, prompt = PROMPT, failed = [] }: RoundOptions = {},
): Round {
  const id = ULID as RoundId;
  const stateOf = (number: number): TakeState =>
    failed.includes(number)
      ? { status: "failed", failure: "blocked" }
      : { status: "made", asset: asset(`take-${number}`) };
  return {
    id,
    concept: {
      id: "01JCXCONCEPT00000000000000" as ConceptId,
      channel: CHANNEL,
      requester: MIA,
      rootPost: "POST" as PostId,
    },
    number: 1,
    requester: MIA,
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

export const CHOOSING: RoundState = { status: "choosing", grid: asset("grid") };
const CLOSED: RoundState = { status: "closed", grid: asset("grid"), final: "F" as FinalId };
const DELIVERED = { asset: asset("final"), preview: asset("preview") };

export function showRound(round: Round, more: Partial<Parameters<typeof roundCard>[0]> = {}): Card {
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
    pickedBy: ADA,
    pickedAt: AT,
    post: "POST" as PostId,
    state,
  };
}

export const showFinal = (state: FinalState, round: RoundState = CHOOSING, prompt = PROMPT) =>
  finalCard({
    final: finalOf(state),
    round: roundOf(round, { prompt }),
    approval: "director",
    available: credits(492),
  });

export const DELIVERED_FINAL: FinalState = { status: "delivered", ...DELIVERED };

const showPicked = (state: FinalState, message: MessageRef | undefined) =>
  showRound(roundOf(CLOSED), { picked: { final: finalOf(state), message, isInThread: false } });

const VOTES = [
  { person: NOOR, number: 3 },
  { person: MIA, number: 3 },
  { person: ADA, number: 1 },
];

const named = (name: string, card: Card): NamedCard => ({ name, card });

/** What a round can look like in its channel. */
export const ROUND_CARDS: readonly NamedCard[] = [
  named("round, in line", showRound(roundOf({ status: "queued" }))),
  named("round, at work", showRound(roundOf({ status: "rendering", trouble: undefined }))),
  named("round, in trouble", showRound(roundOf({ status: "rendering", trouble: "storage" }))),
  named("round, choosing", showRound(roundOf(CHOOSING))),
  named("round, voted", showRound(roundOf(CHOOSING), { votes: VOTES })),
  named("round, two missing", showRound(roundOf(CHOOSING, { failed: [2, 4] }), { approval: "open" })),
  named("round of 1", showRound(roundOf(CHOOSING, { count: 1 }))),
  named("round of 6", showRound(roundOf(CHOOSING, { count: 6 }))),
  named("round of 9", showRound(roundOf(CHOOSING, { count: 9 }))),
  named("round of 16", showRound(roundOf(CHOOSING, { count: 16 }))),
  named("round, picked", showPicked({ status: "rendering" }, undefined)),
  named("round, finished", showPicked({ status: "delivered", ...DELIVERED }, FINAL)),
  named("round, approved", showPicked({ status: "approved", by: ADA, at: AT, ...DELIVERED }, FINAL)),
  named(
    "round, varied",
    showRound(
      { ...roundOf(CHOOSING), origin: { kind: "vary", of: "T3" as TakeId, number: 3 } },
      { former: { prompt: PROMPT, message: GRID } },
    ),
  ),
  named("round, refused", showRound(roundOf({ status: "failed", failure: "blocked" }))),
  named("round, failed", showRound(roundOf({ status: "failed", failure: "timeout" }))),
];

/** What a final can look like in its thread. */
export const FINAL_CARDS: readonly NamedCard[] = [
  named("final, at work", showFinal({ status: "rendering" })),
  named("final, delivered", showFinal(DELIVERED_FINAL)),
  named("final, approved", showFinal({ status: "approved", by: ADA, at: AT, ...DELIVERED }, CLOSED)),
  named(
    "final, sent back",
    showFinal({ status: "sent_back", because: "the *shadow* is too hard", by: ADA, at: AT, ...DELIVERED }),
  ),
  named("final, failed", showFinal({ status: "failed", failure: "timeout" })),
];

const BALANCE: Balance = {
  granted: credits(500),
  available: credits(484),
  reserved: credits(12),
  spent: credits(4),
  allowance: credits(500),
  recurs: { every: "month", timeZone: "Europe/Madrid" },
  resetsAt: new Date("2026-11-30T23:00:00Z"),
  frozenBy: undefined,
};

const QUOTA = quotaCard({
  channel: CHANNEL,
  balance: BALANCE,
  holds: [
    { subject: ULID, tier: "draft", person: MIA, amount: credits(8), since: AT, title: PROMPT },
    { subject: ULID, tier: "final", person: ADA, amount: credits(4), since: AT, title: "a red fox" },
  ],
  spenders: [
    { person: MIA, spent: credits(3) },
    { person: NOOR, spent: credits(1) },
  ],
  prices: PRICES,
  staff: { directors: [DIRECTORS], managers: [MANAGERS] },
  mayManage: true,
});

const HISTORY = historyCard(
  [
    { at: AT, kind: "spend", id: "1", amount: credits(4), period: 1, person: MIA, memo: "takes" },
    { at: AT, kind: "grant", id: "2", amount: credits(200), period: 1, person: NOOR, memo: "spring launch" },
    { at: AT, kind: "allowance", id: "3", amount: credits(500), period: 1, person: NOOR, memo: "per month" },
  ],
  "Europe/Madrid",
);

/** What one person sees. */
export const PRIVATE_CARDS: readonly NamedCard[] = [
  named("quota", QUOTA),
  named("history", HISTORY),
  named(
    "denied, not a director",
    denialCard(
      { status: "denied", reason: "directors_only", directors: [DIRECTORS, ADA], managers: [MANAGERS] },
      "UTC",
    ),
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
        managers: [MANAGERS],
      },
      "UTC",
    ),
  ),
  named("denied, frozen", denialCard({ status: "denied", reason: "frozen", by: NOOR, managers: [] }, "UTC")),
  named("corrected", plainCard("warn", "count is a whole number from 1 to 16, such as 4. You gave 99.")),
  named("done", plainCard("ok", "Granted 200 credits. Now 684 left.")),
  named(
    "asked before",
    plainCard("info", "That is on its way already.", [
      [text("That is on its way already: "), message(GRID, "the grid"), text(", asked by "), member(MIA)],
    ]),
  ),
];

/** `/help`, which only the command makes. */
export async function helpCard(): Promise<NamedCard> {
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
  const reply = await createHelpCommand({ gate, prices: PRICES, others }).run(callOf("help"));
  if (reply.kind !== "whisper") throw new Error(`/help answers with a card, not ${reply.kind}`);
  return named("help", reply.card);
}

export function callOf(name: string): CommandCall {
  return {
    event: "discord:interaction:1" as EventId,
    place: { channel: CHANNEL, thread: undefined },
    person: MIA,
    name,
    text: "",
    options: {},
    mentions: [],
    attachments: [],
    isLive: true,
  };
}
