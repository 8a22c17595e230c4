import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIFileComponent,
  type APIMediaGalleryComponent,
  type APITextDisplayComponent,
  ComponentType,
} from "discord.js";
import type { Card, Tone } from "../../../src/core/card.ts";
import { cut } from "./cut.ts";
import { LIMITS } from "./limits.ts";
import { literalLine } from "./literal.ts";
import { roomBeside, weigh } from "./room.ts";
import { type LinkButton, toRows } from "./to-rows.ts";
import { toNote, toWords } from "./to-words.ts";

/** What is uploaded, or stands there already, beside the words of a card. */
export interface ShownPicture {
  /** Of the attachment that is shown. */
  readonly name: string;
  /** Lines to add to the note, such as how large the original is. */
  readonly notes: readonly string[];
  /** Where the picture in full resolution is to be had: by a button, or as another attachment. */
  readonly original:
    | ({ readonly kind: "link" } & LinkButton)
    | { readonly kind: "file"; readonly name: string }
    | undefined;
}

/** The colour of the bar; the words say the same. */
const ACCENTS: Readonly<Record<Tone, number>> = {
  busy: 0x7b82b8,
  info: 0x5865f2,
  ok: 0x23a55a,
  warn: 0xf0b232,
  error: 0xda373c,
};

/** The end of an alt text says where each take is: it is kept when a prompt is too long. */
const ALT_TAIL = 300;

/**
 * A card in its frame: words, picture, buttons, quiet lines. Holds Discord's limits for any card: what is too much
 * ends in "…". https://docs.discord.com/developers/components/reference#container
 *
 * @param id of the frame, to know the message again; undefined where nobody will ask.
 */
export function toContainer(
  card: Card,
  shown: ShownPicture | undefined,
  id: number | undefined,
): APIContainerComponent {
  const original = shown?.original;
  const note = toNote([...(card.note === undefined ? [] : [card.note]), ...(shown?.notes ?? [])]);
  const beside: APIComponentInContainer[] = [
    ...(shown === undefined ? [] : [toGallery(card, shown.name)]),
    ...(original?.kind === "file" ? [toFile(original.name)] : []),
    ...toRows(card.actions, original?.kind === "link" ? original : undefined),
    ...(note === undefined ? [] : [toText(note)]),
  ];
  return {
    type: ComponentType.Container,
    ...(id === undefined ? {} : { id }),
    accent_color: ACCENTS[card.tone],
    components: [toText(toWords(card, roomBeside(beside))), ...beside],
  };
}

function toText(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content };
}

function toGallery({ picture, summary }: Card, name: string): APIMediaGalleryComponent {
  const alt = literalLine(picture?.alt ?? summary).trim() || "A picture";
  const measure = (words: string) => weigh(words, { units: LIMITS.alt, bytes: LIMITS.altBytes });
  const description = cut(alt, LIMITS.alt, { measure, tail: ALT_TAIL });
  return { type: ComponentType.MediaGallery, items: [{ media: toMedia(name), description }] };
}

function toFile(name: string): APIFileComponent {
  return { type: ComponentType.File, file: toMedia(name) };
}

/** https://docs.discord.com/developers/reference#uploading-files */
function toMedia(name: string): { readonly url: string } {
  return { url: `attachment://${name}` };
}
