import { z } from "zod";
import { type Attachment, ChatError } from "../../../src/ports/chat.ts";
import type { FormAttachment } from "../blocks/form-context.ts";
import type { Access } from "../installs/access.ts";
import { toChatError } from "../slack-errors.ts";
import { toSlackAddress } from "./slack-addresses.ts";

/** As they come with a message; of some, Slack says no more than the id. */
export interface SharedFile {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly mimetype?: string | null | undefined;
}

interface Parts {
  readonly access: Access;
  readonly apiUrl: string;
}

/** More than that are no reference but an album. */
const PICTURES_MAX = 4;
const DOWNLOAD_MS_MAX = 30_000;
const REDIRECTS_MAX = 3;

/** The pictures among the files of a message. What Slack has not looked at yet may be one. */
export function picturesOf(files: readonly SharedFile[]): readonly FormAttachment[] {
  return files
    .filter(({ mimetype }) => !mimetype || mimetype.startsWith("image/"))
    .slice(0, PICTURES_MAX)
    .map(({ id, name }) => ({ file: id, name: name || "picture" }));
}

/** Files that people have sent along, read when they are asked for and not before. */
export type Attach = (team: string, pictures: readonly FormAttachment[]) => readonly Attachment[];

export function createAttach(parts: Parts): Attach {
  return (team, pictures) =>
    pictures.map(({ file, name }) => ({ name, read: (bytesMax) => read(parts, team, file, bytesMax) }));
}

/** https://docs.slack.dev/reference/objects/file-object */
const INFO = z.object({
  file: z.object({
    mimetype: z.string().default(""),
    size: z.number().default(0),
    is_external: z.boolean().default(false),
    url_private_download: z.string().optional(),
  }),
});

async function read(
  { access, apiUrl }: Parts,
  team: string,
  file: string,
  bytesMax: number,
): Promise<Uint8Array> {
  const { client } = await access.of(team);
  const answer = await client.files.info({ file }).catch((error: unknown) => {
    throw toChatError("files.info", error);
  });
  const info = INFO.safeParse(answer).data?.file;
  if (info === undefined || info.is_external || info.url_private_download === undefined) {
    throw new ChatError("refused", "The picture is kept outside of Slack.");
  }
  if (info.mimetype === "") throw new ChatError("unavailable", "Slack is still processing the picture.");
  if (!info.mimetype.startsWith("image/")) throw new ChatError("refused", "The file is no picture.");
  if (info.size > bytesMax) throw new ChatError("refused", `The picture has more than ${bytesMax} bytes.`);
  try {
    return await download(
      info.url_private_download,
      { token: client.token ?? "", apiUrl, bytesMax },
      REDIRECTS_MAX,
    );
  } catch (error) {
    if (error instanceof ChatError) throw error;
    throw new ChatError("unavailable", "Slack did not send the picture.", { cause: error });
  }
}

interface Download {
  readonly token: string;
  readonly apiUrl: string;
  readonly bytesMax: number;
}

/**
 * The bot's token goes to Slack's own addresses only, and so do redirects.
 * https://docs.slack.dev/messaging/working-with-files (`url_private` wants the token as a header)
 */
async function download(address: string, options: Download, redirectsLeft: number): Promise<Uint8Array> {
  const url = toSlackAddress(address, options.apiUrl);
  if (url === undefined) throw new ChatError("refused", "The picture is kept outside of Slack.");
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${options.token}` },
    redirect: "manual",
    signal: AbortSignal.timeout(DOWNLOAD_MS_MAX),
  });
  const next = response.headers.get("location");
  if (response.status >= 300 && response.status < 400 && next !== null) {
    await response.body?.cancel();
    if (redirectsLeft === 0) throw new ChatError("refused", "Slack did not say where the picture is.");
    return download(new URL(next, url).href, options, redirectsLeft - 1);
  }
  if (!response.ok) {
    await response.body?.cancel();
    const kind = response.status >= 500 || response.status === 429 ? "unavailable" : "refused";
    throw new ChatError(kind, `Slack did not send the picture: status ${response.status}.`);
  }
  // Instead of a file that the token may not see, Slack sends the page to sign in.
  if (response.headers.get("content-type")?.startsWith("text/html")) {
    await response.body?.cancel();
    throw new ChatError("refused", "Slack does not let Draftroom see the picture.");
  }
  return readBody(response, options.bytesMax);
}

async function readBody(response: Response, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > bytesMax) throw new ChatError("refused", `The picture has more than ${bytesMax} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
