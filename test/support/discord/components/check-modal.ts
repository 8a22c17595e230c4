import { z } from "zod";
import { checkForm, type FormError } from "./form-errors.ts";
import { customId, text } from "./form-values.ts";
import { MODAL_COMPONENTS } from "./modal-components.ts";
import { checkUnique, placedIn } from "./whole-message.ts";

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal: title 45, 1 to 5 components. */
const MODAL = z.strictObject({ custom_id: customId, title: text(1, 45), components: MODAL_COMPONENTS });

/** What Discord would refuse in a modal: the `data` of an answer of type 9. */
export function checkModal(body: unknown): readonly FormError[] {
  const errors = checkForm(MODAL, body);
  if (errors.length > 0) return errors;
  const { components } = body as { components: readonly Readonly<Record<string, unknown>>[] };
  return checkUnique(placedIn(components));
}
