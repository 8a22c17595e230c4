import type { APIChatInputApplicationCommandInteraction } from "discord.js";
import type { Form } from "../../../src/core/card.ts";
import { readOptions } from "../commands/read-options.ts";
import type { Desk, Encounter } from "./desk.ts";
import { unknownCommand } from "./gateway-cards.ts";
import { LIVE } from "./live.ts";
import { readMentions } from "./mentions.ts";
import { findObstacle } from "./obstacle.ts";
import { openForm } from "./open-form.ts";
import { recorded } from "./recorded.ts";
import { settle } from "./settle.ts";

/** Whoever has typed it waits: soon it is told that it came to nothing. */
const PATIENCE_MS = 1_200;
const QUOTA = "quota";

export async function onCommand(
  desk: Desk,
  encounter: Encounter<APIChatInputApplicationCommandInteraction>,
): Promise<void> {
  const { interaction, event, site, person, answer } = encounter;
  const { name, options = [], resolved } = interaction.data;
  const { inbox, roles } = desk;
  const spec = inbox.commands.find((each) => each.name === name);
  if (spec === undefined) return answer.whisper(unknownCommand(name, inbox.commands));
  // Discord asks for it only those whom the server's admins let.
  if (name === QUOTA) roles.usedQuota(site.guild, interaction.member?.user.id ?? "");
  const isLive = name === LIVE;
  const obstacle = isLive ? findObstacle(interaction, site) : undefined;
  if (obstacle !== undefined) return answer.whisper(obstacle);
  const { text, options: given, attachments } = readOptions(spec, options);
  const files = attachments.flatMap((id) => resolved?.attachments?.[id] ?? []);
  const call = {
    event,
    place: site.place,
    person,
    name,
    text,
    options: given,
    mentions: readMentions(site.guild, desk.bot(), [text, ...Object.values(given)]),
    attachments: desk.attach(files),
    isLive,
  };
  const reply = await recorded(desk, PATIENCE_MS, () => inbox.command(call));
  const ask = (form: Form) => openForm(desk, encounter, { form, attachments: call.attachments });
  await settle(desk, encounter, { reply, isLive, ask });
}
