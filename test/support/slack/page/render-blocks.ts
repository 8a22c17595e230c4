import { escapeHtml } from "../../cloud/html.ts";
import { optionsOf, textOf } from "../people/read-blocks.ts";
import { sniffMimetype } from "../world/files.ts";
import type { FileRecord, Json, ViewRecord } from "../world/records.ts";
import type { Known } from "./known.ts";
import { renderMrkdwn, renderPlain } from "./render-mrkdwn.ts";
import { renderRichText } from "./render-rich-text.ts";

type State = ViewRecord["state"];

/** Blocks about as Slack's client shows them. Of a view: what its inputs hold, and what is wrong with it, by block id. */
export function renderBlocks(
  world: Known,
  blocks: readonly Json[],
  state: State = {},
  errors: Readonly<Record<string, string>> = {},
): string {
  return blocks
    .map((block) => {
      const wrong = errors[String(block.block_id)];
      const error = wrong === undefined ? "" : `<div class="wrong">${escapeHtml(wrong)}</div>`;
      return `<div class="block ${escapeHtml(String(block.type))}">${renderBlock(world, block, state)}${error}</div>`;
    })
    .join("");
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function renderBlock(world: Known, block: Json, state: State): string {
  switch (block.type) {
    case "rich_text":
      return renderRichText(world, block);
    case "section":
      return renderSection(world, block);
    case "header":
      return `<h3>${renderText(world, block.text)}</h3>`;
    case "divider":
      return "<hr>";
    case "image":
      return `${block.title === undefined ? "" : `<div class="quiet">${renderText(world, block.title)}</div>`}${renderImage(world, block)}`;
    case "context":
      return listOf(block.elements)
        .map((each) => (each.type === "image" ? renderImage(world, each) : renderText(world, each)))
        .map((each) => `<span>${each}</span>`)
        .join("");
    case "actions":
      return listOf(block.elements)
        .map((each) => renderElement(world, each, undefined))
        .join("");
    case "input":
      return renderInput(world, block, state);
    default:
      return `<span class="unknown">${escapeHtml(JSON.stringify(block))}</span>`;
  }
}

function renderSection(world: Known, block: Json): string {
  const texts = [block.text, ...listOf(block.fields)].filter((text) => text !== undefined);
  const accessory = block.accessory as Json | undefined;
  const beside = accessory === undefined ? "" : renderElement(world, accessory, undefined);
  return `<div class="beside"><div>${texts.map((text) => `<div>${renderText(world, text)}</div>`).join("")}</div>${beside}</div>`;
}

export function renderText(world: Known, value: unknown): string {
  const text = value as Json | undefined;
  const words = textOf(text) ?? "";
  return text?.type === "mrkdwn" ? renderMrkdwn(world, words) : renderPlain(words, text?.emoji !== false);
}

function renderImage(world: Known, image: Json): string {
  const reference = image.slack_file as Json | undefined;
  const file = reference === undefined ? undefined : world.files.get(String(reference.id));
  const alt = escapeHtml(String(image.alt_text ?? ""));
  const shown =
    file === undefined
      ? `<div class="missing">${escapeHtml(String(image.image_url ?? reference?.url ?? "no file"))}</div>`
      : renderPicture(file, alt);
  return `<figure>${shown}<figcaption>alt: ${alt}</figcaption></figure>`;
}

/** A file as a data URL; what is no picture, by its name. */
export function renderPicture(file: FileRecord, alt: string): string {
  const type = file.bytes === undefined ? "" : sniffMimetype(file.bytes);
  if (file.bytes === undefined || !type.startsWith("image/"))
    return `<div class="missing">${escapeHtml(file.name)}</div>`;
  return `<img alt="${alt}" src="data:${type};base64,${Buffer.from(file.bytes).toString("base64")}">`;
}

function renderInput(world: Known, block: Json, state: State): string {
  const element = block.element as Json;
  const held = state[String(block.block_id)]?.[String(element.action_id)];
  const optional = block.optional === true ? ' <span class="quiet">(optional)</span>' : "";
  const hint = block.hint === undefined ? "" : `<div class="quiet">${renderText(world, block.hint)}</div>`;
  return `<div class="label">${renderText(world, block.label)}${optional}</div>${renderElement(world, element, held)}${hint}`;
}

function renderElement(world: Known, element: Json, held: Json | undefined): string {
  const chosen = textOf((held?.selected_option as Json | null | undefined)?.text);
  const placeholder = textOf(element.placeholder) ?? "";
  switch (element.type) {
    case "button":
      return `<span class="button ${escapeHtml(String(element.style ?? ""))}">${renderText(world, element.text)}</span>`;
    case "image":
      return renderImage(world, element);
    case "plain_text_input":
    case "number_input": {
      const value = typeof held?.value === "string" ? held.value : "";
      return `<div class="field${element.multiline === true ? " tall" : ""}">${renderFilled(value, placeholder)}</div>`;
    }
    case "radio_buttons":
    case "checkboxes":
      return optionsOf(element)
        .map(({ label }) => `<div>${label === chosen ? "◉" : "○"} ${escapeHtml(label)}</div>`)
        .join("");
    default: {
      const place = world.channels.get(String(held?.selected_conversation))?.name;
      const shown = chosen ?? (place === undefined ? "" : `#${place}`);
      const options = optionsOf(element).map(({ label }) => label);
      return `<div class="field select" title="${escapeHtml(options.join(" · "))}">${renderFilled(shown, placeholder)} ▾</div>`;
    }
  }
}

function renderFilled(value: string, placeholder: string): string {
  return value === ""
    ? `<span class="quiet">${escapeHtml(placeholder)}</span>`
    : escapeHtml(value).replaceAll("\n", "<br>");
}
