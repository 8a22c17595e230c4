import { escapeHtml } from "../../cloud/html.ts";
import { textOf } from "../people/read-blocks.ts";
import type { ViewRecord } from "../world/records.ts";
import { blocksOf } from "../world/view-state.ts";
import type { World } from "../world/world.ts";
import { renderBlocks } from "./render-blocks.ts";

/** A home tab or an open modal. `errors`: what the app has said to its fields, by block id. */
export function renderView(
  world: World,
  record: ViewRecord,
  errors: Readonly<Record<string, string>> = {},
): string {
  const { view } = record;
  const person = escapeHtml(world.users.get(record.user)?.name ?? record.user);
  const blocks = renderBlocks(world, blocksOf(view), record.state, errors);
  if (record.type === "home")
    return `<section class="home"><div class="quiet">home tab of ${person}</div>${blocks}</section>`;
  const buttons = [textOf(view.close) ?? "Cancel", textOf(view.submit)]
    .filter((label) => label !== undefined)
    .map(
      (label, index) => `<span class="button ${index === 1 ? "primary" : ""}">${escapeHtml(label)}</span>`,
    );
  return `<section class="modal"><div class="quiet">modal of ${person}</div><h2>${escapeHtml(textOf(view.title) ?? "")}</h2>${blocks}<div class="ends">${buttons.join(" ")}</div></section>`;
}
