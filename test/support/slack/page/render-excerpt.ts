import type { SlackMessage, SlackView } from "../slack-message.ts";
import type { World } from "../world/world.ts";
import { renderMessage, renderStatus } from "./render-message.ts";
import { renderView } from "./render-views.ts";

/** What an app has said to a form, by block id. */
export type FormErrors = Readonly<Record<string, string>>;

/**
 * One message (with what goes on in its thread) or view as it stands now, as a part of a page.
 *
 * @throws Error when it is there no longer.
 */
export function renderExcerpt(world: World, of: SlackMessage | SlackView, errors: FormErrors = {}): string {
  if ("callbackId" in of) {
    const view = world.views.get(of.id);
    if (view === undefined) throw new Error(`the view ${of.id} is closed`);
    return renderView(world, view, errors);
  }
  const channel = world.channels.get(of.channel);
  const all = [...(channel?.messages ?? []), ...world.ephemerals];
  const message = all.find((each) => each.channel === of.channel && each.ts === of.ts);
  if (channel === undefined || message === undefined) throw new Error(`there is no message ${of.ts}`);
  const status = renderStatus(channel, of.ts);
  const thread = status === "" ? "" : `<div class="thread">${status}</div>`;
  return `<section>${renderMessage(world, message)}${thread}</section>`;
}
