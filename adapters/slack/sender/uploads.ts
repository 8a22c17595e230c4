import type { ImageMime } from "../../../src/core/asset.ts";
import { createFewAtOnce } from "../../../src/core/few-at-once.ts";
import type { AssetId } from "../../../src/core/ids.ts";
import type { AssetFile, AssetReader } from "../../../src/ports/assets.ts";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/ports/log.ts";
import type { TeamAccess } from "../installs/access.ts";
import type { Slack } from "./ask-slack.ts";
import type { FileRows, UploadedFile } from "./file-rows.ts";
import type { SharePlace } from "./in-thread.ts";
import { keepUpload } from "./keep-upload.ts";
import { sendBytes } from "./send-bytes.ts";
import type { SenderLimits } from "./sender-limits.ts";

export interface UploadOrder {
  readonly asset: AssetId;
  /** A file name; its ending is set to what the file is. */
  readonly name: string;
  /**
   * A picture that messages cannot show well is shared here as a file. Undefined for one that is only
   * shown: then it must be of a type that Slack shows.
   */
  readonly shareIn: (() => Promise<SharePlace>) | undefined;
}

export interface Uploads {
  /**
   * The file of an asset in a workspace, uploaded unless it is there already.
   *
   * @throws ChatError `refused`, in words for people, when Slack does not take it.
   */
  keep(access: TeamAccess, order: UploadOrder): Promise<UploadedFile>;
}

/**
 * What is shown itself rather than by its preview. Slack shows PNG, JPEG and GIF
 * (https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object) and documents no
 * other limits. People report that beyond about 7,000 pixels it shows no preview
 * (https://github.com/Expensify/App/issues/38180); and a telephone should not have to load more than 8 MiB.
 */
const SHOWN_MAX = { side: 4_096, bytes: 8 * 1024 * 1024 } as const;

const ENDINGS = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const satisfies Readonly<
  Record<ImageMime, string>
>;

interface Parts {
  readonly slack: Slack;
  readonly assets: AssetReader;
  readonly rows: FileRows;
  readonly clock: Clock;
  readonly limits: SenderLimits;
}

export function createUploads({ slack, assets, rows, clock, limits }: Parts): Uploads {
  const fewAtOnce = createFewAtOnce(limits.uploadsMax);
  const running = new Map<string, Promise<UploadedFile>>();

  /** Slack is told to keep what was sent. Undefined when it has lost it. */
  async function keepSent(
    access: TeamAccess,
    order: UploadOrder,
    sent: UploadedFile,
  ): Promise<UploadedFile | undefined> {
    const place = sent.shared ? await order.shareIn?.() : undefined;
    const kept = await keepUpload(slack, access, sent, { title: nameOf(order, sent.type), place });
    if (kept !== undefined) await rows.put(kept);
    return kept;
  }

  async function findKept(access: TeamAccess, order: UploadOrder): Promise<UploadedFile | undefined> {
    const row = await rows.find(access.team, order.asset);
    if (row === undefined || row.state === "ready") return row;
    if (clock().getTime() - row.uploadedAt.getTime() >= limits.stuckMs) return undefined;
    return row.state === "sent" ? keepSent(access, order, row) : row;
  }

  async function upload(access: TeamAccess, order: UploadOrder): Promise<UploadedFile> {
    const image = await assets.find(order.asset);
    if (image === undefined) throw new ChatError("refused", "The picture is no longer kept.");
    const shared = order.shareIn !== undefined && !isShown(image);
    if (!shared && image.mime === "image/webp") {
      throw new ChatError("refused", "Slack does not show WebP pictures.");
    }
    const type = ENDINGS[image.mime];
    const filename = nameOf(order, type);
    const { upload_url: url, file_id: file } = await slack.ask(
      access,
      "files.getUploadURLExternal",
      (client) => client.files.getUploadURLExternal({ filename, length: image.bytes.length }),
    );
    if (url === undefined || file === undefined) {
      throw new ChatError("unavailable", "Slack gave no address for an upload");
    }
    await sendBytes(url, image.bytes, limits.uploadMsMax);
    const { team } = access;
    const { asset } = order;
    const uploadedAt = clock();
    const sent = {
      team,
      asset,
      file,
      type,
      state: "sent",
      shared,
      permalink: undefined,
      uploadedAt,
    } as const;
    // Before Slack is told to keep it, so that nobody uploads it again after a crash, or shares it twice.
    await rows.put(sent);
    const kept = await keepSent(access, order, sent);
    if (kept === undefined) throw new ChatError("unavailable", "Slack has lost an upload");
    return kept;
  }

  return {
    async keep(access, order) {
      const key = `${access.team} ${order.asset}`;
      const begun = running.get(key);
      if (begun !== undefined) return begun;
      const work = findKept(access, order).then((kept) => kept ?? fewAtOnce(() => upload(access, order)));
      running.set(key, work);
      return work.finally(() => running.delete(key));
    },
  };
}

function nameOf({ name }: UploadOrder, type: string): string {
  return `${name.replace(/\.[a-z]+$/, "")}.${type}`;
}

function isShown({ mime, width, height, bytes }: AssetFile): boolean {
  return (
    mime !== "image/webp" && Math.max(width, height) <= SHOWN_MAX.side && bytes.length <= SHOWN_MAX.bytes
  );
}
