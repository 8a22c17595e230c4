import { expect } from "vitest";
import { MESSAGE_BLOCKS, VIEW_BLOCKS } from "../../../support/slack/blocks/layout-blocks.ts";
import type { Inspection } from "../../../support/slack/blocks/schema.ts";
import { checkUniqueIds } from "../../../support/slack/blocks/unique-ids.ts";

type Json = Readonly<Record<string, unknown>>;

/** Every object in a value, itself included. */
export function walk(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(walk);
  if (typeof value !== "object" || value === null) return [];
  return [value as Json, ...Object.values(value).flatMap(walk)];
}

/** All words that a person reads or hears, wherever they stand. */
export function literalWords(value: unknown): string {
  return walk(value)
    .flatMap((node) => [node.text, node.alt_text, node.initial_value])
    .filter((words) => typeof words === "string")
    .join("\n");
}

/** What Slack takes as blocks of a message or a view, in the form that Draftroom gives them. */
export function expectBlocks(blocks: readonly unknown[], kind: "message" | "view"): void {
  const inspection: Inspection = { errors: [], refuseFile: () => undefined };
  (kind === "message" ? MESSAGE_BLOCKS : VIEW_BLOCKS)(blocks, "/blocks", inspection);
  checkUniqueIds(blocks as readonly Json[], "/blocks", inspection);
  expect(inspection.errors).toEqual([]);
  expect(blocks.length).toBeGreaterThan(0);
  const nodes = walk(blocks);
  for (const node of nodes) expectOurForm(node);
  const actions = nodes.filter((node) => node.type === "button").map((node) => node.action_id);
  expect(new Set(actions).size).toBe(actions.length);
}

function expectOurForm(node: Json): void {
  if (typeof node.text === "string") expect(node.text.isWellFormed()).toBe(true);
  // Its `:wave:` stays a word.
  if (node.type === "plain_text") expect(node.emoji).toBe(false);
  // Of mrkdwn there is nothing but one link, with our words and Slack's address.
  if (node.type === "mrkdwn") expect(node.text).toMatch(/^<https?:[^<>|\s]+\|Full size>$/);
  if (node.type === "button") expect(`${node.action_id}`).toMatch(/^draftroom\.\d+$/);
  if (node.type === "image") expect(node.title).toBeUndefined();
  if (node.type === "rich_text_section") expect((node.elements as unknown[]).length).toBeGreaterThan(0);
  expect(["section", "broadcast", "date", "color", "team"]).not.toContain(node.type);
}
