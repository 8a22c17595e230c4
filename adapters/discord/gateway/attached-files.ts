import { type Attachment, ChatError } from "../../../src/ports/chat.ts";

/** As Discord notes a file: https://docs.discord.com/developers/resources/message#attachment-object */
export interface SentFile {
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  readonly url: string;
  readonly content_type?: string | undefined;
}

/** Files that people have sent along, read when they are asked for and not before. */
export type Attach = (files: readonly SentFile[]) => readonly Attachment[];

/** Discord's own: https://docs.discord.com/developers/reference#signed-attachment-cdn-urls */
const HOMES: ReadonlySet<string> = new Set(["https://cdn.discordapp.com", "https://media.discordapp.net"]);
const DOWNLOAD_MS_MAX = 30_000;

export function createAttach(cdnUrl: URL): Attach {
  return (files) =>
    files.map((file) => ({ name: file.filename, read: (bytesMax) => read(file, cdnUrl, bytesMax) }));
}

/** The pictures among the files of a message. */
export function picturesOf<File extends Pick<SentFile, "content_type">>(
  files: readonly File[],
): readonly File[] {
  return files.filter(({ content_type }) => content_type?.startsWith("image/"));
}

async function read({ size, url }: SentFile, cdnUrl: URL, bytesMax: number): Promise<Uint8Array> {
  if (size > bytesMax) throw tooLarge(bytesMax);
  if (!URL.canParse(url) || !isHome(new URL(url), cdnUrl)) {
    throw new ChatError("refused", "The picture is kept outside of Discord.");
  }
  try {
    return await download(url, bytesMax);
  } catch (error) {
    if (error instanceof ChatError) throw error;
    throw new ChatError("unavailable", "The picture could not be fetched from Discord.", { cause: error });
  }
}

function isHome({ origin, username, password }: URL, cdnUrl: URL): boolean {
  return username === "" && password === "" && (origin === cdnUrl.origin || HOMES.has(origin));
}

/** A link on Discord's CDN leads nowhere else, and ends after a day. */
async function download(url: string, bytesMax: number): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(DOWNLOAD_MS_MAX);
  const response = await fetch(url, { redirect: "manual", signal });
  if (!response.ok) {
    await response.body?.cancel();
    const isWorthIt = response.status >= 500 || response.status === 429;
    throw isWorthIt
      ? new ChatError("unavailable", `Discord did not hand out the picture: status ${response.status}`)
      : new ChatError("refused", "Discord does not have the picture any more. Attach it again.");
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop ends the download.
    if (bytes > bytesMax) throw tooLarge(bytesMax);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(bytesMax: number): ChatError {
  return new ChatError(
    "refused",
    `The picture is larger than ${Math.floor(bytesMax / (1024 * 1024))} MiB. Attach a smaller one.`,
  );
}
