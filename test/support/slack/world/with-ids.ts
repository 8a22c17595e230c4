import type { Json } from "./records.ts";
import type { World } from "./world.ts";

/**
 * Slack names the blocks and controls that an app did not name:
 * https://docs.slack.dev/reference/block-kit/blocks (block_id), …/block-elements (action_id).
 */
export function withIds(world: World, blocks: readonly Json[]): readonly Json[] {
  return blocks.map((block) => {
    const named: Record<string, unknown> = { ...block, block_id: block.block_id ?? world.id("b") };
    if (block.element !== undefined) named.element = withActionId(world, block.element as Json);
    if (block.accessory !== undefined) named.accessory = withActionId(world, block.accessory as Json);
    if (block.type === "actions")
      named.elements = (block.elements as readonly Json[]).map((each) => withActionId(world, each));
    return named;
  });
}

function withActionId(world: World, element: Json): Json {
  return element.type === "image" ? element : { ...element, action_id: element.action_id ?? world.id("a") };
}
