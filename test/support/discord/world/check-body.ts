import { checkMessage } from "../components/check-message.ts";
import { listOf } from "./components.ts";
import type { AttachmentRecord, Json, MessageRecord } from "./records.ts";
import { invalid, invalidForm } from "./refusal.ts";

/** https://docs.discord.com/developers/resources/message#message-object-message-flags */
export const FLAG = {
  suppressEmbeds: 1 << 2,
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;

/** Of those, what an app may say. */
export const SETTABLE = FLAG.suppressEmbeds | FLAG.ephemeral | FLAG.suppressNotifications | FLAG.componentsV2;

/**
 * Checks what a message is to say.
 *
 * @param before the message that is edited: it keeps IS_COMPONENTS_V2, and "unsupported flag changes are currently
 * ignored without error" (https://docs.discord.com/developers/resources/message#edit-message).
 */
export function checkBody(
  body: Json,
  attachments: readonly AttachmentRecord[],
  before: MessageRecord | undefined,
): void {
  const isEdit = before !== undefined;
  const kept = (before?.flags ?? 0) & FLAG.componentsV2;
  const flags = isEdit ? (Number(body.flags ?? 0) & SETTABLE) | kept : (body.flags ?? 0);
  if (isEdit && (Number(flags) & FLAG.componentsV2) !== 0) requireEmptied(body, before);
  const names = attachments.map((each) => each.name);
  const flaws = checkMessage({ ...body, flags }, names);
  if (flaws.length > 0) throw invalidForm(flaws);
}

/**
 * "When the IS_COMPONENTS_V2 flag is set, any of the used content, embeds … fields must have their values reset to
 * empty": https://docs.discord.com/developers/resources/message#edit-message
 */
function requireEmptied(body: Json, before: MessageRecord): void {
  const code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
  const words = (field: string) =>
    `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
  if (body.content === undefined && before.content !== "") throw invalid("content", code, words("content"));
  if (body.embeds === undefined && listOf(before.embeds).length > 0)
    throw invalid("embeds", code, words("embeds"));
}
