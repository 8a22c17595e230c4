import type { z } from "zod";
import type { Card } from "../../../src/core/card.ts";
import type { Reply } from "../../../src/ports/chat.ts";
import { toEphemeral } from "../blocks/to-message.ts";
import { toModal } from "../blocks/to-modal.ts";
import { userRef } from "../slack-refs.ts";
import type { Ack, Delivery, Desk } from "./delivery.ts";
import { ofTrigger } from "./event-ids.ts";
import { FORM_NOT_OPENED, ONLY_IN_CHANNELS, unknownCommand, WORKING } from "./gateway-cards.ts";
import type { COMMAND } from "./payloads.ts";
import { promptly } from "./promptly.ts";
import { decodeEntities, readText } from "./read-text.ts";
import { recorded, settle, whisper } from "./settle.ts";
import { isDirect, placeOf } from "./whereabouts.ts";

type Command = z.output<typeof COMMAND>;

/**
 * A slash command. Slack waits 3 s and does not ask again, so that the answer either says what was
 * recorded, or that it is being worked on: then it comes by the `response_url`.
 */
export function createOnCommand(desk: Desk): (command: Command, delivery: Delivery) => Promise<Ack> {
  return async (command, delivery) => {
    const { team, progress } = delivery;
    const place = placeOf(team, command.channel_id, undefined);
    const person = userRef(team, command.user_id);
    const reply = recorded(delivery, () => ask(desk, command, team), desk.log);
    const answer = progress.add(
      reply.then((each) =>
        settle(each, async (form) => {
          const view = toModal(form, { place, attachments: [] });
          return (await desk.answers.open(team, command.trigger_id, view)) ? undefined : FORM_NOT_OPENED;
        }),
      ),
    );
    const soon = await promptly(delivery, answer);
    if (soon.kind === "done") return soon.value && toAck(soon.value);
    const at = { url: command.response_url, place, person };
    progress.tellAfter(answer, (card) => card && desk.answers.respond(at, card));
    return toAck(WORKING);
  };
}

async function ask(desk: Desk, command: Command, team: string): Promise<Reply> {
  const { inbox, membership, people } = desk;
  const { name, text } = readCommand(command);
  if (!inbox.commands.some((spec) => spec.name === name))
    return whisper(unknownCommand(name, inbox.commands));
  if (isDirect(command.channel_id, command.channel_name)) return whisper(ONLY_IN_CHANNELS);
  const obstacle = name === "draft" ? await membership.findObstacle(team, command.channel_id) : undefined;
  if (obstacle !== undefined) return whisper(obstacle);
  // Slack is asked to send a prompt as it was typed, and people's ids everywhere else.
  const read = name === "draft" ? { text: decodeEntities(text), named: [] } : readText(text);
  return inbox.command({
    event: ofTrigger(command.trigger_id),
    place: placeOf(team, command.channel_id, undefined),
    person: userRef(team, command.user_id),
    name,
    text: read.text,
    options: undefined,
    mentions: await people.mentions(team, read.named),
    attachments: [],
    isLive: false,
  });
}

/** `/draft help` helps as `/help` does, which may be another app's: of two apps with the same command, Slack asks the one installed last. */
function readCommand({ command, text }: Command): { readonly name: string; readonly text: string } {
  const name = command.slice(1).toLowerCase();
  return /^\s*help\s*$/i.test(text) ? { name: "help", text: "" } : { name, text };
}

function toAck(card: Card): Ack {
  return { response_type: "ephemeral", ...toEphemeral(card) };
}
