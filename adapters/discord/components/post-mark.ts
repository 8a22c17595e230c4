import { createHash } from "node:crypto";
import { ComponentType } from "discord.js";
import { z } from "zod";

/** So large that no id is one which Discord gives by itself: those count from 1. */
const MARKS_FROM = 0x4000_0000;

/**
 * A positive number of 31 bits which says of a message whose post it is: the `id` of its frame. "The `id` is used to
 * identify components", and a message shows it again. https://docs.discord.com/developers/components/reference#anatomy-of-a-component
 */
export function postMark(key: string): number {
  return MARKS_FROM + (createHash("sha256").update(key).digest().readUInt32BE() >>> 2);
}

const FRAMES = z.array(z.unknown());
const FRAME = z.object({ type: z.literal(ComponentType.Container), id: z.int().min(MARKS_FROM) });

/** The mark that stands on `components` of a message; undefined for what is no post of ours. */
export function readMark(components: unknown): number | undefined {
  const [first] = FRAMES.safeParse(components).data ?? [];
  return FRAME.safeParse(first).data?.id;
}
