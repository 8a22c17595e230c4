import type { AssetFile } from "../../src/ports/assets.ts";

const ENDINGS = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const;

/** A stored image as an HTTP response. An asset never changes, so it may be kept for good. */
export function toAssetResponse(
  file: AssetFile,
  named: { readonly name: string; readonly isDownload: boolean },
): Response {
  const disposition = named.isDownload ? "attachment" : "inline";
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      "content-type": file.mime,
      "content-length": String(file.bytes.byteLength),
      "content-disposition": `${disposition}; filename="${toSafeName(named.name, file)}"`,
      "cache-control": "private, max-age=31536000, immutable",
    },
  });
}

/** Letters, digits, `-`, `_` and `.`, at most 80, with the ending of what it is. */
function toSafeName(name: string, file: AssetFile): string {
  const stem = name
    .replace(/\.[A-Za-z0-9]{1,5}$/, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 80);
  return `${stem === "" ? "draftroom" : stem}.${ENDINGS[file.mime]}`;
}
