/** Bytes by key. Keys are `{folder}/{name}` of letters, digits, `.`, `-` and `_`. */
export interface BlobStore {
  /**
   * Keeps the bytes: when this resolves they survive a power cut. A second put of a key replaces the
   * first whole; nobody ever reads a half.
   *
   * @throws StorageError when there is no room or no right to write.
   */
  put(key: string, bytes: Uint8Array): Promise<void>;
  find(key: string): Promise<Uint8Array | undefined>;
  remove(key: string): Promise<void>;
}

export class StorageError extends Error {
  override readonly name = "StorageError";
}
