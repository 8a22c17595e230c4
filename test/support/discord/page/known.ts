/** What ids stand for, as far as a page is to show names. */
export interface Known {
  /** Names by id: of people, roles, channels. */
  readonly users: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
}

/** Ids are shown. */
export const NOBODY: Known = { users: new Map(), roles: new Map(), channels: new Map() };

/** A file of a message, by the name that `attachment://` has. */
export interface ShownFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export type Json = Readonly<Record<string, unknown>>;

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
