import type { z } from "zod";
import type { Card } from "../../../src/core/card.ts";
import { userRef } from "../slack-refs.ts";
import { picturesOf } from "./attached-files.ts";
import type { Ack, Delivery, Desk } from "./delivery.ts";
import { ofEvent } from "./event-ids.ts";
import { toFormLater } from "./form-later.ts";
import {
  EDITED_MENTION,
  EMPTY_MENTION,
  formByButton,
  formNeedsCommand,
  NOT_RECORDED,
} from "./gateway-cards.ts";
import type { MENTION } from "./payloads.ts";
import { readText } from "./read-text.ts";
import { settle } from "./settle.ts";
import { placeOf, threadOf } from "./whereabouts.ts";

type Mention = z.output<typeof MENTION>;

/** `@draftroom a red fox`, in a channel or in a thread, where Slack has no commands. */
export function createOnMention(desk: Desk): (mention: Mention, delivery: Delivery) => Promise<Ack> {
  return async (mention, delivery) => {
    const { event } = mention;
    const { team } = delivery;
    if (event.user === undefined || event.bot_id !== undefined) return undefined;
    desk.membership.learn(team, event.channel);
    const person = userRef(team, event.user);
    const place = placeOf(team, event.channel, threadOf(event));
    const card = await answer(desk, mention, delivery);
    if (card !== undefined) delivery.progress.tell(desk.answers.whisper(place, person, card));
    return undefined;
  };
}

async function answer(desk: Desk, mention: Mention, delivery: Delivery): Promise<Card | undefined> {
  if (mention.event.edited !== undefined) return EDITED_MENTION;
  try {
    return await ask(desk, mention, delivery.team);
  } catch (error) {
    if (!delivery.isLast) throw error;
    desk.log.error("slack.event_not_recorded", error);
    return NOT_RECORDED;
  }
}

async function ask(desk: Desk, { event, event_id }: Mention, team: string): Promise<Card | undefined> {
  const { inbox, people, attach } = desk;
  const { name, text, named } = readMention(event.text, {
    bot: await people.bot(team),
    names: inbox.commands.map((command) => command.name),
  });
  if (name === "draft" && text === "") return EMPTY_MENTION;
  const asked = { event: ofEvent(team, event_id), name, text };
  const place = placeOf(team, event.channel, threadOf(event));
  const pictures = picturesOf(event.files);
  const reply = await inbox.command({
    ...asked,
    place,
    person: userRef(team, event.user ?? ""),
    options: undefined,
    mentions: await people.mentions(team, named),
    attachments: attach(team, pictures),
    isLive: false,
  });
  return settle(reply, async ({ intro }) => {
    const later = toFormLater({ ...asked, thread: place.thread, attachments: pictures });
    return later === undefined ? formNeedsCommand(name) : formByButton(intro, later);
  });
}

/** What is left without the bot's own name; its first word may be a command, with or without a slash. */
export function readMention(
  raw: string,
  { bot, names }: { readonly bot: string; readonly names: readonly string[] },
) {
  const { text: whole, named } = readText(raw.replaceAll(new RegExp(`<@${bot}(\\|[^<>]*)?>`, "g"), " "));
  const text = whole.trim();
  const [, word = "", rest = ""] = /^\/?(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  const name = names.find((each) => each === word.toLowerCase());
  return name === undefined ? { name: "draft", text, named } : { name, text: rest, named };
}
