import { html, nothing, type TemplateResult } from "lit-html";
import type { Desk } from "../desk.ts";
import { pictureUrl } from "./card.ts";
import { closeIcon, downloadIcon, expandIcon } from "./glyphs.ts";

/** One picture, as large as the window. */
export function lightboxOf(desk: Desk): TemplateResult | typeof nothing {
  const { state, changed } = desk;
  const content = state.messages.get(state.lightbox ?? "")?.content;
  const picture = content?.kind === "card" ? content.card.picture : undefined;
  if (picture === undefined) return nothing;
  const full = picture.full ?? picture.asset;
  const close = () => {
    state.lightbox = undefined;
    changed();
  };
  const clickedOutside = (event: MouseEvent) => {
    if (!(event.target as HTMLElement).closest("img, a, button")) close();
  };
  return html`
    <dialog class="lightbox" aria-label="Picture" @close=${close} @click=${clickedOutside}>
      <header>
        <p>${picture.name}</p>
        <a class="tool" href=${pictureUrl(full, picture.name)} target="_blank" rel="noopener">${expandIcon}<span>Full size</span></a>
        <a class="tool" href=${pictureUrl(full, picture.name, true)} download=${picture.name}>${downloadIcon}<span>Download</span></a>
        <button type="button" class="tool" aria-label="Close" title="Close (Esc)" @click=${close}>${closeIcon}</button>
      </header>
      <figure><img src=${pictureUrl(full, picture.name)} alt=${picture.alt} /><figcaption>${picture.alt}</figcaption></figure>
    </dialog>
  `;
}
