import { createArguments } from "../api/arguments.ts";
import { isObject, readContent } from "../api/methods/message-content.ts";
import { checkMessageBlocks } from "../blocks/check-blocks.ts";
import { addMessage, removeMessage } from "../world/messages.ts";
import type { ChannelRecord, Json, MessageRecord, ResponseUrlRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import { useResponseUrl } from "../world/triggers.ts";
import { withIds } from "../world/with-ids.ts";
import type { World } from "../world/world.ts";

/** Where an answer to a person goes. */
export type ResponsePlace = Pick<ResponseUrlRecord, "team" | "user" | "channel" | "messageTs" | "threadTs">;

/**
 * Uses a response_url. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 *
 * @throws Refusal
 */
export function respond(world: World, record: ResponseUrlRecord, body: Json): void {
  useResponseUrl(world, record);
  showResponse(world, record, body);
}

/**
 * Shows what the app answered: to the person alone by default, in the channel, or in place of the
 * message whose control was used. Undefined when there is nothing to show.
 *
 * @throws Refusal
 */
export function showResponse(world: World, place: ResponsePlace, body: Json): MessageRecord | undefined {
  const channel = world.channels.get(place.channel);
  const team = world.teams.get(place.team);
  if (channel === undefined || team === undefined) throw new Refusal("channel_not_found");
  const args = createArguments(body);
  const source = place.messageTs === undefined ? undefined : findSource(world, channel, place);
  if (args.flag("delete_original")) {
    if (source !== undefined) deleteSource(world, channel, source);
    return undefined;
  }
  const content = readContent(args);
  if (content.text === "" && content.blocks.length === 0 && content.attachments.length === 0)
    throw new Refusal("no_text");
  checkMessageBlocks(world, team, content.blocks);
  if (args.flag("replace_original") && source !== undefined) {
    source.text = content.text;
    source.blocks = withIds(world, content.blocks);
    world.changed();
    return source;
  }
  const isPublic = args.text("response_type") === "in_channel";
  return addMessage(world, channel, {
    user: team.botUserId,
    byApp: true,
    ...content,
    threadTs: args.text("thread_ts") ?? place.threadTs,
    ...(isPublic ? {} : { ephemeralFor: place.user }),
  });
}

function findSource(world: World, channel: ChannelRecord, place: ResponsePlace): MessageRecord | undefined {
  return [...channel.messages, ...world.ephemerals].find(
    (each) => each.ts === place.messageTs && each.channel === place.channel,
  );
}

function deleteSource(world: World, channel: ChannelRecord, source: MessageRecord): void {
  if (source.ephemeralFor === undefined) {
    removeMessage(world, channel, source);
    return;
  }
  world.ephemerals.splice(world.ephemerals.indexOf(source), 1);
  world.changed();
}

/** What an ack carried, as an object to show; undefined when it was empty. */
export function toResponse(body: unknown): Json | undefined {
  if (!isObject(body) || Object.keys(body).length === 0) return undefined;
  return body;
}
