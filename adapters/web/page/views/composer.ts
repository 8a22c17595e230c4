import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Desk } from "../desk.ts";
import { nameOf, type Place, placeKey } from "../state.ts";
import { sendIcon } from "./glyphs.ts";

export function composerOf(place: Place, desk: Desk): TemplateResult {
  const { composing, state } = desk;
  const key = placeKey(place);
  const text = composing.textOf(place);
  const { suggestions, chosen, command } = composing.completionOf(place);
  const isOpen = suggestions.length > 0;
  const listId = `suggestions ${key}`.replaceAll(/\W/g, "-");
  const where = place.thread === undefined ? `#${place.channel}` : "this thread";
  const submit = (event: Event) => {
    event.preventDefault();
    composing.send(place);
  };
  return html`
    <form class="composer" data-composer=${key} @submit=${submit} aria-label="Write in ${where}">
      ${isOpen ? listOf(place, desk, listId) : nothing}
      <div class="composer-box">
        <textarea
          rows="1"
          maxlength="8000"
          .value=${live(text)}
          placeholder=${place.thread === undefined ? "Write, or / for commands" : "Reply, or / for commands"}
          aria-label="Message in ${where}, as ${nameOf(state, state.as)}"
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls=${isOpen ? listId : nothing}
          aria-activedescendant=${isOpen && chosen >= 0 ? `${listId}-${chosen}` : nothing}
          autocomplete="off"
          @input=${(event: Event) => composing.typed(place, event.target as HTMLTextAreaElement)}
          @keydown=${(event: KeyboardEvent) => composing.keyed(place, event)}
          @blur=${composing.left}
        ></textarea>
        <button type="submit" class="send" aria-label="Send" title="Send" ?disabled=${text.trim() === ""}>${sendIcon}</button>
      </div>
      <p class="composer-hint">${command === undefined ? html`<span><kbd>/</kbd> commands</span><span><kbd>@</kbd> people</span><span><kbd>Shift</kbd> <kbd>Enter</kbd> new line</span>` : html`<code>${command.usage}</code>`}</p>
    </form>
  `;
}

function listOf(place: Place, desk: Desk, listId: string): TemplateResult {
  const { suggestions, chosen } = desk.composing.completionOf(place);
  return html`
    <ul class="suggestions" id=${listId} role="listbox" aria-label="Suggestions">
      ${suggestions.map(
        (one, index) => html`
          <li
            id="${listId}-${index}"
            role="option"
            aria-selected=${index === chosen ? "true" : "false"}
            @mousedown=${(event: Event) => {
              // Before the composer loses the focus.
              event.preventDefault();
              desk.composing.take(place, one);
            }}
          ><code>${one.label}</code><span>${one.summary}</span></li>
        `,
      )}
    </ul>
  `;
}
