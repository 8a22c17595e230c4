import { type Attachment, ChatError } from "../../src/ports/chat.ts";

/** A file as a platform hands it out, with how often it was asked for it. */
export interface SentFile extends Attachment {
  readonly reads: readonly number[];
  /** What the platform does from now on: hands it out, has it no more, or cannot for now. */
  set(state: "there" | "gone" | "unavailable"): void;
}

export function sentFile(bytes: Uint8Array, name = "picture.png"): SentFile {
  const reads: number[] = [];
  let now: "there" | "gone" | "unavailable" = "there";
  return {
    name,
    reads,
    set(state) {
      now = state;
    },
    async read(bytesMax) {
      reads.push(bytesMax);
      if (now === "unavailable") throw new ChatError("unavailable", "try again");
      if (now === "gone" || bytes.length > bytesMax) throw new ChatError("refused", "not to be had");
      return bytes;
    },
  };
}
