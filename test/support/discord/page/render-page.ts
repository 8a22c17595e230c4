import { escapeHtml } from "../../cloud/html.ts";
import { canSee } from "../world/permissions.ts";
import type { ChannelRecord, InteractionRecord, MessageRecord, UserRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import type { Known } from "./known.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { renderMessage } from "./render-message.ts";
import { renderModal } from "./render-modal.ts";

/** All that people would see, or one of them (by id), as a page: channels with their threads, private messages, modals. */
export function renderPage(world: World, title: string, person: string | undefined): string {
  const known = knownIn(world);
  const viewer = person === undefined ? undefined : world.users.get(person);
  const sees = (channel: ChannelRecord) => viewer === undefined || canSee(channel, viewer);
  const hasThread = new Set(
    [...world.channels.values()].flatMap((channel) =>
      [...channel.messages.values()].flatMap((message) => message.thread ?? []),
    ),
  );
  const channels = [...world.channels.values()]
    .filter((channel) => !channel.isDeleted && !hasThread.has(channel) && sees(channel))
    .map((channel) => renderChannel(world, known, channel, viewer));
  const modals = openModals(world).filter((each) => viewer === undefined || each.user.id === viewer.id);
  return toPage(title, [
    ...channels,
    ...modals.map(({ shown, user }) => renderModal(known, shown ?? {}, user.name)),
  ]);
}

/** Parts as one page that needs nothing else. */
export function toPage(title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${PAGE_STYLE}</style></head>
<body><h1 class="page">${escapeHtml(title)}</h1>${parts.join("\n")}</body></html>
`;
}

/** Everybody's and everything's name. */
export function knownIn(world: World): Known {
  const guilds = [...world.guilds.values()];
  return {
    users: new Map([...world.users.values()].map(({ id, name }) => [id, name])),
    roles: new Map(
      guilds.flatMap((guild) => [...guild.roles.values()].map(({ id, name }) => [id, name] as const)),
    ),
    channels: new Map([...world.channels.values()].map(({ id, name }) => [id, name])),
  };
}

/** Nothing, where there is nothing to see. */
function renderChannel(
  world: World,
  known: Known,
  channel: ChannelRecord,
  viewer: UserRecord | undefined,
): string {
  const messages = renderMessages(world, known, channel, viewer);
  if (messages === "") return "";
  const { recipient, parent, guild } = channel;
  const name = recipient === undefined ? `#${channel.name}` : `direct messages of ${recipient.name}`;
  const place = [guild?.name, parent === undefined ? undefined : `#${parent.name}`, name];
  const heading = place.filter((each) => each !== undefined).join(" › ");
  return `<section class="channel"><h2>${escapeHtml(heading)}</h2>${messages}</section>`;
}

function renderMessages(
  world: World,
  known: Known,
  channel: ChannelRecord,
  viewer: UserRecord | undefined,
): string {
  const own = [...world.ephemerals.values()].filter(
    (each) => each.channel === channel && (viewer === undefined || each.ephemeralFor === viewer.id),
  );
  // The head of a thread (21) is the message that it hangs under.
  const said = [...channel.messages.values()].filter((each) => each.type !== 21);
  const all = [...said, ...own].sort((one, other) => one.createdAt - other.createdAt);
  return all
    .map((each) => renderMessage(world, known, each) + renderThread(world, known, each, viewer))
    .join("");
}

function renderThread(
  world: World,
  known: Known,
  { thread }: MessageRecord,
  viewer: UserRecord | undefined,
): string {
  if (thread === undefined || thread.isDeleted) return "";
  const state = thread.thread?.isArchived ? " (archived)" : "";
  return `<div class="thread"><div class="name">🧵 ${escapeHtml(thread.name)}${state}</div>${renderMessages(world, known, thread, viewer)}</div>`;
}

/** A modal stays open until its person does something else. */
export function openModals(world: World): readonly InteractionRecord[] {
  const latest = new Map([...world.interactions.values()].map((each) => [each.user.id, each]));
  return [...latest.values()].filter(({ answer, shown }) => answer === 9 && shown !== undefined);
}
