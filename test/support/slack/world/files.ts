import type { ChannelRecord, FileRecord, Json, TeamRecord } from "./records.ts";
import type { World } from "./world.ts";

/** Whether Slack has processed a file: its type is known, and blocks may show it. */
export function isReady(file: FileRecord): boolean {
  return file.readyAt !== undefined && file.readyAt <= Date.now();
}

/** By its first bytes, as Slack looks at files rather than at their names. */
export function sniffMimetype(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\x89PNG")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("GIF8")) return "image/gif";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "image/webp";
  return "application/octet-stream";
}

/** Empty while Slack is at it: https://docs.slack.dev/messaging/working-with-files (files are processed asynchronously). */
export function mimetypeOf(file: FileRecord): string {
  return isReady(file) && file.bytes !== undefined ? sniffMimetype(file.bytes) : "";
}

/** Begins the processing of an uploaded file. */
export function completeFile(world: World, file: FileRecord): void {
  const real = world.settings.fileReadyMs;
  file.readyAt = Date.now() + real;
  const timer = setTimeout(() => world.changed(), real + 1);
  timer.unref();
}

/** Whether the bot of a workspace may read a file: its own, or shared where it is. */
export function canRead(world: World, team: TeamRecord, file: FileRecord): boolean {
  if (file.owner === team.botUserId) return true;
  return file.shares.some(({ channel }) => world.channels.get(channel)?.members.has(team.botUserId));
}

/** Adds a file of a person's, as their client uploads it. */
export function addPersonsFile(
  world: World,
  owner: { readonly id: string; readonly team: string },
  upload: { readonly name: string; readonly bytes: Uint8Array },
): FileRecord {
  const file: FileRecord = {
    id: world.id("F"),
    team: owner.team,
    owner: owner.id,
    name: upload.name,
    title: upload.name.replace(/\.[^.]+$/, ""),
    declaredSize: upload.bytes.length,
    altText: undefined,
    bytes: upload.bytes,
    readyAt: Date.now(),
    shares: [],
    createdAt: Date.now(),
  };
  world.files.set(file.id, file);
  return file;
}

/** https://docs.slack.dev/reference/objects/file-object */
export function toFileJson(world: World, file: FileRecord): Json {
  const mimetype = mimetypeOf(file);
  const path = `${world.url}/files-pri/${file.team}-${file.id}`;
  return {
    id: file.id,
    created: Math.floor(file.createdAt / 1000),
    timestamp: Math.floor(file.createdAt / 1000),
    name: file.name,
    title: file.title,
    mimetype,
    filetype: mimetype === "" ? "" : (mimetype.split("/")[1]?.replace("jpeg", "jpg") ?? ""),
    pretty_type: mimetype === "" ? "" : (mimetype.split("/")[1]?.toUpperCase() ?? ""),
    user: file.owner,
    user_team: file.team,
    editable: false,
    size: file.bytes?.length ?? file.declaredSize,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    username: "",
    url_private: `${path}/${encodeURIComponent(file.name)}`,
    url_private_download: `${path}/download/${encodeURIComponent(file.name)}`,
    permalink: `${world.url}/files/${file.owner}/${file.id}/${encodeURIComponent(file.name)}`,
    file_access: "visible",
    shares: isReady(file) ? sharesOf(world, file) : {},
    channels: idsOf(world, file, "public"),
    groups: idsOf(world, file, "private"),
    ims: idsOf(world, file, "im"),
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
  };
}

function idsOf(world: World, file: FileRecord, kind: ChannelRecord["kind"]): readonly string[] {
  const ids = file.shares.map((share) => share.channel);
  return [...new Set(ids)].filter((id) => world.channels.get(id)?.kind === kind);
}

function sharesOf(world: World, file: FileRecord): Json {
  const shares: Record<string, Record<string, Json[]>> = {};
  for (const share of file.shares) {
    const kind = world.channels.get(share.channel)?.kind === "public" ? "public" : "private";
    const byChannel = shares[kind] ?? {};
    shares[kind] = byChannel;
    const thread = share.threadTs === undefined ? {} : { thread_ts: share.threadTs };
    byChannel[share.channel] = [...(byChannel[share.channel] ?? []), { ts: share.ts, ...thread }];
  }
  return shares;
}
