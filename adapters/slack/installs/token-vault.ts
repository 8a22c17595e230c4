import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { Secret } from "../../../src/core/secret.ts";

/** Keeps words secret at rest: AES-256-GCM with a fresh nonce for each. */
export interface TokenVault {
  /**
   * Encrypts with the first key.
   *
   * @param about what the words belong to; they open for nothing else.
   * @returns `v1.{key}.{nonce}.{tag}.{words}`: the key's id in hex, the others in base64url.
   */
  seal(words: string, about: string): string;
  /** @throws VaultError */
  open(sealed: string, about: string): Opened;
}

export interface Opened {
  readonly words: string;
  /** Whether another key than the first opened it: it should be sealed again. */
  readonly isOldKey: boolean;
}

/** `key`: sealed with a key that is not among ours. `broken`: not what was sealed, or not about the same. */
export class VaultError extends Error {
  override readonly name = "VaultError";
  readonly kind: "key" | "broken";

  constructor(kind: VaultError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
/** 96 bits: the nonce that GCM is made for (NIST SP 800-38D, 5.2.1.1). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param keys base64 of 32 bytes each; the first encrypts, all decrypt.
 * @throws RangeError for none, or one of another form.
 */
export function createTokenVault(keys: readonly Secret[]): TokenVault {
  const known = keys.map((key, index) => readKey(key, index + 1));
  const [first] = known;
  if (first === undefined) throw new RangeError("SLACK_TOKEN_KEYS has no key");

  const seal = (words: string, about: string) => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, first.bytes, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(about));
    const sealed = Buffer.concat([cipher.update(words, "utf8"), cipher.final()]);
    const parts = [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"));
    return ["v1", first.id, ...parts].join(".");
  };

  const open = (sealed: string, about: string): Opened => {
    const [version, id, nonce, tag, words, ...rest] = sealed.split(".");
    if (version !== "v1" || !nonce || !tag || words === undefined || rest.length > 0) {
      throw new VaultError("broken", `the record of ${about} has another form`);
    }
    const key = known.find((one) => one.id === id);
    if (key === undefined) throw new VaultError("key", `the record of ${about} was sealed with another key`);
    try {
      const decipher = createDecipheriv(ALGORITHM, key.bytes, Buffer.from(nonce, "base64url"), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(about));
      decipher.setAuthTag(Buffer.from(tag, "base64url"));
      const opened = Buffer.concat([decipher.update(Buffer.from(words, "base64url")), decipher.final()]);
      return { words: opened.toString("utf8"), isOldKey: key !== first };
    } catch {
      throw new VaultError("broken", `the record of ${about} is not what was sealed`);
    }
  };

  return { seal, open };
}

interface Key {
  /** Names the key in records: 8 hex digits of a hash that says nothing of it. */
  readonly id: string;
  readonly bytes: Buffer;
}

function readKey(key: Secret, number: number): Key {
  const text = key.reveal();
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== KEY_BYTES || bytes.toString("base64") !== text) {
    throw new RangeError(`key ${number} of SLACK_TOKEN_KEYS is not the base64 of ${KEY_BYTES} bytes`);
  }
  const id = createHash("sha256").update("draftroom token key").update(bytes).digest("hex").slice(0, 8);
  return { id, bytes };
}
