import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { AssetId } from "../../../src/core/ids.ts";
import type { Secret } from "../../../src/core/secret.ts";

/** Signs the links to pictures, so that nobody gets one by guessing an id. */
export interface LinkSigner {
  /** HMAC-SHA256 of the asset's id, in base64url. */
  sign(asset: AssetId): string;
  /** In the same time, wherever a forged one differs. */
  isSigned(asset: AssetId, signature: string): boolean;
}

/** Another use of the same secret has another key. */
const PURPOSE = "draftroom: links to originals";
const KEY_BYTES = 32;

/** @param secret what the key comes from (HKDF, RFC 5869): with another one, links made before open nothing. */
export function createLinkSigner(secret: Secret): LinkSigner {
  const key = Buffer.from(hkdfSync("sha256", secret.reveal(), "", PURPOSE, KEY_BYTES));
  const digestOf = (words: string) => createHmac("sha256", key).update(words).digest();
  const sign = (asset: AssetId) => digestOf(asset).toString("base64url");
  return {
    sign,
    // Digests are compared, since words of different lengths cannot be.
    isSigned: (asset, signature) => timingSafeEqual(digestOf(sign(asset)), digestOf(signature)),
  };
}
