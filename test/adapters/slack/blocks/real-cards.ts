import { channelRef, messageRef, threadRef, userRef } from "../../../../adapters/slack/slack-refs.ts";
import { homeCards } from "../../../../src/cards/home-card.ts";
import { type Card, plainCard } from "../../../../src/core/card.ts";
import { credits } from "../../../../src/core/credits.ts";
import type { EventId } from "../../../../src/core/ids.ts";
import * as gallery from "../../../support/card-gallery.ts";

export const TEAM = "T0DRAFT01";
export const CHANNEL = channelRef({ team: TEAM, channel: "C0SPRING1" });
const BRAND = channelRef({ team: TEAM, channel: "C0BRAND01" });
export const [ADA, MIA, NOOR] = ["U0ADA0001", "U0MIA0001", "U0NOOR001"].map((id) => userRef(TEAM, id)) as [
  ReturnType<typeof userRef>,
  ReturnType<typeof userRef>,
  ReturnType<typeof userRef>,
];
export const GRID = messageRef({ team: TEAM, channel: "C0SPRING1", ts: "1700000000.000100" });
const FINAL = messageRef({ team: TEAM, channel: "C0SPRING1", ts: "1700000000.000200" });
export const THREAD = threadRef({ team: TEAM, channel: "C0SPRING1", ts: "1700000000.000100" });

const cards = gallery.createCardGallery({
  channel: CHANNEL,
  ada: ADA,
  mia: MIA,
  noor: NOOR,
  staff: { directors: [ADA], managers: [NOOR] },
  grid: GRID,
  final: FINAL,
});
export const { roundOf, showRound, rounds: ROUND_CARDS, finals: FINAL_CARDS } = cards;

/** What one person sees. */
export const PRIVATE_CARDS: readonly gallery.NamedCard[] = [
  gallery.named("started", plainCard("ok", "Drafting 4 takes, under the grid. 4 credits held, 496 left.")),
  ...cards.privates,
  gallery.named(
    "corrected",
    plainCard("warn", "--count is a whole number from 1 to 16, such as --count 4. You gave 99."),
  ),
];

export const helpCard = () =>
  gallery.helpCard({
    event: "slack:trigger:1" as EventId,
    place: { channel: CHANNEL, thread: undefined },
    person: MIA,
    name: "help",
    text: "",
    options: undefined,
    mentions: [],
    attachments: [],
    isLive: false,
  });

const ASKED = {
  prompt: gallery.PROMPT,
  channel: CHANNEL,
  message: GRID,
  since: new Date("2026-11-20T09:30:00Z"),
};

/** A page as a manager has it who directs too. */
export const HOME_CARDS: readonly Card[] = homeCards({
  underWay: [
    { ...ASKED, work: { kind: "round", status: "choosing", count: 4 } },
    { ...ASKED, message: undefined, work: { kind: "final", status: "rendering", number: 3, size: "2K" } },
  ],
  decisions: [{ ...ASKED, requester: NOOR, number: 2 }],
  budgets: [
    { channel: CHANNEL, balance: gallery.BALANCE },
    {
      channel: BRAND,
      balance: { ...gallery.BALANCE, available: credits(0), spent: credits(488), frozenBy: NOOR },
    },
  ],
  moreBudgets: 3,
  at: gallery.AT,
});

/** The page of somebody who has just come. */
export const FIRST_HOME_CARDS: readonly Card[] = homeCards({
  underWay: [],
  decisions: [],
  budgets: [],
  moreBudgets: 0,
  at: gallery.AT,
});
