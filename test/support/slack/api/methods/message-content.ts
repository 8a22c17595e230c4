import type { Json } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import type { Arguments } from "../arguments.ts";

export interface MessageContent {
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
}

/** What a message says, from the arguments of a chat method or the body of a response. @throws Refusal */
export function readContent(args: Arguments): MessageContent {
  const blocks = args.json("blocks", "invalid_blocks_format");
  const attachments = args.json("attachments", "invalid_attachments");
  if (args.has("markdown_text") && (args.has("text") || args.has("blocks")))
    throw new Refusal("markdown_text_conflict");
  return {
    text: args.text("text") ?? args.text("markdown_text") ?? "",
    blocks: toObjects(blocks, "invalid_blocks_format"),
    attachments: checkAttachments(toObjects(attachments, "invalid_attachments")),
  };
}

/** @throws Refusal `error` when it is not a list of objects. */
export function toObjects(value: unknown, error: string): readonly Json[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every(isObject)) throw new Refusal(error);
  return value;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** "A maximum of 100 attachments are allowed on a message": https://docs.slack.dev/reference/methods/chat.postMessage */
function checkAttachments(attachments: readonly Json[]): readonly Json[] {
  if (attachments.length > 100) throw new Refusal("too_many_attachments");
  return attachments;
}

/**
 * chat.update: "the text field cannot exceed 4,000 characters". chat.postMessage truncates after 40,000,
 * which would lose what somebody meant to say: refused here. https://docs.slack.dev/reference/methods/chat.update
 */
export function checkText(text: string, lengthMax: number): void {
  if (text.length > lengthMax) throw new Refusal("msg_too_long");
}

/** https://docs.slack.dev/messaging/message-metadata. @throws Refusal */
export function checkMetadata(metadata: unknown): Json | undefined {
  if (metadata === undefined) return undefined;
  if (!isObject(metadata)) throw new Refusal("invalid_metadata_format");
  if (Object.keys(metadata).length === 0) return metadata;
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== "string" || type === "" || !isObject(payload))
    throw new Refusal("invalid_metadata_schema");
  if (JSON.stringify(metadata).length > 8000) throw new Refusal("metadata_too_large");
  return metadata;
}
