import { z } from "zod";
import { EMOJI } from "../../src/core/card.ts";

/** The longest message or command, in characters. */
export const TEXT_LENGTH_MAX = 8000;

const id = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
/** Made by the page, once per gesture: a repeat of the same POST is the same event. */
const event = z.uuid();
const place = { channel: id, thread: id.nullable() };

/** The JSON bodies of what a person can do. `as` is who does it. */
export const ACTS = {
  say: z.strictObject({ as: id, event, ...place, text: z.string().trim().min(1).max(TEXT_LENGTH_MAX) }),
  press: z.strictObject({ as: id, event, message: id, action: z.string().min(1).max(100) }),
  submit: z.strictObject({
    as: id,
    event,
    ...place,
    form: z.string().min(1).max(200),
    answers: z.record(z.string().max(100), z.string().max(TEXT_LENGTH_MAX)),
  }),
  react: z.strictObject({ as: id, message: id, emoji: z.enum(EMOJI), on: z.boolean() }),
  dismiss: z.strictObject({ as: id, message: id }),
} as const;

export type ActName = keyof typeof ACTS;
export type Act<Name extends ActName> = z.output<(typeof ACTS)[Name]>;
