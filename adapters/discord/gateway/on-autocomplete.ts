import { type APIApplicationCommandAutocompleteInteraction, InteractionResponseType } from "discord.js";
import { complete } from "../commands/complete.ts";
import type { Desk } from "./desk.ts";

/** Says what may be meant, from what is known here: at every letter that is typed there is no time to ask. */
export async function onAutocomplete(
  { inbox, callbacks, log }: Pick<Desk, "inbox" | "callbacks" | "log">,
  { id, application_id, token, data }: APIApplicationCommandAutocompleteInteraction,
): Promise<void> {
  const spec = inbox.commands.find((each) => each.name === data.name);
  const choices = spec === undefined ? [] : [...complete(spec, data.options)];
  const outcome = await callbacks.respond(
    { id, application: application_id, token },
    { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } },
  );
  if (outcome.kind === "taken" || outcome.kind === "elsewhere") return;
  log.debug("discord.not_completed", { interaction: id, reason: outcome.reason });
}
