import type { MessageContent } from "../../../../adapters/discord/components/to-message.ts";
import type { MarkdownNode } from "../../../support/discord/page/markdown-nodes.ts";
import { parseMarkdown } from "../../../support/discord/page/parse-markdown.ts";

type Json = Readonly<Record<string, unknown>>;

/** Every component of a message, those inside of others too, as they are shown. */
export function componentsOf({ components }: Pick<MessageContent, "components">): readonly Json[] {
  const walk = (component: Json): readonly Json[] => [
    component,
    ...((component.components ?? []) as readonly Json[]).flatMap(walk),
  ];
  return (components as unknown as readonly Json[]).flatMap(walk);
}

/** The words of each Text Display. */
export function textsOf(message: MessageContent): readonly string[] {
  return componentsOf(message).flatMap(({ type, content }) => (type === 10 ? [String(content)] : []));
}

/** The first Text Display, line by line, as Discord's client reads it. */
export function linesOf(message: MessageContent): readonly (readonly MarkdownNode[])[] {
  return (textsOf(message)[0] ?? "").split("\n").map(parseMarkdown);
}

export function buttonsOf(message: MessageContent): readonly Json[] {
  return componentsOf(message).filter(({ type }) => type === 2);
}

/** The labels of each row. */
export function rowsOf(message: MessageContent): readonly (readonly unknown[])[] {
  return componentsOf(message)
    .filter(({ type }) => type === 1)
    .map(({ components }) => (components as readonly Json[]).map(({ label }) => label));
}
