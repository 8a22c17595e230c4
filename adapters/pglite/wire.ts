/**
 * Frames of the PostgreSQL wire protocol 3.0: one byte of type, four bytes of length (which counts
 * itself), the body. https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export interface Frame {
  /** One letter, such as `Q` or `Z`. */
  readonly type: string;
  /** The whole frame, header included. */
  readonly bytes: Buffer;
}

/** What `ReadyForQuery` says: idle, in a transaction, in a failed transaction. */
export type SessionStatus = "I" | "T" | "E";

const HEADER_BYTES = 5;

/** The whole frames at the start of `bytes`, and what is left of an unfinished one. */
export function splitFrames(bytes: Buffer): { readonly frames: readonly Frame[]; readonly rest: Buffer } {
  const frames: Frame[] = [];
  let start = 0;
  while (bytes.length - start >= HEADER_BYTES) {
    const end = start + 1 + bytes.readInt32BE(start + 1);
    if (end > bytes.length) break;
    frames.push({ type: String.fromCharCode(bytes[start] ?? 0), bytes: bytes.subarray(start, end) });
    start = end;
  }
  return { frames, rest: bytes.subarray(start) };
}

export function frame(type: string, body: Buffer | string): Buffer {
  const content = Buffer.from(body);
  const bytes = Buffer.alloc(HEADER_BYTES + content.length);
  bytes.write(type, 0, "latin1");
  bytes.writeInt32BE(4 + content.length, 1);
  content.copy(bytes, HEADER_BYTES);
  return bytes;
}

/** A simple query, as a client sends it. */
export const queryFrame = (sql: string): Buffer => frame("Q", `${sql}\0`);
/** The end of a server's answer. */
export const readyFrame = (status: SessionStatus): Buffer => frame("Z", status);
export const commandCompleteFrame = (tag: string): Buffer => frame("C", `${tag}\0`);

/** A server's error; `code` is a SQLSTATE. */
export function errorFrame(code: string, message: string): Buffer {
  return frame("E", `SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
}

/** Accepts a client without asking who it is. Process id and secret are never used: there is nothing to cancel. */
export function welcome(): Buffer {
  return Buffer.concat([frame("R", Buffer.alloc(4)), frame("K", Buffer.alloc(8)), readyFrame("I")]);
}

/** The status in the last frame of an answer; undefined when the server did not get to its end. */
export function readStatus(frames: readonly Frame[]): SessionStatus | undefined {
  const last = frames.at(-1);
  if (last?.type !== "Z") return undefined;
  const letter = String.fromCharCode(last.bytes[HEADER_BYTES] ?? 0);
  return letter === "I" || letter === "T" || letter === "E" ? letter : undefined;
}

/** The SQL of a simple query. */
export function readQuery(query: Frame): string {
  return query.bytes.toString("utf8", HEADER_BYTES, query.bytes.length - 1);
}

/** The channel of a `NotificationResponse`: process id, then channel and payload as C strings. */
export function readChannel(notification: Frame): string {
  const start = HEADER_BYTES + 4;
  return notification.bytes.toString("utf8", start, notification.bytes.indexOf(0, start));
}
