import { escapeHtml } from "../../cloud/html.ts";
import { canSee } from "../world/channels.ts";
import type { World } from "../world/world.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { renderChannel } from "./render-message.ts";
import { renderView } from "./render-views.ts";

/** All that people would see, or one of them (by id), as a page: channels, threads, ephemerals, home tabs, modals. */
export function renderPage(world: World, title: string, person: string | undefined): string {
  const user = person === undefined ? undefined : world.users.get(person);
  const mine = (id: string | undefined) => user === undefined || id === undefined || id === user.id;
  const channels = [...world.channels.values()]
    .filter((channel) => user === undefined || canSee(channel, user))
    .map((channel) => {
      const ephemerals = world.ephemerals.filter(
        (each) => each.channel === channel.id && mine(each.ephemeralFor),
      );
      return renderChannel(world, channel, ephemerals);
    });
  const views = [...world.views.values()].filter((view) => mine(view.user));
  return toPage(title, [...channels, ...views.map((view) => renderView(world, view))]);
}

/** Parts as one page that needs nothing else. */
export function toPage(title: string, parts: readonly string[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${PAGE_STYLE}</style></head>
<body><h1>${escapeHtml(title)}</h1>${parts.join("\n")}</body></html>
`;
}
