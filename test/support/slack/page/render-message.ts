import { escapeHtml } from "../../cloud/html.ts";
import type { ChannelRecord, MessageRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import { renderBlocks, renderPicture } from "./render-blocks.ts";
import { renderEmoji, renderMrkdwn } from "./render-mrkdwn.ts";

/** A channel with its threads and ephemerals, each marked with whose it is; nothing, when there is nothing to see. */
export function renderChannel(
  world: World,
  channel: ChannelRecord,
  ephemerals: readonly MessageRecord[],
): string {
  if (channel.messages.length + ephemerals.length === 0) return "";
  const all = [...channel.messages, ...ephemerals].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  const roots = all.filter((each) => each.threadTs === undefined || each.broadcast);
  const messages = roots.map((root) => {
    const replies = all.filter((each) => each.threadTs === root.ts && each !== root);
    const thread =
      replies.map((each) => renderMessage(world, each)).join("") + renderStatus(channel, root.ts);
    return renderMessage(world, root) + (thread === "" ? "" : `<div class="thread">${thread}</div>`);
  });
  return `<section class="channel"><h2>${channel.kind === "im" ? "" : "#"}${escapeHtml(nameOf(world, channel))}</h2>${messages.join("")}</section>`;
}

/** What the app says it is doing in a thread. */
export function renderStatus(channel: ChannelRecord, ts: string): string {
  const status = channel.statuses.get(ts);
  return status === undefined ? "" : `<div class="quiet status">Draftroom ${escapeHtml(status)}</div>`;
}

function nameOf(world: World, channel: ChannelRecord): string {
  if (channel.kind !== "im") return channel.name;
  const names = [...channel.members].map((id) => world.users.get(id)?.name ?? id);
  return `direct message: ${names.join(", ")}`;
}

export function renderMessage(world: World, message: MessageRecord): string {
  const author = world.users.get(message.user);
  const time = new Date(Number(message.ts) * 1000).toISOString().slice(11, 16);
  const seen = message.ephemeralFor;
  const only =
    seen === undefined
      ? ""
      : `<div class="only">👁 Only visible to ${escapeHtml(world.users.get(seen)?.name ?? seen)}</div>`;
  const edited = message.edited ? ' <span class="quiet">(edited)</span>' : "";
  const words =
    message.blocks.length > 0 ? renderBlocks(world, message.blocks) : renderMrkdwn(world, message.text);
  // With blocks, the text is what notifications show and screen readers read: a mention leaked there counts.
  const aloud =
    message.blocks.length > 0 && message.byApp
      ? `<div class="aloud">🔊 ${renderMrkdwn(world, message.text)}</div>`
      : "";
  return `<article class="message${seen === undefined ? "" : " ephemeral"}">
<div class="avatar">${escapeHtml((author?.displayName ?? "?").charAt(0).toUpperCase())}</div>
<div class="body">${only}<div><b>${escapeHtml(author?.displayName ?? message.user)}</b>${message.byApp ? ' <span class="app">APP</span>' : ""} <span class="quiet">${time}</span></div>
<div class="words">${words}${edited}</div>${renderFiles(world, message)}${renderReactions(message)}
${aloud}</div></article>`;
}

function renderFiles(world: World, message: MessageRecord): string {
  return message.files
    .flatMap((id) => world.files.get(id) ?? [])
    .map(
      (file) =>
        `<figure>${renderPicture(file, escapeHtml(file.name))}<figcaption>${escapeHtml(file.title)}</figcaption></figure>`,
    )
    .join("");
}

function renderReactions(message: MessageRecord): string {
  const all = [...message.reactions].map(
    ([name, users]) => `<span class="reaction">${renderEmoji(name)} ${users.length}</span>`,
  );
  return all.length === 0 ? "" : `<div class="reactions">${all.join(" ")}</div>`;
}
