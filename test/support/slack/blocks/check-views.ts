import type { Json, TeamRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import { blocksOf } from "../world/view-state.ts";
import type { World } from "../world/world.ts";
import { plainText } from "./composition-objects.ts";
import { VIEW_BLOCKS } from "./layout-blocks.ts";
import { boolean, type Check, complain, type Inspection, object, oneOf, string } from "./schema.ts";
import { createFileRefusal } from "./shown-files.ts";
import { checkUniqueIds } from "./unique-ids.ts";

/** "Error returned if the provided view is greater than 250kb": https://docs.slack.dev/reference/methods/views.open */
const VIEW_BYTES_MAX = 250_000;

const SHARED = { private_metadata: string(3000), callback_id: string(255), external_id: string(255) };

/** https://docs.slack.dev/reference/views/modal-views: title, submit and close 24. */
const MODAL: Check = object({
  required: { type: oneOf("modal"), title: plainText(24), blocks: VIEW_BLOCKS },
  optional: {
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: boolean,
    notify_on_close: boolean,
    submit_disabled: boolean,
    ...SHARED,
  },
  rule(view, at, inspection) {
    // "submit is required when an input block is within the blocks array."
    const hasInput = blocksOf(view).some((block) => block.type === "input");
    if (hasInput && view.submit === undefined) complain(inspection, at, "missing required field: submit");
  },
});

/** https://docs.slack.dev/reference/views/home-tab-views */
const HOME: Check = object({ required: { type: oneOf("home"), blocks: VIEW_BLOCKS }, optional: SHARED });

/** @throws Refusal `invalid_arguments` with Slack's messages, `view_too_large` */
export function checkView(world: World, team: TeamRecord, view: Json, type: "modal" | "home"): void {
  if (Buffer.byteLength(JSON.stringify(view)) > VIEW_BYTES_MAX) throw new Refusal("view_too_large");
  const inspection: Inspection = { errors: [], refuseFile: createFileRefusal(world, team) };
  (type === "modal" ? MODAL : HOME)(view, "/view", inspection);
  checkUniqueIds(blocksOf(view), "/view/blocks", inspection);
  if (inspection.errors.length > 0) throw new Refusal("invalid_arguments", inspection.errors);
}
