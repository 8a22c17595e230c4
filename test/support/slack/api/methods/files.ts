import { checkMessageBlocks } from "../../blocks/check-blocks.ts";
import { findJoinedChannel } from "../../world/channels.ts";
import { canRead, completeFile, toFileJson } from "../../world/files.ts";
import { addMessage, findThread } from "../../world/messages.ts";
import type { FileRecord } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import { type BotMethod, type MethodCall, TIER } from "../method.ts";
import { toObjects } from "./message-content.ts";

/** "Description for the image is longer than the limit of 1000 character": https://docs.slack.dev/reference/methods/files.getUploadURLExternal */
const ALT_TEXT_LENGTH_MAX = 1000;
/** "The maximum file size is 1 GB": https://docs.slack.dev/messaging/working-with-files */
const FILE_SIZE_MAX = 1_000_000_000;

const getUploadUrl: BotMethod = {
  name: "files.getUploadURLExternal",
  token: "bot",
  scopes: ["files:write"],
  perMinute: TIER.t4,
  // The SDK's filesUploadV2 sends alt_text, which Slack does not know.
  args: ["filename", "length", "alt_txt", "snippet_type"],
  run({ world, args, team }) {
    const length = args.number("length") ?? 0;
    if (length <= 0) throw new Refusal("missing_argument");
    if (length > FILE_SIZE_MAX) throw new Refusal("file_upload_size_restricted");
    const altText = args.text("alt_txt");
    if (altText !== undefined && altText.length > ALT_TEXT_LENGTH_MAX) throw new Refusal("alt_txt_too_large");
    const name = args.required("filename");
    const file: FileRecord = {
      id: world.id("F"),
      team: team.id,
      owner: team.botUserId,
      name,
      title: name,
      declaredSize: length,
      altText,
      bytes: undefined,
      readyAt: undefined,
      shares: [],
      createdAt: Date.now(),
    };
    world.files.set(file.id, file);
    return { upload_url: `${world.url}/upload/v1/${file.id}`, file_id: file.id };
  },
};

const completeUpload: BotMethod = {
  name: "files.completeUploadExternal",
  token: "bot",
  scopes: ["files:write"],
  perMinute: TIER.t4,
  args: ["files", "channel_id", "channels", "initial_comment", "thread_ts", "blocks"],
  run(call) {
    const { world, args, team } = call;
    const entries = toObjects(args.json("files", "invalid_arguments"), "invalid_arguments");
    if (entries.length === 0)
      throw new Refusal("invalid_arguments", ["[ERROR] missing required field: files"]);
    const files = entries.map((entry) => findUploaded(call, entry.id));
    const place = findSharePlace(call);
    const blocks = toObjects(args.json("blocks", "invalid_blocks"), "invalid_blocks");
    if (blocks.some((block) => block.type !== "rich_text")) throw new Refusal("invalid_blocks");
    checkMessageBlocks(world, team, blocks);
    for (const [index, file] of files.entries()) {
      const title = entries[index]?.title;
      if (typeof title === "string") file.title = title;
      completeFile(world, file);
    }
    if (place !== undefined) {
      const comment = args.text("initial_comment");
      addMessage(world, place.channel, {
        user: team.botUserId,
        byApp: true,
        text: comment ?? "",
        blocks: comment === undefined ? blocks : [],
        files: files.map((file) => file.id),
        threadTs: place.threadTs,
      });
    }
    // Without a channel the files are the app's own; the answer never says the ts of a share.
    return {
      files: files.map((file) =>
        place === undefined ? { id: file.id, title: file.title } : toFileJson(world, file),
      ),
    };
  },
};

function findUploaded({ world, team }: MethodCall, id: unknown): FileRecord {
  const file = typeof id === "string" ? world.files.get(id) : undefined;
  if (
    file === undefined ||
    file.owner !== team.botUserId ||
    file.bytes === undefined ||
    file.readyAt !== undefined
  )
    throw new Refusal("file_not_found");
  return file;
}

function findSharePlace({ world, team, args }: MethodCall) {
  const id = args.text("channel_id") ?? args.text("channels");
  if (id === undefined) return undefined;
  const channel = findJoinedChannel(world, team, id);
  if (channel.archived) throw new Refusal("posting_to_channel_denied");
  const thread = args.text("thread_ts");
  return { channel, threadTs: thread === undefined ? undefined : findThread(world, channel, thread) };
}

const info: BotMethod = {
  name: "files.info",
  token: "bot",
  scopes: ["files:read"],
  perMinute: TIER.t4,
  args: ["file", "count", "cursor", "limit", "page"],
  run(call) {
    const file = findReadableFile(call);
    return { file: toFileJson(call.world, file), comments: [], response_metadata: { next_cursor: "" } };
  },
};

const remove: BotMethod = {
  name: "files.delete",
  token: "bot",
  scopes: ["files:write"],
  perMinute: TIER.t3,
  args: ["file"],
  run(call) {
    const file = findReadableFile(call);
    if (file.owner !== call.team.botUserId) throw new Refusal("cant_delete_file");
    call.world.files.delete(file.id);
    for (const share of file.shares) {
      const message = call.world.channels.get(share.channel)?.messages.find((each) => each.ts === share.ts);
      if (message !== undefined) message.files = message.files.filter((id) => id !== file.id);
    }
    call.world.changed();
    return {};
  },
};

function findReadableFile({ world, team, args }: MethodCall): FileRecord {
  const file = world.files.get(args.required("file"));
  if (file === undefined || !canRead(world, team, file)) throw new Refusal("file_not_found");
  return file;
}

export const FILE_METHODS: readonly BotMethod[] = [getUploadUrl, completeUpload, info, remove];
