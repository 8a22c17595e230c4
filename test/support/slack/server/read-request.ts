import type { IncomingMessage, ServerResponse } from "node:http";

/** A request with its whole body. */
export interface Incoming {
  readonly raw: IncomingMessage;
  readonly url: URL;
  readonly method: string;
  readonly body: Uint8Array;
  header(name: string): string | undefined;
}

export async function readRequest(raw: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of raw) chunks.push(chunk as Buffer);
  return {
    raw,
    url: new URL(raw.url ?? "/", "http://localhost"),
    method: raw.method ?? "GET",
    body: Buffer.concat(chunks),
    header(name) {
      const value = raw.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(body));
}

export function answerText(
  response: ServerResponse,
  status: number,
  text: string,
  type = "text/plain",
): void {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8` });
  response.end(text);
}

/** Cuts the connection, as a network does. */
export function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}
