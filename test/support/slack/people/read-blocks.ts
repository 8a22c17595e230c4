import type { SlackButton, SlackImage } from "../slack-message.ts";
import type { Json } from "../world/records.ts";

// What a person reads in blocks and can press on them.

/** The text of a text object. */
export function textOf(value: unknown): string | undefined {
  const text = (value as Json | null | undefined)?.text;
  return typeof text === "string" ? text : undefined;
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** All elements that can be acted on, with the block that they are in. */
export function elementsOf(
  blocks: readonly Json[],
): readonly { readonly block: Json; readonly element: Json }[] {
  return blocks.flatMap((block) => {
    const elements = block.type === "actions" || block.type === "context" ? listOf(block.elements) : [];
    const single = [block.accessory, block.element].filter((each) => each !== undefined) as Json[];
    return [...elements, ...single].map((element) => ({ block, element }));
  });
}

export function buttonsOf(blocks: readonly Json[]): readonly SlackButton[] {
  return elementsOf(blocks)
    .filter(({ element }) => element.type === "button")
    .map(({ block, element }) => ({
      label: textOf(element.text) ?? "",
      actionId: String(element.action_id ?? ""),
      blockId: String(block.block_id ?? ""),
      value: element.value as string | undefined,
      style: element.style as string | undefined,
      url: element.url as string | undefined,
    }));
}

export function imagesOf(blocks: readonly Json[]): readonly SlackImage[] {
  const images = [
    ...blocks.filter((block) => block.type === "image"),
    ...elementsOf(blocks).flatMap(({ element }) => (element.type === "image" ? [element] : [])),
  ];
  return images.map((image) => {
    const file = image.slack_file as Json | undefined;
    return {
      alt: String(image.alt_text ?? ""),
      file: file?.id as string | undefined,
      url: (image.image_url ?? file?.url) as string | undefined,
    };
  });
}

/** The options of a select or radio group. */
export function optionsOf(element: Json): readonly { readonly label: string; readonly value: string }[] {
  const groups = listOf(element.option_groups).flatMap((group) => listOf(group.options));
  return [...listOf(element.options), ...groups].map((option) => ({
    label: textOf(option.text) ?? "",
    value: String(option.value),
  }));
}

/** Everything that a person reads, a line a block. */
export function wordsOf(blocks: readonly Json[]): string {
  return blocks
    .map(wordsOfBlock)
    .filter((line) => line !== "")
    .join("\n");
}

function wordsOfBlock(block: Json): string {
  switch (block.type) {
    case "section": {
      const texts = [block.text, ...listOf(block.fields)].map(textOf);
      return texts.filter((text) => text !== undefined).join("\n");
    }
    case "header":
      return textOf(block.text) ?? "";
    case "context":
      return listOf(block.elements)
        .map((element) => textOf(element) ?? "")
        .filter((text) => text !== "")
        .join(" ");
    case "image":
      return textOf(block.title) ?? "";
    case "input":
      return [textOf(block.label), textOf(block.hint)].filter((text) => text !== undefined).join("\n");
    case "rich_text":
      return listOf(block.elements).map(wordsOfRichElement).join("\n").replace(/\n+$/, "");
    default:
      return "";
  }
}

function wordsOfRichElement(element: Json): string {
  if (element.type === "rich_text_list") {
    return listOf(element.elements)
      .map((each) => `• ${wordsOfRichElement(each)}`)
      .join("\n");
  }
  return listOf(element.elements).map(wordsOfRichText).join("");
}

function wordsOfRichText(element: Json): string {
  switch (element.type) {
    case "text":
      return String(element.text);
    case "user":
      return `<@${element.user_id}>`;
    case "channel":
      return `<#${element.channel_id}>`;
    case "usergroup":
      return `<!subteam^${element.usergroup_id}>`;
    case "broadcast":
      return `<!${element.range}>`;
    case "emoji":
      return `:${element.name}:`;
    case "link":
      return String(element.text ?? element.url);
    default:
      return "";
  }
}
