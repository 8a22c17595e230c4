import { html, nothing, type TemplateResult } from "lit-html";
import type { Desk } from "../desk.ts";
import { channelOf } from "./channel.ts";
import { formDialogOf } from "./form-dialog.ts";
import { lightboxOf } from "./lightbox.ts";
import { railOf } from "./rail.ts";
import { threadOf } from "./thread.ts";

export function pageOf(desk: Desk): TemplateResult {
  const { state } = desk;
  return html`
    <div class="studio ${state.thread === undefined ? "" : "studio-thread"}">
      ${railOf(desk)}
      ${channelOf(desk)}
      ${threadOf(desk)}
    </div>
    ${noticeOf(desk)}
    ${formDialogOf(desk)}
    ${lightboxOf(desk)}
  `;
}

function noticeOf({ state, changed }: Desk): TemplateResult | typeof nothing {
  const { notice } = state;
  if (notice === undefined) return nothing;
  const end = (then: (() => void) | undefined) => {
    state.notice = undefined;
    changed();
    then?.();
  };
  return html`
    <div class="notice" role="alert">
      <p>${notice.problem}</p>
      <button type="button" class="button button-primary" @click=${() => end(notice.retry)}>Try again</button>
      <button type="button" class="button button-plain" @click=${() => end(undefined)}>Close</button>
    </div>
  `;
}
