import type { AssetReader } from "../../src/ports/assets.ts";
import type { Reply } from "../../src/ports/chat.ts";
import type { Log } from "../../src/ports/log.ts";
import { toCardContent } from "./card-content.ts";
import { replyKey } from "./message-keys.ts";
import type { MessageReader } from "./message-reader.ts";
import type { MessageStore, NewMessage } from "./message-store.ts";
import { BOT_ID } from "./page/bot.ts";
import type { ActInPlace, Unknown } from "./whereabouts.ts";
import type { Answer } from "./wire.ts";

/** How an act ends. It is `ok` only once it is durably recorded. */
export type Outcome =
  | { readonly status: "ok"; readonly answer: Answer }
  | { readonly status: "not_recorded" }
  | Unknown;

export const DONE: Outcome = { status: "ok", answer: { kind: "done" } };

/** Hands events to the inbox and brings back what it says. */
export interface Delivery {
  /** A private reply is kept under the event, so that a repeat of the event shows it once. */
  deliver(act: ActInPlace & { readonly event: string }, hand: () => Promise<Reply>): Promise<Outcome>;
  /** What the inbox answered; undefined when it has not recorded the event. */
  recorded<T extends object>(hand: () => Promise<T>): Promise<T | undefined>;
  /** Says something in the studio and answers with it. */
  show(message: NewMessage): Promise<Outcome>;
}

interface Parts {
  readonly assets: AssetReader;
  readonly store: MessageStore;
  readonly reader: MessageReader;
  readonly log: Log;
}

export function createDelivery({ assets, store, reader, log }: Parts): Delivery {
  async function recorded<T extends object>(hand: () => Promise<T>): Promise<T | undefined> {
    try {
      return await hand();
    } catch (error) {
      log.error("studio.event_not_recorded", error);
      return undefined;
    }
  }

  async function show(message: NewMessage): Promise<Outcome> {
    const row = await store.add(message);
    const view = await reader.one(row.id);
    return view === undefined ? DONE : { status: "ok", answer: { kind: "message", message: view } };
  }

  async function deliver(act: ActInPlace & { readonly event: string }, hand: () => Promise<Reply>) {
    const reply = await recorded(hand);
    if (reply === undefined) return { status: "not_recorded" } as const;
    switch (reply.kind) {
      case "done":
      // The live message of the work stands there at once, and says it.
      case "started":
        return DONE;
      case "form":
        return { status: "ok", answer: { kind: "form", form: reply.form } } as const;
      case "whisper":
      case "refused":
        return show({
          channel: act.channel,
          thread: act.thread ?? undefined,
          author: BOT_ID,
          content: await toCardContent(reply.card, assets),
          audience: act.as,
          key: replyKey(act.event),
        });
    }
  }

  return { deliver, recorded, show };
}
