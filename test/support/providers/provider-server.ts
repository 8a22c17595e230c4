import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** `undefined`: no such route. A `ServerResponse` that is handed over may be cut or left alone. */
export type Answer = (asked: Asked, response: ServerResponse) => Promise<Answered | undefined>;

export interface Answered {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. `taken`: the response was dealt with by hand. */
  readonly body: object | string | Uint8Array | "taken";
}

export interface ProviderServer {
  readonly url: URL;
  /** Routes that were asked for and are not there, as `METHOD path`. */
  readonly unknown: string[];
  close(): Promise<void>;
}

/** An HTTP server on a free port of this machine. What it does not know is 404, and remembered. */
export async function openProviderServer(answer: Answer): Promise<ProviderServer> {
  const unknown: string[] = [];
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      unknown.push(`${request.method} ${request.url}: ${error instanceof Error ? error.message : error}`);
      response.destroy();
    });
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked: Asked = {
      method: request.method ?? "",
      url: new URL(request.url ?? "/", "http://localhost"),
      headers: new Headers(request.headers as Record<string, string>),
      body: Buffer.concat(chunks),
    };
    const answered = await answer(asked, response);
    if (answered === undefined) unknown.push(`${asked.method} ${asked.url.pathname}`);
    const { status, headers, body } = answered ?? { status: 404, body: "no such route" };
    if (body === "taken") return;
    const isRaw = typeof body === "string" || body instanceof Uint8Array;
    response.writeHead(status, { ...(isRaw ? {} : { "content-type": "application/json" }), ...headers });
    response.end(isRaw ? body : JSON.stringify(body));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    unknown,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Begins an answer and drops the connection in the middle. */
export function cut(response: ServerResponse): Answered {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100000" });
  response.write('{"');
  setImmediate(() => response.destroy());
  return { status: 200, body: "taken" };
}

/** Says nothing for as long as the server stands. */
export const SILENCE: Answered = { status: 200, body: "taken" };
