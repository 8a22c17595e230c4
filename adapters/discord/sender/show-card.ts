import type { RawFile } from "discord.js";
import type { Card } from "../../../src/core/card.ts";
import { ChatError } from "../../../src/ports/chat.ts";
import { type MessageContent, toMessage } from "../components/to-message.ts";
import { discordCode, isTooLarge } from "../discord-errors.ts";
import type { MessageAnswer } from "./message-answer.ts";
import type { BroughtPicture, Pictures } from "./pictures.ts";
import type { StandingFile } from "./shown-files.ts";
import type { UploadLimits } from "./upload-limits.ts";

export interface Showing {
  readonly guild: string;
  readonly card: Card;
  readonly mark: number;
  /** Ids of people to notify. */
  readonly ping: readonly string[];
  /** What the message carries already. */
  readonly standing: readonly StandingFile[];
  /** Makes the call that shows it. */
  readonly send: (message: OutgoingMessage) => Promise<MessageAnswer>;
}

export interface OutgoingMessage {
  readonly body: MessageContent & { readonly attachments: readonly OutgoingAttachment[] };
  readonly files: RawFile[] | undefined;
}

/** What is to be there afterwards, new ones by their place among the files: https://docs.discord.com/developers/reference#editing-message-attachments. */
type OutgoingAttachment = { readonly id: string } | { readonly id: number; readonly filename: string };

export type ShowCard = (showing: Showing) => Promise<MessageAnswer>;

/**
 * Shows a card with its picture. One that Discord does not take is shown smaller, or left out with the reason:
 * the words and buttons are worth more than silence. One that was to stay, and cannot, is sent again.
 */
export function createShowCard(pictures: Pictures, limits: UploadLimits): ShowCard {
  return async (showing) => {
    const { card, guild, standing } = showing;
    if (card.picture === undefined) return showing.send(toOutgoing(showing, undefined));
    const first = await beforehand(pictures.bring(card.picture, limits.of(guild), standing));
    try {
      return await showing.send(toOutgoing(showing, first));
    } catch (error) {
      // At Discord's door: nothing has changed.
      if (isKept(first) && discordCode(error) === INVALID_FORM) {
        const anew = await beforehand(pictures.bring(card.picture, limits.of(guild), []));
        return showing.send(toOutgoing(showing, anew));
      }
      if (!isTooLarge(error)) throw error;
      limits.tooLarge(guild);
    }
    const limit = Math.min(limits.of(guild), sizeOf(first) - 1);
    const second = await beforehand(pictures.bring(card.picture, limit, standing));
    return showing.send(toOutgoing(showing, second));
  };
}

/**
 * A file that Discord does not find in the message any more, say:
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
 */
const INVALID_FORM = 50035;

function isKept(brought: BroughtPicture): boolean {
  return brought.status === "shown" && brought.file.kind === "kept";
}

function sizeOf(brought: BroughtPicture): number {
  const file = brought.status === "shown" && brought.file.kind === "upload" ? brought.file.file : undefined;
  return file?.data instanceof Uint8Array ? file.data.length : 0;
}

function toOutgoing({ card, mark, ping }: Showing, brought: BroughtPicture | undefined): OutgoingMessage {
  if (brought === undefined) {
    return {
      body: { ...toMessage(card, { mark, ping, shown: undefined }), attachments: [] },
      files: undefined,
    };
  }
  if (brought.status === "missing") {
    const said = withRemark(card, `The picture cannot be shown: ${brought.why}`);
    return {
      body: { ...toMessage(said, { mark, ping, shown: undefined }), attachments: [] },
      files: undefined,
    };
  }
  const { shown, file } = brought;
  const message = toMessage(card, { mark, ping, shown });
  return file.kind === "kept"
    ? { body: { ...message, attachments: [{ id: file.id }] }, files: undefined }
    : { body: { ...message, attachments: [{ id: 0, filename: file.file.name }] }, files: [file.file] };
}

function withRemark(card: Card, remark: string): Card {
  return { ...card, picture: undefined, note: card.note === undefined ? remark : `${card.note} · ${remark}` };
}

/** The store of pictures is worth another try, and nothing was posted meanwhile. */
async function beforehand<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ChatError) throw error;
    const details = { inDoubt: false, cause: error };
    throw new ChatError("unavailable", "Draftroom could not read a picture", details);
  }
}
