import { z } from "zod";
import { EMOJI } from "../../src/core/card.ts";
import type { AssetId, ChannelRef, GroupRef, MessageRef, UserRef } from "../../src/core/ids.ts";
import type { Content } from "./wire.ts";

const span = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["text", "bold", "code"]), text: z.string() }),
  z.object({ type: z.literal("user"), user: z.string().transform((ref) => ref as UserRef) }),
  z.object({ type: z.literal("group"), group: z.string().transform((ref) => ref as GroupRef) }),
  z.object({ type: z.literal("channel"), channel: z.string().transform((ref) => ref as ChannelRef) }),
  z.object({
    type: z.literal("message"),
    message: z.string().transform((ref) => ref as MessageRef),
    text: z.string(),
  }),
]);
const lines = z.array(z.array(span));
const asset = z.string().transform((id) => id as AssetId);
// JSON leaves out what is undefined.
const optional = <T>(inner: z.ZodType<T>) =>
  z
    .union([inner, z.undefined()])
    .optional()
    .transform((value) => value);

const card = z.object({
  tone: z.enum(["busy", "info", "ok", "warn", "error"]),
  summary: z.string(),
  body: lines,
  picture: optional(z.object({ asset, name: z.string(), alt: z.string(), full: optional(asset) })),
  actions: z.array(
    z.object({ id: z.string(), label: z.string(), style: z.enum(["plain", "primary", "danger"]) }),
  ),
  reactions: z.array(z.enum(EMOJI)),
  note: optional(z.string()),
});

const content = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), lines }),
  z.object({
    kind: z.literal("card"),
    card,
    pixels: z.object({ width: z.number(), height: z.number() }).nullable(),
  }),
]);

/** What a message says, as the database keeps it. */
export function encodeContent(value: Content): string {
  return JSON.stringify(value);
}

/** @throws ZodError when the row was not written by `encodeContent`. */
export function decodeContent(stored: string): Content {
  return content.parse(JSON.parse(stored)) as Content;
}
