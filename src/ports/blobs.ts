/** Bytes by key. Keys are `{folder}/{name}` of letters, digits, `.`, `-` and `_`. */
export interface BlobStore {
  /**
   * Keeps the bytes: when this resolves they survive a power cut. The first put of a key is the one;
   * a later one changes nothing and says `exists`. Nobody ever reads a half.
   *
   * @throws StorageError when there is no room or no right to write.
   */
  put(key: string, bytes: Uint8Array): Promise<"kept" | "exists">;
  /** @throws StorageError when it cannot be read, though it may be there. */
  find(key: string): Promise<Uint8Array | undefined>;
  /**
   * Repeatable: a key that is not there is deleted. When this resolves it stays so through a power cut.
   *
   * @throws StorageError when it may still be there.
   */
  delete(key: string): Promise<void>;
  /**
   * Clears away what puts that began before that time, and never ended, have left behind.
   *
   * @throws StorageError when there is no right to.
   */
  tidy(before: Date): Promise<void>;
}

export class StorageError extends Error {
  override readonly name = "StorageError";
}
