import type { Json, TeamRecord } from "../world/records.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { MESSAGE_BLOCKS } from "./layout-blocks.ts";
import type { Inspection } from "./schema.ts";
import { createFileRefusal } from "./shown-files.ts";
import { checkUniqueIds } from "./unique-ids.ts";

/** Slack has a limit for all blocks of a message together (`msg_blocks_too_long`) and does not say which; seen in practice at about this many characters of text. */
const TEXT_LENGTH_MAX = 13_200;

/** @throws Refusal `invalid_blocks` with Slack's messages, `msg_blocks_too_long` */
export function checkMessageBlocks(world: World, team: TeamRecord, blocks: readonly Json[]): void {
  const inspection: Inspection = { errors: [], refuseFile: createFileRefusal(world, team) };
  MESSAGE_BLOCKS(blocks, "/blocks", inspection);
  checkUniqueIds(blocks, "/blocks", inspection);
  if (inspection.errors.length > 0) throw new Refusal("invalid_blocks", inspection.errors);
  if (textLengthOf(blocks) > TEXT_LENGTH_MAX) throw new Refusal("msg_blocks_too_long");
}

function textLengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + textLengthOf(each), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, each]) => {
    return sum + (name === "text" && typeof each === "string" ? each.length : textLengthOf(each));
  }, 0);
}
