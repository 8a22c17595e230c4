import { ChatError } from "../../../src/ports/chat.ts";
import type { TeamAccess } from "../installs/access.ts";
import { slackWord } from "../slack-errors.ts";
import type { Slack } from "./ask-slack.ts";
import { FILE_GONE } from "./post-troubles.ts";

/** How far Slack has got with a file. `unknown`: the app may not see it. */
export type FileLook =
  | { readonly status: "ready"; readonly mime: string; readonly permalink: string | undefined }
  | { readonly status: "processing"; readonly permalink: string | undefined }
  | { readonly status: "gone" }
  | { readonly status: "unknown" };

/**
 * "Files are processed asynchronously": until that is done they have no type, and blocks cannot show them.
 * https://docs.slack.dev/reference/methods/files.getUploadURLExternal,
 * https://github.com/slackapi/java-slack-sdk/issues/1349
 *
 * @throws ChatError `unavailable`
 */
export async function lookAtFile(slack: Slack, access: TeamAccess, id: string): Promise<FileLook> {
  try {
    const { file } = await slack.ask(access, "files.info", (client) => client.files.info({ file: id }));
    const permalink = file?.permalink;
    return file?.mimetype
      ? { status: "ready", mime: file.mimetype, permalink }
      : { status: "processing", permalink };
  } catch (error) {
    if (FILE_GONE.has(slackWord(error) ?? "")) return { status: "gone" };
    if (error instanceof ChatError && error.kind === "refused") return { status: "unknown" };
    throw error;
  }
}
