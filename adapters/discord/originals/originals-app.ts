import { type Context, Hono } from "hono";
import type { AssetId } from "../../../src/core/ids.ts";
import type { AssetFile, AssetReader } from "../../../src/ports/assets.ts";
import type { Log } from "../../../src/ports/log.ts";
import type { LinkSigner } from "./link-signer.ts";

interface Parts {
  readonly assets: AssetReader;
  readonly signer: LinkSigner;
  /** In the address that people use, such as `/` or `/files/`: a proxy may leave it out. */
  readonly base: string;
  readonly log: Log;
}

/** The last part of each link. */
export const ORIGINAL = "original";

const ENDINGS = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const;

/** Serves pictures by signed links, and says that it does; of everything else it knows nothing. */
export function createOriginalsApp({ assets, signer, base, log }: Parts): Hono {
  const app = new Hono();
  app.notFound((c) => c.text("Not found", 404, { "cache-control": "no-store" }));
  app.onError((error, c) => {
    log.error("discord.original_not_shown", error);
    return c.text("Try again in a moment", 503, { "cache-control": "no-store", "retry-after": "5" });
  });
  for (const start of new Set(["/", base])) {
    app.get(`${start}health`, (c) => c.text("ok"));
    app.get(`${start}originals/:asset/:signature/${ORIGINAL}`, async (c) => {
      const asset = c.req.param("asset") as AssetId;
      if (!signer.isSigned(asset, c.req.param("signature"))) return c.notFound();
      const file = await assets.find(asset);
      return file === undefined ? c.notFound() : show(c, asset, file);
    });
  }
  return app;
}

/** An asset never changes. It may go, though, so nobody but the person's own browser is to keep it. */
function show(c: Context, asset: AssetId, { bytes, mime }: AssetFile): Response {
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": mime,
    "content-length": `${bytes.byteLength}`,
    "content-disposition": `inline; filename="draftroom-${asset.replace(/[^\w-]/g, "")}.${ENDINGS[mime]}"`,
    "cache-control": "private, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
  });
}
