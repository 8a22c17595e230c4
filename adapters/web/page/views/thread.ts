import { html, nothing, type TemplateResult } from "lit-html";
import type { Desk } from "../desk.ts";
import { messagesUnder } from "../state.ts";
import { composerOf } from "./composer.ts";
import { closeIcon } from "./glyphs.ts";
import { timelineOf } from "./timeline.ts";

/** The conversation under one message, beside the channel. */
export function threadOf(desk: Desk): TemplateResult | typeof nothing {
  const { state, navigation } = desk;
  if (state.thread === undefined) return nothing;
  const place = { channel: state.channel, thread: state.thread };
  const messages = messagesUnder(state, state.thread);
  const close = (event: KeyboardEvent) => {
    if (event.key === "Escape") navigation.closeThread();
  };
  const isKnown = messages[0]?.id === state.thread;
  const head =
    isKnown || !state.loadedThreads.has(state.thread)
      ? nothing
      : html`<p class="empty">This thread is gone.</p>`;
  return html`
    <aside class="thread" aria-label="Thread" @keydown=${close}>
      <header class="pane-head">
        <div><h2>Thread</h2><p>#${state.channel}</p></div>
        <button type="button" class="tool" aria-label="Close the thread" title="Close (Esc)" @click=${navigation.closeThread}>${closeIcon}</button>
      </header>
      ${timelineOf({ place, label: "Messages in this thread", messages, head }, desk)}
      ${isKnown ? composerOf(place, desk) : nothing}
    </aside>
  `;
}
