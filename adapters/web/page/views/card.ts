import { html, nothing, type TemplateResult } from "lit-html";
import type { Action, Card, Picture } from "../../../../src/core/card.ts";
import type { MessageView, Pixels } from "../../wire.ts";
import type { Desk } from "../desk.ts";
import { expandIcon } from "./glyphs.ts";
import { linesOf } from "./spans.ts";

export function cardOf(message: MessageView, card: Card, pixels: Pixels | null, desk: Desk): TemplateResult {
  return html`
    <div class="card tone-${card.tone}">
      <div class="card-body">
        ${card.tone === "busy" ? busyMark : nothing}
        <div class="lines">${linesOf(card.body, desk.state)}</div>
      </div>
      ${card.picture === undefined ? nothing : pictureOf(message, card.picture, pixels, desk)}
      ${card.actions.length === 0 ? nothing : actionsOf(message, card.actions, desk)}
      ${card.note === undefined ? nothing : html`<p class="note">${card.note}</p>`}
    </div>
  `;
}

const busyMark = html`<span class="busy" role="img" aria-label="Working"><i></i><i></i><i></i><i></i></span>`;

export function pictureUrl(asset: string, name: string, isDownload = false): string {
  return `/assets/${asset}?${new URLSearchParams(isDownload ? { name, download: "1" } : { name })}`;
}

function pictureOf(
  message: MessageView,
  picture: Picture,
  pixels: Pixels | null,
  desk: Desk,
): TemplateResult {
  const open = () => {
    desk.state.lightbox = message.id;
    desk.changed();
  };
  const { width, height } = pixels ?? { width: 1024, height: 1024 };
  // Known before it has loaded, so that nothing jumps. A property: the page's policy allows no style attributes.
  const size = `--width: ${width}; --height: ${height}`;
  return html`
    <button type="button" class="picture" @click=${open} aria-label="Open large: ${picture.alt}" .style=${size}>
      <img
        src=${pictureUrl(picture.asset, picture.name)}
        alt=${picture.alt}
        width=${width}
        height=${height}
        decoding="async"
      />
      <span class="picture-open">${expandIcon}</span>
    </button>
  `;
}

function actionsOf(message: MessageView, actions: readonly Action[], desk: Desk): TemplateResult {
  const isBusy = desk.state.busy.has(`press ${message.id}`);
  // Not `disabled`, which would throw the focus away: a press meanwhile does nothing.
  return html`
    <div class="actions" role="group" aria-label="Actions" ?data-busy=${isBusy}>
      ${actions.map(
        (action) => html`
          <button
            type="button"
            class="button button-${action.style}"
            aria-disabled=${isBusy ? "true" : "false"}
            @click=${() => desk.acting.press(message, action.id)}
          >${action.label}</button>
        `,
      )}
    </div>
  `;
}
