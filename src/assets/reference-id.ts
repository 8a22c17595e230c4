import { toLetters } from "../core/id-source.ts";
import type { AssetId, EventId } from "../core/ids.ts";

/** The asset of the picture at a place (from 0) among those that came with an event: always the same, 130 bits of chance. */
export async function referenceId(event: EventId, index: number): Promise<AssetId> {
  const named = new TextEncoder().encode(`reference ${index} of ${event}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", named));
  return toLetters(digest.subarray(0, 26)) as AssetId;
}
