import { z } from "zod";
import type { Card } from "../../../src/core/card.ts";
import { toEphemeral } from "../blocks/to-message.ts";
import type { Ack, Incoming } from "./delivery.ts";

const COMMAND = z.object({ command: z.string() });

/**
 * Takes nothing in, for now. Who typed a command reads why. All else is not acknowledged: Slack delivers an
 * event again, keeps a form open, and marks a button as not pressed.
 */
export function refuse({ body }: Pick<Incoming, "body">, card: Card): Ack {
  if (COMMAND.safeParse(body).success) return { response_type: "ephemeral", ...toEphemeral(card) };
  throw new Error(card.summary);
}
