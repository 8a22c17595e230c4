/** What Discord's client makes of markdown. */
export type MarkdownNode =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: Style; readonly inside: readonly MarkdownNode[] }
  | { readonly type: "heading"; readonly level: number; readonly inside: readonly MarkdownNode[] }
  | {
      readonly type: "list";
      /** undefined: with dots. */
      readonly start: number | undefined;
      readonly items: readonly (readonly MarkdownNode[])[];
    }
  | { readonly type: "code" | "code_block"; readonly text: string }
  | { readonly type: "mention"; readonly kind: MentionKind; readonly id: string }
  | { readonly type: "time"; readonly seconds: number; readonly style: string }
  /** A name in colons; with an id, of a server's own. */
  | { readonly type: "emoji"; readonly name: string; readonly id: string | undefined }
  /** Without words of its own the address is shown. */
  | { readonly type: "link"; readonly url: string; readonly inside: readonly MarkdownNode[] };

export type Style = "bold" | "italic" | "underline" | "strike" | "spoiler" | "quote" | "subtext";
export type MentionKind = "user" | "role" | "channel" | "everyone" | "game" | "command" | "place";

/** All nodes, those inside of others too. */
export function everyNode(nodes: readonly MarkdownNode[]): readonly MarkdownNode[] {
  return nodes.flatMap((node) => {
    if (node.type === "list") return [node, ...node.items.flatMap(everyNode)];
    return "inside" in node ? [node, ...everyNode(node.inside)] : [node];
  });
}

/** What people read, mentions as they were written. */
export function visibleText(nodes: readonly MarkdownNode[]): string {
  return nodes.map(visible).join("");
}

function visible(node: MarkdownNode): string {
  switch (node.type) {
    case "text":
    case "code":
    case "code_block":
      return node.text;
    case "list":
      return node.items.map(visibleText).join("\n");
    case "mention":
      return `<${node.kind}:${node.id}>`;
    case "time":
      return `<time:${node.seconds}>`;
    case "emoji":
      return `<emoji:${node.name}>`;
    default:
      return visibleText(node.inside);
  }
}
