import { setTimeout as sleep } from "node:timers/promises";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/ports/log.ts";
import type { TeamAccess } from "../installs/access.ts";
import type { Slack } from "./ask-slack.ts";
import type { FileRows, UploadedFile } from "./file-rows.ts";
import { type FileLook, lookAtFile } from "./look-at-file.ts";
import type { SenderLimits } from "./sender-limits.ts";

export interface FileWatch {
  /**
   * Waits until Slack has processed a file. One that is slow although it is no longer young comes back as it
   * is: a message may be tried with it all the same.
   *
   * @throws ChatError `refused` for a file that Slack does not show, `unavailable` for one to come back for.
   */
  untilReady(access: TeamAccess, file: UploadedFile): Promise<UploadedFile | "gone">;
  /** Whether it is too early to give a file up. */
  isYoung(file: UploadedFile): boolean;
}

interface Parts {
  readonly slack: Slack;
  readonly rows: FileRows;
  readonly clock: Clock;
  readonly limits: SenderLimits;
}

const SHOWN_TYPES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif"]);
/** When to come back for a file that takes Slack long. */
const COME_BACK_MS = 5_000;

export function createFileWatch({ slack, rows, clock, limits }: Parts): FileWatch {
  const now = () => clock().getTime();
  const isYoung = (file: UploadedFile) => now() - file.uploadedAt.getTime() < limits.patienceMs;

  async function look(access: TeamAccess, file: UploadedFile): Promise<FileLook> {
    try {
      return await lookAtFile(slack, access, file.file);
    } catch (error) {
      // While there is time it is looked at again.
      if (!(error instanceof ChatError) || error.kind !== "unavailable") throw error;
      return { status: "processing", permalink: undefined };
    }
  }

  /** One look. Undefined while it is being processed. */
  async function take(access: TeamAccess, file: UploadedFile): Promise<UploadedFile | "gone" | undefined> {
    const seen = await look(access, file);
    switch (seen.status) {
      case "gone":
        return "gone";
      case "unknown":
        return file;
      case "processing":
        return undefined;
      case "ready": {
        if (!SHOWN_TYPES.has(seen.mime)) throw new ChatError("refused", `Slack does not show ${seen.mime}.`);
        const ready: UploadedFile = { ...file, state: "ready" };
        await rows.put(ready);
        return ready;
      }
    }
  }

  return {
    isYoung,

    async untilReady(access, file) {
      if (file.state === "ready") return file;
      const isPatient = isYoung(file);
      // By the clock, since Slack may take long to say that it is not ready.
      const end = now() + limits.looksMsMax;
      for (let looks = 0; ; looks++) {
        if (isPatient) await sleep(limits.looksMs[Math.min(looks, limits.looksMs.length - 1)]);
        const ended = await take(access, file);
        if (ended !== undefined) return ended;
        if (!isPatient) return file;
        if (now() >= end) break;
      }
      const retryAfterMs = COME_BACK_MS;
      throw new ChatError("unavailable", "Slack is still processing a picture", { retryAfterMs });
    },
  };
}
