import { z } from "zod";
import type { Form } from "../../../src/core/card.ts";
import type { ChannelRef, ThreadRef } from "../../../src/core/ids.ts";
import type { Place } from "../../../src/ports/chat.ts";
import { cut } from "./cut.ts";
import { LIMITS } from "./limits.ts";
import { literal } from "./literal.ts";

/** What a form was opened with, and has to come back with. */
export interface FormContext {
  /** Where it was asked for; undefined when the form asks for that, as from a global shortcut. */
  readonly place: Place | undefined;
  /** Files of Slack's that came with it. */
  readonly attachments: readonly FormAttachment[];
}

export interface FormAttachment {
  /** `F…`. */
  readonly file: string;
  readonly name: string;
}

const NAME_LENGTH_MAX = 80;

const CONTEXT = z.strictObject({
  form: z.string().min(1).max(200),
  channel: z
    .string()
    .regex(/^slack:\w+:\w+$/)
    .optional(),
  thread: z
    .string()
    .regex(/^slack:\w+:\w+:[\d.]+$/)
    .optional(),
  files: z.array(z.strictObject({ file: z.string().regex(/^F\w+$/), name: z.string() })),
});

/**
 * `private_metadata` of a modal: Slack keeps it, and nobody sees it. Of more files than it has room for
 * the first ones are kept.
 */
export function writeFormContext(form: Form, { place, attachments }: FormContext): string {
  const all = attachments.map(({ file, name }) => ({ file, name: cut(literal(name), NAME_LENGTH_MAX) }));
  const write = (files: typeof all): string => {
    const json = JSON.stringify({ form: form.id, channel: place?.channel, thread: place?.thread, files });
    const fits = Buffer.byteLength(json) <= LIMITS.privateMetadata;
    return fits || files.length === 0 ? json : write(files.slice(0, -1));
  };
  return write(all);
}

/** Undefined for what `writeFormContext` never made. */
export function readFormContext(metadata: string): (FormContext & { readonly form: Form["id"] }) | undefined {
  const { data } = CONTEXT.safeParse(parseJson(metadata));
  if (data === undefined) return undefined;
  const { form, channel, thread, files } = data;
  const place = channel && { channel: channel as ChannelRef, thread: thread as ThreadRef | undefined };
  return { form, place: place || undefined, attachments: files };
}

function parseJson(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}
