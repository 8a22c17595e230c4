import type { Picture } from "../../../src/core/card.ts";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { TeamAccess } from "../installs/access.ts";
import type { FileRows, UploadedFile } from "./file-rows.ts";
import type { FileWatch } from "./file-watch.ts";
import type { SharePlace } from "./in-thread.ts";
import { createOutages } from "./outages.ts";
import type { SenderLimits } from "./sender-limits.ts";
import type { UploadOrder, Uploads } from "./uploads.ts";

/** A picture as a message may show it. */
export type ShownPicture =
  | {
      readonly status: "shown";
      readonly file: UploadedFile;
      /** The address of the one in full resolution, when it is another file. */
      readonly full: string | undefined;
      /** What a person should know about it. */
      readonly remark: string | undefined;
    }
  | { readonly status: "missing"; readonly why: string };

export interface Pictures {
  /**
   * Brings a picture into a workspace.
   *
   * @param shareIn where the one in full resolution goes, if messages cannot show that.
   * @throws ChatError `unavailable` when it is worth waiting for.
   */
  bring(access: TeamAccess, picture: Picture, shareIn: () => Promise<SharePlace>): Promise<ShownPicture>;
  /** A message shows it, or Slack did not take it for one: then it is to be looked at again. */
  note(file: UploadedFile, shown: boolean): Promise<void>;
}

interface Parts {
  readonly log: Log;
  readonly clock: Clock;
  readonly limits: SenderLimits;
  readonly uploads: Uploads;
  readonly watch: FileWatch;
  readonly rows: FileRows;
}

/** A file that somebody has deleted is uploaded once more. */
const UPLOADS_MAX = 2;

export function createPictures({ uploads, watch, rows, log, clock, limits }: Parts): Pictures {
  const outages = createOutages(clock);

  /** What Slack does not take for longer than anybody should wait, it is said to refuse. */
  async function readyInTime(access: TeamAccess, order: UploadOrder): Promise<UploadedFile> {
    try {
      const file = await ready(access, order);
      outages.over(order.asset);
      return file;
    } catch (error) {
      if (!(error instanceof ChatError) || error.kind !== "unavailable") throw error;
      // With a time to come back at, Slack only wants others to go first.
      const lastsMs = error.retryAfterMs === undefined ? outages.lasts(order.asset) : 0;
      if (lastsMs < limits.patienceMs) throw error;
      log.warn("slack.picture_given_up", { asset: order.asset, reason: error.message });
      throw new ChatError("refused", "Slack does not take files now. It comes with the next change.");
    }
  }

  async function ready(access: TeamAccess, order: UploadOrder): Promise<UploadedFile> {
    for (let count = 0; count < UPLOADS_MAX; count++) {
      const kept = await uploads.keep(access, order);
      const file = kept.shared ? kept : await watch.untilReady(access, kept);
      if (file !== "gone") return file;
      await rows.forget(kept);
    }
    throw new ChatError("unavailable", "Slack loses a picture that is uploaded");
  }

  return {
    async bring(access, { asset, name, full }, shareIn) {
      const order = { asset, name, shareIn: undefined };
      const whole =
        full === undefined ? undefined : await orWhy(readyInTime(access, { asset: full, name, shareIn }));
      if (whole !== undefined && "file" in whole && !whole.shared) {
        return { status: "shown", file: whole, full: undefined, remark: undefined };
      }
      const file = await orWhy(readyInTime(access, order));
      if ("why" in file) return { status: "missing", why: file.why };
      if (whole === undefined) return { status: "shown", file, full: undefined, remark: undefined };
      return "why" in whole
        ? { status: "shown", file, full: undefined, remark: `Not to be had in full size: ${whole.why}` }
        : { status: "shown", file, full: whole.permalink, remark: undefined };
    },

    async note(file, shown) {
      const state = shown ? "ready" : "kept";
      if (file.state !== state) await rows.put({ ...file, state });
    },
  };
}

/** What Slack refuses is said to people; anything else is for the job. */
async function orWhy(file: Promise<UploadedFile>): Promise<UploadedFile | { readonly why: string }> {
  try {
    return await file;
  } catch (error) {
    if (error instanceof ChatError && error.kind === "refused") return { why: error.message };
    throw error;
  }
}
