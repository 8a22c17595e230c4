import { checkForm, type FormError } from "./form-errors.ts";
import { IS_COMPONENTS_V2, LAYOUT_BODY, PLAIN_BODY } from "./message-body.ts";
import { checkTogether } from "./whole-message.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * What Discord would refuse in the body of a message: created, edited, or an answer to an interaction (its `data`).
 * What depends on which of these it is, is for the route: EPHEMERAL outside of interactions, and an empty message.
 *
 * @param body of an edit with IS_COMPONENTS_V2 in its `flags` where the message has it: it cannot be taken off.
 * @param files the names of the attachments that came with it or are kept.
 */
export function checkMessage(body: unknown, files: readonly string[]): readonly FormError[] {
  const { flags, components } = (typeof body === "object" && body !== null ? body : {}) as Json;
  const isLayout = typeof flags === "number" && (flags & IS_COMPONENTS_V2) !== 0;
  const errors = checkForm(isLayout ? LAYOUT_BODY : PLAIN_BODY, body);
  if (errors.length > 0 || !Array.isArray(components)) return errors;
  return checkTogether(components as readonly Json[], files);
}
