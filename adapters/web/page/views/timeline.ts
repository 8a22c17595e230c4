import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { MessageView } from "../../wire.ts";
import type { Desk } from "../desk.ts";
import { type Place, placeKey } from "../state.ts";
import { downIcon } from "./glyphs.ts";
import { messageOf, pendingOf } from "./message.ts";
import { dayOf } from "./times.ts";

/** Messages of one author within this time stand together, in milliseconds. */
const TOGETHER_MS = 5 * 60_000;

interface Timeline {
  readonly place: Place;
  readonly label: string;
  readonly messages: readonly MessageView[];
  /** What stands above the first message. */
  readonly head: TemplateResult | typeof nothing;
}

export function timelineOf({ place, label, messages, head }: Timeline, desk: Desk): TemplateResult {
  const key = placeKey(place);
  const pending = desk.state.pending.filter((one) => placeKey(one.place) === key);
  const below = desk.state.below.get(key) ?? 0;
  // New messages are announced in one sentence each elsewhere: as a live region, this would read out every button.
  return html`
    <div class="timeline">
      ${repeat(
        [key],
        (one) => one,
        () => html`
          <div class="messages" data-place=${key} data-first=${messages[0]?.id ?? ""} role="log" aria-live="off" aria-label=${label} tabindex="0">
            <div class="sheaf">
            ${head}
            ${repeat(
              messages,
              (one) => one.id,
              (one, index) => entryOf(one, messages[index - 1], place, desk),
            )}
            ${repeat(
              pending,
              (one) => one.event,
              (one) => pendingOf(one, desk),
            )}
            </div>
          </div>
        `,
      )}
      ${below === 0 ? nothing : html`<button type="button" class="pill" @click=${() => desk.scrolling.toEnd(key)}>${downIcon}${below} new</button>`}
    </div>
  `;
}

function entryOf(
  message: MessageView,
  before: MessageView | undefined,
  place: Place,
  desk: Desk,
): TemplateResult {
  const now = new Date();
  const isInThread = place.thread !== undefined;
  const isNewDay = before === undefined || dayOf(before.at, now) !== dayOf(message.at, now);
  const isFollowUp = !isNewDay && follows(message, before) && before.id !== place.thread;
  const count = isInThread && before?.id === place.thread ? (before?.replies?.count ?? 0) : 0;
  return html`
    ${isNewDay ? html`<div class="divider" role="separator"><span>${dayOf(message.at, now)}</span></div>` : nothing}
    ${count > 0 ? html`<div class="divider divider-replies"><span>${count} ${count === 1 ? "reply" : "replies"}</span></div>` : nothing}
    ${messageOf(message, { desk, isInThread, isFollowUp })}
  `;
}

function follows(message: MessageView, before: MessageView | undefined): before is MessageView {
  return (
    before !== undefined &&
    before.author === message.author &&
    before.isPrivate === message.isPrivate &&
    message.content.kind === "text" &&
    before.replies === null &&
    Date.parse(message.at) - Date.parse(before.at) < TOGETHER_MS
  );
}
