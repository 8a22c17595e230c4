import { escapeHtml } from "../../cloud/html.ts";
import type { MessageRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";
import type { Known } from "./known.ts";
import { renderMessage } from "./render-message.ts";
import { renderModal } from "./render-modal.ts";
import { knownIn, openModals } from "./render-page.ts";

/** Messages by id; a thread as whoever has opened it sees it, with the message that it hangs under at its head. */
export type Excerpt =
  | { readonly message: string }
  | { readonly thread: string }
  | { readonly modalOf: string };

/**
 * One message as it stands now, a thread, or the modal in front of a person, as a part of a page.
 *
 * @throws Error when it is there no longer.
 */
export function renderExcerpt(world: World, of: Excerpt): string {
  const known = knownIn(world);
  if ("modalOf" in of) {
    const open = openModals(world).find(({ user }) => user.id === of.modalOf);
    if (open === undefined) throw new Error(`there is no modal in front of ${of.modalOf}`);
    return renderModal(known, open.shown ?? {}, open.user.name);
  }
  if ("thread" in of) return renderThread(world, known, of.thread);
  const message = findMessage(world, of.message);
  if (message === undefined) throw new Error(`there is no message ${of.message}`);
  return `<section>${renderMessage(world, known, message)}</section>`;
}

function renderThread(world: World, known: Known, id: string): string {
  const thread = world.channels.get(id);
  if (thread === undefined) throw new Error(`there is no thread ${id}`);
  const head = [...(thread.parent?.messages.values() ?? [])].find((each) => each.thread === thread);
  // Its place in the thread (21) is taken by what it stands for.
  const said = [...thread.messages.values()].filter((each) => each.type !== 21);
  const messages = [...(head === undefined ? [] : [head]), ...said];
  return `<section><h2>${escapeHtml(thread.name)}</h2>${messages.map((each) => renderMessage(world, known, each)).join("")}</section>`;
}

function findMessage(world: World, id: string): MessageRecord | undefined {
  for (const { messages } of world.channels.values()) {
    const message = messages.get(id);
    if (message !== undefined) return message;
  }
  return world.ephemerals.get(id);
}
