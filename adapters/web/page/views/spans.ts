import { html, type TemplateResult } from "lit-html";
import type { Span } from "../../../../src/core/card.ts";
import { channelNameOf, nameOf, type State } from "../state.ts";

/** Lines of text. Text is text: whatever it holds, it is never markup. */
export function linesOf(lines: readonly (readonly Span[])[], state: State): TemplateResult[] {
  return lines.map((line) => html`<p class="line">${line.map((span) => spanOf(span, state))}</p>`);
}

function spanOf(span: Span, state: State): TemplateResult | string {
  switch (span.type) {
    case "text":
      return span.text;
    case "bold":
      return html`<strong>${span.text}</strong>`;
    case "code":
      return html`<code>${span.text}</code>`;
    case "channel":
      return html`<strong>#${channelNameOf(span.channel)}</strong>`;
    case "message":
      return html`<strong>${span.text}</strong>`;
    case "group":
      return html`<strong>${span.group.slice(span.group.lastIndexOf(":") + 1)}</strong>`;
    case "user": {
      const person = span.user.slice(span.user.indexOf(":") + 1);
      const isMe = person === state.as;
      return html`<span class="person ${isMe ? "person-me" : ""}">@${nameOf(state, person)}</span>`;
    }
  }
}
