import { isObject } from "../api/methods/message-content.ts";
import type { Json } from "../world/records.ts";
import { complain, type Inspection } from "./schema.ts";

/**
 * "Each block_id should be unique for each message" and "action_id … unique among all other action_ids
 * in the containing block": https://docs.slack.dev/reference/block-kit/blocks and …/block-elements.
 */
export function checkUniqueIds(blocks: readonly Json[], at: string, inspection: Inspection): void {
  const blockIds = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    if (!isObject(block)) continue;
    const { block_id: id } = block;
    if (id !== undefined && blockIds.has(id))
      complain(inspection, `${at}/${index}`, `block_id: "${id}" already exists`);
    blockIds.add(id);
    const elements: readonly unknown[] = Array.isArray(block.elements) ? block.elements : [];
    const actionIds = elements
      .filter(isObject)
      .map((each) => each.action_id)
      .filter((each) => each !== undefined);
    for (const [place, actionId] of actionIds.entries()) {
      if (actionIds.indexOf(actionId) !== place)
        complain(inspection, `${at}/${index}/elements/${place}`, `action_id: "${actionId}" already exists`);
    }
  }
}
