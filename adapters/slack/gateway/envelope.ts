import { z } from "zod";

/** What tells kinds of deliveries apart, and one from another. */
export interface Envelope {
  /** `command`, the type of an event (`reaction_added`), or of an interaction (`block_actions`). */
  readonly kind: string;
  /** The same in every repeat; undefined for what has none. https://docs.slack.dev/apis/events-api#callback-field */
  readonly id: string | undefined;
}

const ENVELOPE = z.object({
  type: z.string().optional(),
  command: z.string().optional(),
  event: z.object({ type: z.string() }).optional(),
  event_id: z.string().optional(),
  trigger_id: z.string().optional(),
});

export function readEnvelope(body: unknown): Envelope {
  const { type, command, event, event_id, trigger_id } = ENVELOPE.safeParse(body).data ?? {};
  const name = type === "event_callback" ? event?.type : type;
  return { kind: command === undefined ? (name ?? "unknown") : "command", id: event_id ?? trigger_id };
}
