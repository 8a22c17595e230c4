import { html, nothing, type TemplateResult } from "lit-html";
import type { Field } from "../../../../src/core/card.ts";
import type { Desk } from "../desk.ts";
import type { OpenForm } from "../state.ts";
import { closeIcon } from "./glyphs.ts";
import { linesOf } from "./spans.ts";

/** Questions to the person, over everything else. */
export function formDialogOf(desk: Desk): TemplateResult | typeof nothing {
  const { acting, state } = desk;
  const open = state.form;
  if (open === undefined) return nothing;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const answers = new FormData(event.target as HTMLFormElement);
    void acting.submit(Object.fromEntries([...answers].map(([name, value]) => [name, String(value)])));
  };
  const clickedOutside = (event: MouseEvent) => {
    if (event.target === event.currentTarget) acting.closeForm();
  };
  return html`
    <dialog class="sheet" aria-labelledby="form-title" @close=${acting.closeForm} @mousedown=${clickedOutside}>
      <form @submit=${submit}>
        <header><h2 id="form-title">${open.form.title}</h2><button type="button" class="tool" aria-label="Cancel" @click=${acting.closeForm}>${closeIcon}</button></header>
        ${problemOf(open, desk)}
        ${open.form.intro === undefined ? nothing : html`<p class="form-intro">${open.form.intro}</p>`}
        ${open.form.fields.map(fieldOf)}
        <footer>
          <button type="button" class="button button-plain" @click=${acting.closeForm}>Cancel</button>
          <button type="submit" class="button button-primary" aria-disabled=${open.isSending ? "true" : "false"}>${open.isSending ? "Sending…" : open.form.submit}</button>
        </footer>
      </form>
    </dialog>
  `;
}

function problemOf(open: OpenForm, desk: Desk): TemplateResult | typeof nothing {
  if (open.problem !== undefined) return html`<div class="refused" role="alert"><p>${open.problem}</p></div>`;
  if (open.refused === undefined) return nothing;
  return html`<div class="refused" role="alert">${linesOf(open.refused.body, desk.state)}</div>`;
}

/** Beside a large box stands what could be written there, unless something is written there already. */
function hintOf({ hint, multiline, value }: Extract<Field, { type: "text" }>): string {
  if (!multiline) return hint === value ? "" : hint;
  return hint === "" || value !== "" ? "" : `For example: ${hint}`;
}

function fieldOf(field: Field): TemplateResult {
  const id = `field-${field.name}`;
  if (field.type === "choice") {
    return html`
      <div class="field">
        <label for=${id}>${field.label}</label>
        <select id=${id} name=${field.name}>
          ${field.options.map((one) => html`<option value=${one.value} ?selected=${one.value === field.value}>${one.label}</option>`)}
        </select>
      </div>
    `;
  }
  const words = hintOf(field);
  const hintId = words === "" ? nothing : `${id}-hint`;
  const hint = words === "" ? nothing : html`<p class="hint" id=${hintId}>${words}</p>`;
  const input = field.multiline
    ? html`<textarea id=${id} name=${field.name} rows="4" maxlength=${field.lengthMax} ?required=${field.required} aria-describedby=${hintId} .defaultValue=${field.value}></textarea>`
    : html`<input id=${id} name=${field.name} type="text" maxlength=${field.lengthMax} ?required=${field.required} aria-describedby=${hintId} autocomplete="off" .defaultValue=${field.value} />`;
  return html`<div class="field"><label for=${id}>${field.label}${field.required ? nothing : html`<span>optional</span>`}</label>${input}${hint}</div>`;
}
