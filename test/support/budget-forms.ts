import type { Card, Form } from "../../src/core/card.ts";
import type { ChannelRef, EventId, MessageRef, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { fresh } from "./fresh.ts";
import type { TestDatabase } from "./open-databases.ts";
import { inWords, MAX, openDesk } from "./story-desk.ts";

const placeOf = (channel: ChannelRef) => ({ channel, thread: undefined });

/** A channel of its own, and the buttons and forms of its budget. */
export function openBudgetForms(bench: TestDatabase) {
  const desk = openDesk(bench);
  const channel = desk.channel();
  const { ledger } = desk.database.records;

  return {
    desk,
    channel,

    /** What a person has on the card of `/quota`. */
    async quotaCard(person: UserRef): Promise<Card> {
      const call = {
        event: fresh<EventId>(),
        place: placeOf(channel),
        person,
        options: undefined,
        mentions: [],
        attachments: [],
        isLive: false,
      };
      const reply = await desk.inbox.command({ ...call, name: "quota", text: "" });
      if (reply.kind !== "whisper") throw new Error(reply.kind);
      return reply.card;
    },

    /** A press has no message of ours: the card is private, or on a page. */
    press: (action: string, person: UserRef = MAX, where = channel, message?: MessageRef) =>
      desk.inbox.press({ event: fresh<EventId>(), place: placeOf(where), person, message, action }),

    submit: (
      form: string,
      answers: Record<string, string>,
      { who = MAX, where = channel, event = fresh<EventId>() }: Answered = {},
    ) => {
      const submission = { event, place: placeOf(where), person: who, form, answers };
      return desk.inbox.submit({ ...submission, attachments: [], isLive: false });
    },

    balance: async () => ledger.balance(await desk.account(channel), desk.clock()),
    history: async () => ledger.entries(await desk.account(channel), 10),
  };
}

export type BudgetForms = ReturnType<typeof openBudgetForms>;

interface Answered {
  readonly who?: UserRef;
  readonly where?: ChannelRef;
  readonly event?: EventId;
}

export const actionOn = (card: Card, label: string) =>
  card.actions.find((each) => each.label === label)?.id ?? "";

export async function formOf(reply: Promise<Reply>): Promise<Form> {
  const got = await reply;
  if (got.kind !== "form") throw new Error(got.kind);
  return got.form;
}

/** A reply: its kind, and what its card says. */
export const said = (reply: Reply) => ("card" in reply ? [reply.kind, inWords(reply.card)] : [reply.kind]);
