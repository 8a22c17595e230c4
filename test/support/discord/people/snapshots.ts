import type {
  DiscordButton,
  DiscordFile,
  DiscordImage,
  DiscordLink,
  DiscordMessage,
} from "../discord-message.ts";
import { isPicture, linkTo } from "../world/attachments.ts";
import { FLAG } from "../world/check-body.ts";
import { allOf, mediaOf, nameIn, textsOf, toShownComponents } from "../world/components.ts";
import type { AttachmentRecord, Json, MessageRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";

/** A message as it stands now. */
export function toDiscordMessage(world: World, message: MessageRecord): DiscordMessage {
  const { mentions, components, attachments, reactions } = message;
  const isLayout = (message.flags & FLAG.componentsV2) !== 0;
  const words = [message.content, ...textsOf(components)].filter((each) => each !== "").join("\n");
  const buttons = allOf(components).filter((each) => each.type === 2);
  return {
    guildId: message.channel.guild?.id ?? "",
    channelId: message.channel.id,
    id: message.id,
    authorId: message.author.id,
    byApp: message.author.id === world.bot.id,
    type: message.type,
    flags: message.flags,
    content: message.content,
    components: structuredClone(toShownComponents(world, components, attachments)),
    words,
    pings: [...mentions.users, ...mentions.roles, ...(mentions.everyone ? ["everyone"] : [])],
    images: imagesOf(world, message, isLayout),
    buttons: buttons.filter((each) => each.url === undefined).map(toButton),
    files: filesOf(world, message, isLayout),
    links: [...buttons.filter((each) => each.url !== undefined).map(toLink), ...linksIn(words)],
    reactions: Object.fromEntries(
      [...reactions].map(([emoji, { normal, burst }]) => [emoji, [...new Set([...normal, ...burst])]]),
    ),
    bursts: Object.fromEntries([...reactions].map(([emoji, { burst }]) => [emoji, [...burst]])),
    isPrivate: message.ephemeralFor !== undefined,
    isThinking: (message.flags & FLAG.loading) !== 0,
    nonce: message.nonce === undefined ? undefined : String(message.nonce),
    edits: message.edits,
    replyTo: message.replyTo,
    thread: message.thread?.id,
    attachments: attachments.map((each) => toFile(world, each)),
  };
}

function toButton(component: Json): DiscordButton {
  const emoji = (component.emoji as Json | undefined)?.name;
  return {
    label: String(component.label ?? emoji ?? ""),
    customId: String(component.custom_id),
    style: Number(component.style),
    isDisabled: component.disabled === true,
    emoji: typeof emoji === "string" ? emoji : undefined,
  };
}

function toLink(component: Json): DiscordLink {
  return { label: String(component.label ?? ""), url: String(component.url) };
}

/** Masked links and bare addresses: https://docs.discord.com/developers/reference#message-formatting */
function linksIn(words: string): readonly DiscordLink[] {
  const masked = [...words.matchAll(/(?<!\\)\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/g)].map((match) => ({
    label: match[1] ?? "",
    url: match[2] ?? "",
  }));
  const rest = words.replace(/\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/g, "");
  const bare = [...rest.matchAll(/https?:\/\/[^\s<>)\]]+/g)].map(([url]) => ({ label: url, url }));
  return [...masked, ...bare];
}

function imagesOf(world: World, message: MessageRecord, isLayout: boolean): readonly DiscordImage[] {
  const ofAttachment = (attachment: AttachmentRecord, alt: string): DiscordImage => ({
    name: attachment.name,
    alt,
    url: linkTo(world, attachment),
    bytes: attachment.bytes,
    size: attachment.bytes.length,
    width: attachment.width,
    height: attachment.height,
  });
  if (!isLayout)
    return message.attachments.filter(isPicture).map((each) => ofAttachment(each, each.description ?? ""));
  return mediaOf(message.components)
    .filter(({ component }) => component.type !== 13)
    .map(({ media, description }) => {
      const attachment = message.attachments.find((each) => each.name === nameIn(media.url));
      if (attachment !== undefined)
        return ofAttachment(attachment, description || (attachment.description ?? ""));
      const url = String(media.url);
      const none = { bytes: new Uint8Array(), size: 0, width: undefined, height: undefined };
      return { name: url, alt: description, url, ...none };
    });
}

function filesOf(world: World, message: MessageRecord, isLayout: boolean): readonly DiscordFile[] {
  const { attachments, components } = message;
  if (!isLayout) return attachments.filter((each) => !isPicture(each)).map((each) => toFile(world, each));
  return mediaOf(components)
    .filter(({ component }) => component.type === 13)
    .flatMap(({ media }) => attachments.filter((each) => each.name === nameIn(media.url)))
    .map((each) => toFile(world, each));
}

function toFile(world: World, attachment: AttachmentRecord): DiscordFile {
  const { id, name, description, bytes, contentType } = attachment;
  return {
    id,
    name,
    alt: description ?? "",
    url: linkTo(world, attachment),
    bytes,
    size: bytes.length,
    contentType,
  };
}
