import { type Finding, fine, warn } from "../../../src/ports/finding.ts";
import { inviteUrl, missingIn } from "../permissions.ts";
import { type Guild, inWords } from "./guilds.ts";

/** Where the bot is, and whether it may do there what it does. */
export function checkPermissions(application: string, guilds: readonly Guild[]): readonly Finding[] {
  const invite = inviteUrl(application);
  if (guilds.length === 0) return [warn("The bot is in no server.", `Open ${invite} and choose one.`)];
  const lacking = guilds
    .map((guild) => ({ guild, missing: guild.isOwner ? [] : missingIn(guild.permissions, false) }))
    .filter(({ missing }) => missing.length > 0);
  const names = inWords(guilds.map((each) => each.name));
  return [
    fine(`The bot is in ${names}${lacking.length === 0 ? ", with every permission that it needs" : ""}.`),
    ...lacking.map(({ guild, missing }) =>
      warn(
        `In ${guild.name} it lacks ${missing.join(", ")}, unless a channel allows it.`,
        `Give it to the bot's role: Server Settings → Roles. Or invite the bot again: ${invite}`,
      ),
    ),
  ];
}
