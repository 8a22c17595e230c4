import { setTimeout as sleep } from "node:timers/promises";
import type { Card } from "../../../src/core/card.ts";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import { type MessageContent, toMessage } from "../blocks/to-message.ts";
import type { TeamAccess } from "../installs/access.ts";
import { slackWord } from "../slack-errors.ts";
import { beforehand } from "./beforehand.ts";
import type { UploadedFile } from "./file-rows.ts";
import type { FileWatch } from "./file-watch.ts";
import type { SharePlace } from "./in-thread.ts";
import type { Pictures, ShownPicture } from "./pictures.ts";
import { FILE_REFUSED, FILE_TROUBLE } from "./post-troubles.ts";
import type { SenderLimits } from "./sender-limits.ts";

export interface Showing<T> {
  readonly access: TeamAccess;
  readonly card: Card;
  /** For a new message; see `toMessage`. */
  readonly key: string | undefined;
  readonly shareIn: () => Promise<SharePlace>;
  /** Makes the call that shows it. */
  readonly send: (message: MessageContent) => Promise<T>;
}

export type ShowCard = <T>(showing: Showing<T>) => Promise<T>;

interface Parts {
  readonly pictures: Pictures;
  readonly watch: FileWatch;
  readonly log: Log;
  readonly clock: Clock;
  readonly limits: SenderLimits;
}

type Attempt<T> = { readonly status: "sent"; readonly result: T } | { readonly status: "not_taken" };

/**
 * Shows a card with its picture. When that cannot be had, for good or for longer than anybody should wait,
 * the card is shown without it and says why: its words and buttons are worth more than silence.
 */
export function createShowCard({ pictures, watch, log, clock, limits }: Parts): ShowCard {
  /** Slack may not take the picture, this time or at all. */
  async function attempt<T>(
    showing: Showing<T>,
    shown: Extract<ShownPicture, { status: "shown" }>,
  ): Promise<Attempt<T>> {
    const { access, card, key, send } = showing;
    const picture = { file: shown.file.file, full: shown.full };
    try {
      const message = toMessage(withNote(card, shown.remark), { key, picture, url: access.url });
      const result = await send(message);
      // It stands there, whether or not that is remembered.
      await pictures.note(shown.file, true).catch((error) => log.error("slack.file_not_noted", error));
      return { status: "sent", result };
    } catch (error) {
      const word = slackWord(error) ?? "";
      if (error instanceof ChatError && FILE_REFUSED.has(word)) {
        return { status: "sent", result: await sendWithout(showing, error.message) };
      }
      if (!FILE_TROUBLE.has(word)) throw error;
      log.debug("slack.picture_not_taken", { file: shown.file.file, error: word });
      return { status: "not_taken" };
    }
  }

  return async (showing) => {
    const { access, card, shareIn } = showing;
    const { picture } = card;
    if (picture === undefined) return sendBare(showing, card);
    const start = clock().getTime();
    for (let left = limits.blockTriesMax; ; left--) {
      const shown = await beforehand(pictures.bring(access, picture, shareIn));
      if (clock().getTime() - start >= limits.prepareMsMax) throw comeBack("a picture took too long", 0);
      if (shown.status === "missing") return sendWithout(showing, shown.why);
      const attempted = await attempt(showing, shown);
      if (attempted.status === "sent") return attempted.result;
      if (left === 0) return giveUp(showing, shown.file);
      await pictures.note(shown.file, false);
      await sleep(limits.blockTryMs);
    }
  };

  /** A new file may only need time: a job that comes back finds it uploaded. */
  function giveUp<T>(showing: Showing<T>, file: UploadedFile): Promise<T> {
    if (watch.isYoung(file)) throw comeBack("Slack does not take a picture yet", 5_000);
    return sendWithout(showing, "Slack is still processing it. It comes with the next change.");
  }
}

function sendWithout<T>(showing: Showing<T>, why: string): Promise<T> {
  return sendBare(showing, withNote(showing.card, `The picture cannot be shown: ${why}`));
}

function sendBare<T>({ access, key, send }: Showing<T>, card: Card): Promise<T> {
  return send(toMessage({ ...card, picture: undefined }, { key, picture: undefined, url: access.url }));
}

function withNote(card: Card, remark: string | undefined): Card {
  if (remark === undefined) return card;
  return { ...card, note: card.note === undefined ? remark : `${card.note} · ${remark}` };
}

function comeBack(message: string, retryAfterMs: number): ChatError {
  return new ChatError("unavailable", message, { retryAfterMs, inDoubt: false });
}
