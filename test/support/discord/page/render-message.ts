import { escapeHtml } from "../../cloud/html.ts";
import type { InteractionRecord, MessageRecord, ReactionRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { type Json, type Known, listOf } from "./known.ts";
import { renderAttachment, renderComponents } from "./render-components.ts";
import { renderMarkdown, renderMention } from "./render-markdown.ts";

/** https://docs.discord.com/developers/resources/message#message-object-message-flags */
const LOADING = 1 << 7;
const IS_COMPONENTS_V2 = 1 << 15;

/** A message as it stands now, without its thread. */
export function renderMessage(world: World, known: Known, message: MessageRecord): string {
  const { author, ephemeralFor } = message;
  const time = new Date(message.createdAt).toISOString().slice(11, 16);
  const app = author.isBot ? ' <span class="app">APP</span>' : "";
  const classes = `message ${ephemeralFor === undefined ? "" : "ephemeral"}`;
  return `<article class="${classes}">
<div class="avatar">${escapeHtml(author.name.charAt(0).toUpperCase())}</div>
<div class="body">${renderOrigin(message)}<div><span class="author">${escapeHtml(author.name)}</span>${app} <span class="quiet">${time}</span></div>
${renderContent(known, message)}${renderReactions(world, message)}${renderFooter(known, message)}</div></article>`;
}

function renderContent(known: Known, message: MessageRecord): string {
  if ((message.flags & LOADING) !== 0)
    return `<div class="quiet">${escapeHtml(message.author.name)} is thinking…</div>`;
  const components = renderComponents(known, message.components, message.attachments);
  if ((message.flags & IS_COMPONENTS_V2) !== 0) return components;
  // Without that flag attachments show by themselves.
  const files = message.attachments.map((each) =>
    each.contentType.startsWith("image/")
      ? renderComponents(
          known,
          [{ type: 12, items: [{ media: { url: `attachment://${each.name}` } }] }],
          [each],
        )
      : renderAttachment(each),
  );
  const words =
    message.content === "" ? "" : `<div class="text">${renderMarkdown(known, message.content)}</div>`;
  return `${words}${files.join("")}${components}`;
}

/** What it answers to: a command, or another message. */
function renderOrigin({ interaction, replyTo, channel }: MessageRecord): string {
  if (interaction !== undefined) return renderCommand(interaction);
  const replied = replyTo === undefined ? undefined : channel.messages.get(replyTo);
  return replied === undefined
    ? ""
    : `<div class="quiet">↱ reply to ${renderMention(`@${replied.author.name}`)}</div>`;
}

/** With its subcommand; a command on a message has no slash. */
function renderCommand({ type, payload, user }: InteractionRecord): string {
  if (type !== 2) return "";
  const { name, type: kind, options } = (payload.data ?? {}) as Json;
  const subcommands = listOf(options).filter((each) => each.type === 1);
  const words = [name, ...subcommands.map((each) => each.name)].map(String).join(" ");
  const used = renderMention(kind === 1 ? `/${words}` : words);
  return `<div class="quiet">↱ ${escapeHtml(user.name)} used ${used}</div>`;
}

/** Who sees it alone, that it was changed, and whom it notified: a ping that was not meant is seen. */
function renderFooter(known: Known, message: MessageRecord): string {
  const { users, roles, everyone } = message.mentions;
  const pinged = [
    ...(everyone ? ["@everyone"] : []),
    ...users.map((id) => `@${known.users.get(id) ?? id}`),
    ...roles.map((id) => `@${known.roles.get(id) ?? id}`),
  ];
  const only = message.ephemeralFor;
  const notes = [
    ...(only === undefined ? [] : [`👁 Only ${known.users.get(only) ?? only} can see this`]),
    ...(message.editedAt === undefined ? [] : ["(edited)"]),
    ...(pinged.length === 0 ? [] : [`🔔 ${pinged.join(" ")}`]),
  ];
  return notes.length === 0 ? "" : `<div class="quiet">${escapeHtml(notes.join(" · "))}</div>`;
}

function renderReactions(world: World, { reactions }: MessageRecord): string {
  const render = ([name, { normal, burst }]: readonly [string, ReactionRecord]) => {
    const mine = normal.has(world.bot.id) ? "mine" : "";
    return `<span class="reaction ${mine} ${burst.size > 0 ? "burst" : ""}">${escapeHtml(name)} ${normal.size + burst.size}</span>`;
  };
  const all = [...reactions].filter(([, { normal, burst }]) => normal.size + burst.size > 0).map(render);
  return all.length === 0 ? "" : `<div class="reactions">${all.join(" ")}</div>`;
}
