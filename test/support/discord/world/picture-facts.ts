/** What the first bytes of a file say about it: https://docs.discord.com/developers/resources/message#attachment-object */
export interface FileFacts {
  readonly contentType: string;
  readonly width: number | undefined;
  readonly height: number | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  txt: "text/plain; charset=utf-8",
  json: "application/json",
  gif: "image/gif",
  mp4: "video/mp4",
  zip: "application/zip",
};

export function factsOf(name: string, bytes: Uint8Array): FileFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pngFacts(bytes, view) ?? jpegFacts(bytes, view) ?? webpFacts(bytes, view) ?? plainFacts(name);
}

function plainFacts(name: string): FileFacts {
  const ending = name.split(".").at(-1)?.toLowerCase() ?? "";
  const contentType = TYPES[ending] ?? "application/octet-stream";
  return { contentType, width: undefined, height: undefined };
}

function isText(bytes: Uint8Array, at: number, text: string): boolean {
  return Buffer.from(bytes.subarray(at, at + text.length)).toString("latin1") === text;
}

function pngFacts(bytes: Uint8Array, view: DataView): FileFacts | undefined {
  if (bytes.length < 24 || !isText(bytes, 1, "PNG")) return undefined;
  return { contentType: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

function jpegFacts(bytes: Uint8Array, view: DataView): FileFacts | undefined {
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 < bytes.length) {
    const marker = view.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame)
      return { contentType: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return { contentType: "image/jpeg", width: undefined, height: undefined };
}

function webpFacts(bytes: Uint8Array, view: DataView): FileFacts | undefined {
  if (bytes.length < 30 || !isText(bytes, 0, "RIFF") || !isText(bytes, 8, "WEBP")) return undefined;
  const is = (kind: string) => isText(bytes, 12, kind);
  const size = is("VP8X")
    ? [1 + (view.getUint32(24, true) & 0xffffff), 1 + (view.getUint32(26, true) >>> 8)]
    : is("VP8L")
      ? [1 + (view.getUint32(21, true) & 0x3fff), 1 + ((view.getUint32(21, true) >>> 14) & 0x3fff)]
      : [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  return { contentType: "image/webp", width: size[0], height: size[1] };
}
