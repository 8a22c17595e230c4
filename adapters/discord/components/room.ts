import type { APIComponentInContainer } from "discord.js";
import { LIMITS } from "./limits.ts";

/** How much words may come to. */
export interface Room {
  /** UTF-16 units: Discord does not say what it counts, and of these there are never fewer than of characters. */
  readonly units: number;
  /** In UTF-8. */
  readonly bytes: number;
}

const READ = new Set(["content", "label"]);

/** What is left for the words of a message, beside what else stands in it. */
export function roomBeside(components: readonly APIComponentInContainer[]): Room {
  const all = stringsIn(components);
  const read = all.filter(({ key }) => READ.has(key));
  return {
    units: LIMITS.text - sum(read.map(({ words }) => words.length)),
    bytes:
      LIMITS.bytes -
      LIMITS.componentBytes * LIMITS.components -
      sum(all.map(({ words }) => Buffer.byteLength(words))),
  };
}

/** How much of a room words take up, as units of it. The whole never takes more than its parts. */
export function weigh(words: string, { units, bytes }: Room): number {
  return Math.max(words.length, (Buffer.byteLength(words) * units) / bytes);
}

function stringsIn(value: unknown, key = ""): readonly { readonly key: string; readonly words: string }[] {
  if (typeof value === "string") return [{ key, words: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => stringsIn(each, name));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
