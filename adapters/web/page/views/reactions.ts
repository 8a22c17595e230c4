import { html, nothing, type TemplateResult } from "lit-html";
import type { Emoji } from "../../../../src/core/card.ts";
import type { MessageView, ReactionView } from "../../wire.ts";
import type { Desk } from "../desk.ts";
import { nameOf, type State } from "../state.ts";
import { EMOJI_WORDS, emojiGlyph, reactIcon } from "./glyphs.ts";

const EMOJI = Object.keys(EMOJI_WORDS) as Emoji[];

/** The reactions under a message, each a switch of one's own. */
export function reactionsOf(message: MessageView, desk: Desk): TemplateResult | typeof nothing {
  if (message.reactions.length === 0) return nothing;
  return html`
    <div class="reactions" role="group" aria-label="Reactions">
      ${message.reactions.map((reaction) => chipOf(message, reaction, desk))}
      ${pickerButton(message, desk, "chip chip-add")}
    </div>
  `;
}

function chipOf(message: MessageView, { emoji, people }: ReactionView, desk: Desk): TemplateResult {
  const { state, acting } = desk;
  const isMine = people.includes(state.as);
  const who = namesOf(people, state);
  const label = `${EMOJI_WORDS[emoji]}${people.length === 0 ? ", nobody yet" : `, ${people.length}: ${who}`}`;
  return html`
    <button
      type="button"
      class="chip"
      aria-pressed=${isMine ? "true" : "false"}
      aria-label=${label}
      title=${people.length === 0 ? EMOJI_WORDS[emoji] : `${EMOJI_WORDS[emoji]} · ${who}`}
      aria-disabled=${state.busy.has(`react ${message.id} ${emoji}`) ? "true" : "false"}
      @click=${() => acting.react(message, emoji, !isMine)}
    >${emojiGlyph(emoji)}${people.length === 0 ? nothing : html`<span class="count">${people.length}</span>`}</button>
  `;
}

function namesOf(people: readonly string[], state: State): string {
  return people.map((one) => (one === state.as ? "you" : nameOf(state, one))).join(", ");
}

export function pickerButton(message: MessageView, desk: Desk, look: string): TemplateResult {
  const { state } = desk;
  const key = `${message.id} ${look}`;
  const isOpen = state.picker === key;
  const toggle = (event: Event) => {
    const button = event.currentTarget as HTMLElement;
    state.picker = isOpen ? undefined : key;
    desk.changed();
    if (!isOpen)
      queueMicrotask(() => button.parentElement?.querySelector<HTMLElement>(".picker button")?.focus());
  };
  return html`
    <span class="picker-anchor">
      <button type="button" class=${look} aria-label="Add a reaction" title="Add a reaction" aria-expanded=${isOpen ? "true" : "false"} @click=${toggle}>
        ${reactIcon}
      </button>
      ${isOpen ? pickerOf(message, desk) : nothing}
    </span>
  `;
}

function pickerOf(message: MessageView, desk: Desk): TemplateResult {
  const { state, acting } = desk;
  const mine = message.reactions.filter((one) => one.people.includes(state.as)).map((one) => one.emoji);
  const close = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    const anchor = (event.currentTarget as HTMLElement).parentElement;
    state.picker = undefined;
    desk.changed();
    anchor?.querySelector("button")?.focus();
  };
  return html`
    <div class="picker" role="group" aria-label="Reactions to add" @keydown=${close}>
      ${EMOJI.map(
        (emoji) => html`
          <button
            type="button"
            aria-label=${EMOJI_WORDS[emoji]}
            title=${EMOJI_WORDS[emoji]}
            aria-pressed=${mine.includes(emoji) ? "true" : "false"}
            @click=${() => acting.react(message, emoji, !mine.includes(emoji))}
          >${emojiGlyph(emoji)}</button>
        `,
      )}
    </div>
  `;
}
