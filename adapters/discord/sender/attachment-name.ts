import type { ImageMime } from "../../../src/core/asset.ts";
import type { AssetId } from "../../../src/core/ids.ts";

const ENDINGS = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const satisfies Readonly<
  Record<ImageMime, string>
>;

/**
 * The name of a picture's attachment, which says which asset it shows: after a restart, that is how an edit knows
 * what stands already. Discord keeps letters, digits, dots, dashes and underscores of a name.
 *
 * @param name a file name with its ending; the ending is set to what the file is.
 */
export function attachmentName(name: string, asset: AssetId, mime: ImageMime): string {
  const stem = name.replace(/\.[a-z]+$/i, "").replace(/[^\w-]/g, "-");
  return `${stem}${markOf(asset)}.${ENDINGS[mime]}`;
}

export function isOfAsset(attachment: string, asset: AssetId): boolean {
  return attachment.replace(/\.[a-z]+$/, "").endsWith(markOf(asset));
}

function markOf(asset: AssetId): string {
  return `--${asset.replace(/[^\w-]/g, "-")}`;
}
