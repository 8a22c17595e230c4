import type { ChatInbox } from "../../src/ports/chat.ts";
import type { Act, ActName } from "./act-schemas.ts";
import { type Delivery, DONE, type Outcome } from "./delivery.ts";
import type { Directory } from "./directory.ts";
import type { MessageStore } from "./message-store.ts";
import { BOT_ID } from "./page/bot.ts";
import { createSay } from "./say.ts";
import type { StaffBoard } from "./staff-board.ts";
import { eventId, userRef } from "./studio-refs.ts";
import { refsOf, type Whereabouts } from "./whereabouts.ts";

/** What a person can do. */
export type Acts = { readonly [Name in ActName]: (act: Act<Name>) => Promise<Outcome> };

interface Parts {
  readonly inbox: ChatInbox;
  readonly directory: Directory;
  readonly store: MessageStore;
  readonly whereabouts: Whereabouts;
  readonly delivery: Delivery;
  readonly board: StaffBoard;
}

export function createActs(parts: Parts): Acts {
  const { inbox, store, whereabouts, delivery } = parts;

  async function press(act: Act<"press">): Promise<Outcome> {
    const found = await whereabouts.message(act);
    if (found.status === "unknown") return found;
    const { row } = found;
    const at = { as: act.as, event: act.event, channel: row.channel, thread: row.thread };
    const event = { event: eventId(act.event), person: userRef(act.as), action: act.action, ...refsOf(row) };
    return delivery.deliver(at, () => inbox.press(event));
  }

  async function submit(act: Act<"submit">): Promise<Outcome> {
    const found = await whereabouts.place(act);
    if (found.status === "unknown") return found;
    const { form, answers } = act;
    const { place } = found;
    const event = eventId(act.event);
    const person = userRef(act.as);
    const submission = { event, place, person, form, answers, attachments: [], isLive: false };
    const reply = await delivery.recorded(() => inbox.submit(submission));
    if (reply === undefined) return { status: "not_recorded" };
    // The dialog is still open and shows it beside the answers: no message is needed.
    if (reply.kind === "refused") return { status: "ok", answer: { kind: "refused", card: reply.card } };
    return delivery.deliver(act, async () => reply);
  }

  async function react(act: Act<"react">): Promise<Outcome> {
    const found = await whereabouts.message(act);
    if (found.status === "unknown") return found;
    const { row } = found;
    if (row.audience !== null) return { status: "unknown", what: "message" };
    const { as, emoji, on } = act;
    const changed = await store.react(row.id, emoji, as, on);
    const told = await delivery.recorded(async () => {
      if (row.author === BOT_ID) await inbox.reaction({ person: userRef(as), emoji, on, ...refsOf(row) });
      return DONE;
    });
    if (told !== undefined) return told;
    // What people see is what was recorded.
    if (changed) await store.react(row.id, emoji, as, !on);
    return { status: "not_recorded" };
  }

  async function dismiss(act: Act<"dismiss">): Promise<Outcome> {
    const found = await whereabouts.message(act);
    if (found.status === "unknown") return found;
    if (found.row.audience === null) return { status: "unknown", what: "message" };
    await store.dismiss(found.row.id);
    return DONE;
  }

  return { say: createSay(parts), press, submit, react, dismiss };
}
