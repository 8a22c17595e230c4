import { keepFile } from "./attachments.ts";
import { listOf } from "./components.ts";
import type { AttachmentRecord, ChannelRecord, Json } from "./records.ts";
import { invalid, Refusal, tooLarge } from "./refusal.ts";
import type { World } from "./world.ts";

/** A file of a multipart body. */
export interface FilePart {
  /** `files[0]` */
  readonly field: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface FileWrite {
  readonly body: Json;
  readonly files: readonly FilePart[];
  /** Bytes that a file may have. */
  readonly limit: number;
  readonly isEphemeral: boolean;
}

/** "Maximum number of attachments in a message reached (10)" */
const FILES_MAX = 10;

/**
 * The attachments of a message after a write. New ones come as `files[n]`, described by the entry of `attachments`
 * with id n; others are kept that `attachments` lists by their id, or all without that list.
 * https://docs.discord.com/developers/reference#uploading-files,
 * https://docs.discord.com/developers/resources/message#edit-message
 */
export function writtenFiles(
  world: World,
  channel: ChannelRecord,
  write: FileWrite,
  before: readonly AttachmentRecord[],
): readonly AttachmentRecord[] {
  const listed = write.body.attachments === undefined ? undefined : listOf(write.body.attachments);
  for (const file of write.files) if (file.bytes.length > write.limit) throw tooLarge();
  const numberOf = (file: FilePart) => /^files\[(\d+)\]$/.exec(file.field)?.[1];
  const misnamed = write.files.find((file) => numberOf(file) === undefined);
  if (misnamed !== undefined) world.problems.push(`a file was sent as ${misnamed.field}, not as files[n]`);

  const kept =
    listed === undefined ? before : listed.flatMap((entry, at) => keptBy(entry, at, write, before));
  const added = write.files.map((file) => {
    const entry = listed?.find((each) => String(each.id) === numberOf(file));
    // "The attachments array must contain all attachments that should be present after edit, including new ones."
    if (listed !== undefined && entry === undefined)
      world.problems.push(`attachments does not list ${file.field}`);
    const { filename, description } = entry ?? {};
    return keepFile(world, channel, {
      name: typeof filename === "string" ? filename : file.name,
      bytes: file.bytes,
      description: typeof description === "string" ? description : undefined,
      isEphemeral: write.isEphemeral,
    });
  });
  if (kept.length + added.length > FILES_MAX)
    throw new Refusal(400, 30015, "Maximum number of attachments in a message reached (10)");
  return [...kept, ...added];
}

function keptBy(
  entry: Json,
  at: number,
  write: FileWrite,
  before: readonly AttachmentRecord[],
): readonly AttachmentRecord[] {
  const id = String(entry.id);
  if (write.files.some((file) => file.field === `files[${id}]`)) return [];
  const found = before.find((each) => each.id === id);
  if (found === undefined)
    throw invalid(`attachments.${at}.id`, "ATTACHMENT_NOT_FOUND", `Attachment data for ${id} was not found.`);
  if (!("description" in entry)) return [found];
  return [{ ...found, description: typeof entry.description === "string" ? entry.description : undefined }];
}
