import type { FilesCompleteUploadExternalArguments } from "@slack/web-api";
import type { TeamAccess } from "../installs/access.ts";
import { slackWord } from "../slack-errors.ts";
import type { Slack } from "./ask-slack.ts";
import type { UploadedFile } from "./file-rows.ts";
import { inThread, type SharePlace, threadArgument } from "./in-thread.ts";
import { inChannel } from "./join-channel.ts";
import { lookAtFile } from "./look-at-file.ts";
import { FILE_GONE } from "./post-troubles.ts";

/** Beside a shared file. The message above it shows the same. */
const COMMENT = "The same picture in full size.";

/**
 * Ends an upload, if that has not been done already; without a place the file is the app's own, and only
 * its messages show it. https://docs.slack.dev/reference/methods/files.completeUploadExternal
 *
 * Resolves with the file as it is then; undefined when Slack has no such file.
 *
 * @throws ChatError
 */
export async function keepUpload(
  slack: Slack,
  access: TeamAccess,
  sent: UploadedFile,
  { title, place }: { readonly title: string; readonly place: SharePlace | undefined },
): Promise<UploadedFile | undefined> {
  const entry = { id: sent.file, title, highlight_type: sent.type };
  try {
    return toKept(sent, await completeThere(slack, access, entry, place));
  } catch (error) {
    // "Could not find the file from the upload ticket": the upload is lost, or was ended before.
    if (!FILE_GONE.has(slackWord(error) ?? "")) throw error;
    const look = await lookAtFile(slack, access, sent.file);
    if (look.status === "gone" || look.status === "unknown") return undefined;
    return toKept(sent, look.permalink);
  }
}

function toKept(sent: UploadedFile, permalink: string | undefined): UploadedFile {
  return sent.shared ? { ...sent, state: "ready", permalink } : { ...sent, state: "kept" };
}

async function completeThere(
  slack: Slack,
  access: TeamAccess,
  entry: FilesCompleteUploadExternalArguments["files"][0],
  place: SharePlace | undefined,
): Promise<string | undefined> {
  if (place === undefined) return complete(slack, access, { files: [entry] });
  return inThread(place, (there) =>
    inChannel(slack, access, there.channel, () =>
      complete(slack, access, {
        files: [entry],
        channel_id: there.channel,
        initial_comment: COMMENT,
        ...threadArgument(there),
      }),
    ),
  );
}

async function complete(
  slack: Slack,
  access: TeamAccess,
  completion: FilesCompleteUploadExternalArguments,
): Promise<string | undefined> {
  const { files } = await slack.ask(access, "files.completeUploadExternal", (client) =>
    client.files.completeUploadExternal(completion),
  );
  return files?.[0]?.permalink;
}
