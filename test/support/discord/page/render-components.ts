import { escapeHtml } from "../../cloud/html.ts";
import { type Json, type Known, listOf, type ShownFile } from "./known.ts";
import { renderMarkdown } from "./render-markdown.ts";

/** Components as people see them: https://docs.discord.com/developers/components/reference. `files`: of the same message. */
export function renderComponents(
  known: Known,
  components: readonly Json[],
  files: readonly ShownFile[],
): string {
  return components.map((each) => renderComponent(known, each, files)).join("");
}

function renderComponent(known: Known, component: Json, files: readonly ShownFile[]): string {
  const inside = () => renderComponents(known, listOf(component.components), files);
  switch (component.type) {
    case 1:
      return `<div class="row">${inside()}</div>`;
    case 2:
      return renderButton(component);
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return renderSelect(component);
    case 9: {
      const beside = renderComponents(known, [component.accessory as Json], files);
      return `<div class="beside"><div>${inside()}</div>${beside}</div>`;
    }
    case 10:
      return `<div class="text">${renderMarkdown(known, String(component.content ?? ""))}</div>`;
    case 11:
      return `<div class="thumbnail">${renderMedia(component, files)}</div>`;
    case 12:
      return renderGallery(component, files);
    case 13:
      return renderFile(component, files);
    case 14:
      return `<div class="separator ${component.spacing === 2 ? "large" : ""} ${component.divider === false ? "" : "line"}"></div>`;
    case 17:
      return renderContainer(component, inside());
    default:
      return `<span class="unknown">${escapeHtml(JSON.stringify(component))}</span>`;
  }
}

function renderContainer({ accent_color: accent, spoiler }: Json, inside: string): string {
  const bar =
    typeof accent === "number" ? ` style="border-left-color: #${accent.toString(16).padStart(6, "0")}"` : "";
  return `<div class="container ${typeof accent === "number" ? "accent" : ""} ${spoiler === true ? "spoiler" : ""}"${bar}>${inside}</div>`;
}

const BUTTON_STYLES = ["", "primary", "secondary", "success", "danger", "secondary", "premium"];

export function renderButton({ style, label, emoji, disabled, url }: Json): string {
  const name = (emoji as Json | undefined)?.name;
  const words = [name, label].filter((each) => each !== undefined && each !== "").map(String);
  const out = url === undefined ? "" : ' <span class="out">↗</span>';
  const title = url === undefined ? "" : ` title="${escapeHtml(String(url))}"`;
  return `<span class="button ${BUTTON_STYLES[Number(style)] ?? "unknown"} ${disabled === true ? "disabled" : ""}"${title}>${escapeHtml(words.join(" "))}${out}</span>`;
}

/** What is chosen, or what is to be chosen. */
export function renderSelect({ options, placeholder }: Json): string {
  const chosen = listOf(options).filter((each) => each.default === true);
  const words = chosen.map((each) => each.label).join(", ");
  const shown =
    words === ""
      ? `<span class="quiet">${escapeHtml(String(placeholder ?? "Make a selection"))}</span>`
      : escapeHtml(words);
  return `<div class="field select">${shown}<span class="quiet">⌄</span></div>`;
}

function renderGallery(gallery: Json, files: readonly ShownFile[]): string {
  const items = listOf(gallery.items).map((item) => renderMedia(item, files));
  const columns = items.length === 1 ? 1 : items.length === 2 || items.length === 4 ? 2 : 3;
  return `<div class="gallery columns${columns}">${items.join("")}</div>`;
}

/** Its alternative text is behind a badge, as in the client. */
function renderMedia({ media, description, spoiler }: Json, files: readonly ShownFile[]): string {
  const url = String((media as Json | undefined)?.url ?? "");
  const alt = typeof description === "string" ? escapeHtml(description) : "";
  const badge = alt === "" ? "" : `<span class="alt" title="${alt}">ALT</span>`;
  const source = addressOf(url, files);
  const picture =
    source === undefined
      ? `<div class="missing">${alt === "" ? escapeHtml(url) : alt}</div>`
      : `<img src="${source}" alt="${alt}">`;
  return `<figure class="${spoiler === true ? "spoiler" : ""}">${picture}${badge}</figure>`;
}

/** Bytes that are there; nothing is fetched for a page. */
function addressOf(url: string, files: readonly ShownFile[]): string | undefined {
  const file = fileOf(url, files);
  if (file === undefined || !file.contentType.startsWith("image/")) return undefined;
  return `data:${file.contentType};base64,${Buffer.from(file.bytes).toString("base64")}`;
}

function fileOf(url: string, files: readonly ShownFile[]): ShownFile | undefined {
  return files.find((each) => url === `attachment://${each.name}`);
}

function renderFile({ file }: Json, files: readonly ShownFile[]): string {
  const url = String((file as Json | undefined)?.url ?? "");
  return renderAttachment(fileOf(url, files) ?? { name: url, contentType: "", bytes: new Uint8Array() });
}

/** A card to download it by. */
export function renderAttachment({ name, bytes }: ShownFile): string {
  const size =
    bytes.length < 1024 * 1024
      ? `${(bytes.length / 1024).toFixed(2)} KB`
      : `${(bytes.length / 1024 / 1024).toFixed(2)} MB`;
  return `<div class="file">🗎 <span><a class="link">${escapeHtml(name)}</a><br><span class="quiet">${size}</span></span></div>`;
}
