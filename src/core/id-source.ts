import type { IdSource } from "./ids.ts";

/** Crockford's base 32: no I, L, O, U, so that nobody misreads one. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** One letter a byte; of evenly spread bytes each letter carries five bits. */
export function toLetters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => LETTERS.charAt(byte % 32)).join("");
}

/**
 * Ids in the form of ULIDs (github.com/ulid/spec): 10 letters of milliseconds, 16 of chance. They sort
 * by the time they were made, which keeps new rows together in an index.
 */
export function createIdSource(clock: () => Date): IdSource {
  return () => {
    let time = clock().getTime();
    let stamp = "";
    for (let index = 0; index < 10; index++) {
      stamp = LETTERS.charAt(time % 32) + stamp;
      time = Math.floor(time / 32);
    }
    return stamp + toLetters(crypto.getRandomValues(new Uint8Array(16)));
  };
}
