import type { Asset } from "../core/asset.ts";
import type { AssetId, EventId } from "../core/ids.ts";
import { REFERENCES_MAX } from "../core/round.ts";
import { type CleanImage, cleanImage } from "../images/clean-image.ts";
import { type ImageFault, inspectImage, PIXELS_MAX } from "../images/inspect-image.ts";
import type { BlobStore } from "../ports/blobs.ts";
import { type Attachment, ChatError } from "../ports/chat.ts";
import type { Clock, Log } from "../ports/log.ts";
import type { Database } from "../ports/records.ts";
import { assetKey } from "./keys.ts";
import { referenceId } from "./reference-id.ts";

/** 20 MB: more than any camera's JPEG, and what image models take at most. */
export const REFERENCE_BYTES_MAX = 20 * 1024 * 1024;
const LIMITS = { bytesMax: REFERENCE_BYTES_MAX, pixelsMax: PIXELS_MAX } as const;

/** Keeps the pictures that came with an event. The same event keeps them once, however often it is delivered. */
export type KeepReferences = (event: EventId, attachments: readonly Attachment[]) => Promise<KeptReferences>;

export type KeptReferences =
  | { readonly status: "kept"; readonly references: readonly AssetId[] }
  /** One of them cannot be used, so none is kept. `name` is as the person gave it. */
  | { readonly status: "bad_reference"; readonly name: string; readonly fault: ReferenceFault }
  | { readonly status: "too_many_references"; readonly count: number };

/** `unreadable`: larger than `REFERENCE_BYTES_MAX`, or not to be had any more: a platform does not say which. */
export type ReferenceFault = ImageFault | "unreadable";

export interface KeepReferencesParts {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * What people send may be anything: it is looked at as hostile, and kept as pixels alone, without the
 * place and the camera that a photo tells of. All are looked at before the first is kept.
 *
 * @throws ChatError `unavailable` when the platform does not hand one out for now; StorageError when one
 * cannot be kept.
 */
export function createKeepReferences(parts: KeepReferencesParts): KeepReferences {
  return async (event, attachments) => {
    if (attachments.length > REFERENCES_MAX) {
      return { status: "too_many_references", count: attachments.length };
    }
    const looks = await Promise.all(
      attachments.map(async (attachment, index) => look(parts, await referenceId(event, index), attachment)),
    );
    const bad = looks.find((each) => each.status === "bad_reference");
    if (bad) {
      parts.log.info("reference.refused", { fault: bad.fault });
      return bad;
    }
    const found = looks.filter((each) => each.status !== "bad_reference");
    for (const each of found) if (each.status === "new") await keep(parts, each.id, each.image);
    return { status: "kept", references: found.map((each) => each.id) };
  };
}

type Look =
  | { readonly status: "known"; readonly id: AssetId }
  | { readonly status: "new"; readonly id: AssetId; readonly image: CleanImage }
  | Extract<KeptReferences, { status: "bad_reference" }>;

async function look(parts: KeepReferencesParts, id: AssetId, attachment: Attachment): Promise<Look> {
  // An event that comes again: its pictures are here, and the platform may have dropped them since.
  if (await isKept(parts, id)) return { status: "known", id };
  const { name } = attachment;
  const bytes = await read(attachment);
  if (bytes === undefined) return { status: "bad_reference", name, fault: "unreadable" };
  const check = await inspectImage(bytes, LIMITS);
  if (check.status === "bad") return { status: "bad_reference", name, fault: check.reason };
  return { status: "new", id, image: await cleanImage(bytes, undefined) };
}

/** A row alone is one of which a crash came before the bytes. */
async function isKept({ database, blobs }: KeepReferencesParts, id: AssetId): Promise<boolean> {
  const row = await database.records.assets.find(id);
  return row !== undefined && (await blobs.find(assetKey(id))) !== undefined;
}

async function read(attachment: Attachment): Promise<Uint8Array | undefined> {
  try {
    return await attachment.read(REFERENCE_BYTES_MAX);
  } catch (error) {
    if (error instanceof ChatError && error.kind !== "unavailable") return undefined;
    throw error;
  }
}

/** The row first: whatever a crash leaves of a wish that comes to nothing is found by it; see `RemainsStore.unused`. */
async function keep(parts: KeepReferencesParts, id: AssetId, image: CleanImage): Promise<void> {
  const { bytes, mime, width, height } = image;
  const asset: Asset = {
    id,
    kind: "reference",
    mime,
    width,
    height,
    bytes: bytes.length,
    recipe: undefined,
    parents: [],
  };
  await parts.database.records.assets.add(asset, parts.clock());
  await parts.blobs.put(assetKey(id), bytes);
}
