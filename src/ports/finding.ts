/** One thing that the doctor looked at. */
export interface Finding {
  /** `bad`: something does not work until it is mended. `warn`: it works, but look at it. */
  readonly level: "ok" | "warn" | "bad";
  /** One sentence. Names, addresses and figures; never a secret. */
  readonly says: string;
  /** What to do about it, a sentence a step. */
  readonly next: readonly string[];
}

/** Looks at a part of what Draftroom stands on, and leaves it as it is. Never rejects. */
export type Checkup = () => Promise<readonly Finding[]>;

export const fine = (says: string): Finding => ({ level: "ok", says, next: [] });
export const warn = (says: string, ...next: readonly string[]): Finding => ({ level: "warn", says, next });
export const bad = (says: string, ...next: readonly string[]): Finding => ({ level: "bad", says, next });
