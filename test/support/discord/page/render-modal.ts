import { escapeHtml } from "../../cloud/html.ts";
import { type Json, type Known, listOf } from "./known.ts";
import { renderSelect } from "./render-components.ts";
import { renderMarkdown } from "./render-markdown.ts";

/**
 * A modal as its person sees it (https://docs.discord.com/developers/components/using-modal-components). Its buttons
 * are Discord's own.
 */
export function renderModal(known: Known, modal: Json, person: string): string {
  const fields = listOf(modal.components).map((each) => renderField(known, each));
  return `<section class="modal"><div class="quiet">modal of ${escapeHtml(person)}</div><h2>${escapeHtml(String(modal.title))}</h2>
${fields.join("\n")}<div class="ends"><span class="button secondary">Cancel</span> <span class="button primary">Submit</span></div></section>`;
}

function renderField(known: Known, field: Json): string {
  if (field.type === 10)
    return `<div class="text">${renderMarkdown(known, String(field.content ?? ""))}</div>`;
  const inner = (field.component ?? {}) as Json;
  const star = inner.required === false || inner.type === 23 ? "" : ' <span class="star">*</span>';
  const description =
    field.description === undefined
      ? ""
      : `<div class="quiet">${escapeHtml(String(field.description))}</div>`;
  return `<div class="label">${escapeHtml(String(field.label ?? ""))}${star}</div>${description}${renderInput(inner)}`;
}

function renderInput(input: Json): string {
  switch (input.type) {
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return renderSelect(input);
    case 4: {
      const value = String(input.value ?? "");
      const shown =
        value === ""
          ? `<span class="quiet">${escapeHtml(String(input.placeholder ?? ""))}</span>`
          : escapeHtml(value);
      return `<div class="field text ${input.style === 2 ? "tall" : ""}">${shown}</div>`;
    }
    case 19:
      return `<div class="field tall quiet">Drop files here or browse</div>`;
    case 21:
    case 22:
      return listOf(input.options)
        .map((each) => renderChoice(each, input.type === 21 ? ["◉", "○"] : ["☑", "☐"]))
        .join("");
    case 23:
      return renderChoice(input, ["☑", "☐"]);
    default:
      return `<span class="unknown">${escapeHtml(JSON.stringify(input))}</span>`;
  }
}

function renderChoice(choice: Json, [on, off]: readonly [string, string]): string {
  const description =
    choice.description === undefined
      ? ""
      : ` <span class="quiet">${escapeHtml(String(choice.description))}</span>`;
  return `<div class="choice">${choice.default === true ? on : off} ${escapeHtml(String(choice.label ?? ""))}${description}</div>`;
}
