import { createHmac, timingSafeEqual } from "node:crypto";
import { factsOf } from "./picture-facts.ts";
import type { AttachmentRecord, ChannelRecord, Json } from "./records.ts";
import type { World } from "./world.ts";

/** "The default file size limit is 10 MiB": https://docs.discord.com/developers/reference#uploading-files */
export const UPLOAD_LIMIT = 10 * 1024 * 1024;
/** More with boosts: https://support.discord.com/hc/en-us/articles/360028038352 (tiers 2 and 3). */
const TIER_LIMITS = [UPLOAD_LIMIT, UPLOAD_LIMIT, 50 * 1024 * 1024, 100 * 1024 * 1024];
/** Links end: https://docs.discord.com/developers/reference#signed-attachment-cdn-urls */
const LINK_MS = 24 * 60 * 60 * 1000;

export function limitOfTier(tier: number): number {
  return TIER_LIMITS[tier] ?? UPLOAD_LIMIT;
}

export interface NewFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly description: string | undefined;
  readonly isEphemeral: boolean;
}

export function keepFile(world: World, channel: ChannelRecord, file: NewFile): AttachmentRecord {
  const name = file.name.replace(/[^\w.-]+/g, "_") || "unknown";
  const attachment: AttachmentRecord = {
    id: world.id(),
    name,
    description: file.description,
    bytes: file.bytes,
    ...factsOf(name, file.bytes),
    channel: channel.id,
    isEphemeral: file.isEphemeral,
  };
  world.attachments.set(attachment.id, attachment);
  return attachment;
}

/** `ex` and `is` are hexadecimal seconds, `hm` seals them: https://docs.discord.com/developers/reference#signed-attachment-cdn-urls */
export function linkTo(world: World, attachment: AttachmentRecord): string {
  const path = pathOf(attachment);
  const issued = Math.floor(world.clock.now() / 1000);
  const ex = Math.floor(issued + LINK_MS / 1000).toString(16);
  const is = issued.toString(16);
  return `${world.url}${path}?ex=${ex}&is=${is}&hm=${sealOf(world, path, ex, is)}&`;
}

function pathOf(attachment: AttachmentRecord): string {
  const folder = attachment.isEphemeral ? "ephemeral-attachments" : "attachments";
  return `/${folder}/${attachment.channel}/${attachment.id}/${encodeURIComponent(attachment.name)}`;
}

function sealOf(world: World, path: string, ex: string, is: string): string {
  return createHmac("sha256", world.app.id).update(`${path} ${ex} ${is}`).digest("hex");
}

/** The file that a link leads to; undefined when it is forged or has ended. */
export function openLink(world: World, url: URL): AttachmentRecord | undefined {
  const attachment = world.attachments.get(url.pathname.split("/")[3] ?? "");
  if (attachment === undefined || pathOf(attachment) !== url.pathname) return undefined;
  const part = (name: string) => url.searchParams.get(name) ?? "";
  const seal = Buffer.from(sealOf(world, url.pathname, part("ex"), part("is")));
  const given = Buffer.from(part("hm"));
  if (seal.length !== given.length || !timingSafeEqual(seal, given)) return undefined;
  return Number.parseInt(part("ex"), 16) * 1000 > world.clock.now() ? attachment : undefined;
}

export function toAttachmentJson(world: World, attachment: AttachmentRecord): Json {
  const url = linkTo(world, attachment);
  const { id, name, description, contentType, bytes, width, height } = attachment;
  return {
    id,
    filename: name,
    ...(description === undefined ? {} : { description }),
    size: bytes.length,
    url,
    proxy_url: url,
    content_type: contentType,
    content_scan_version: 0,
    flags: 0,
    ...(width === undefined ? {} : { width, height, placeholder: "", placeholder_version: 1 }),
    ...(attachment.isEphemeral ? { ephemeral: true } : {}),
  };
}

export function isPicture(attachment: AttachmentRecord): boolean {
  return attachment.contentType.startsWith("image/");
}
