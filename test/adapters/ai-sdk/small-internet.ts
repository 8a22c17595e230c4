import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createGuardedFetch, type GuardedFetchParts } from "../../../adapters/ai-sdk/guarded-fetch.ts";
import type { Fetch } from "../../../adapters/ai-sdk/wire.ts";

export const PUBLIC = [{ address: "93.184.216.34", family: 4 }];

/** The Internet in one server: it is every host, and knows which one it was taken for. */
export interface SmallInternet {
  /** Where it is by itself. */
  readonly url: URL;
  /** What is said to the next requests. */
  answer: RequestListener;
  /** What has reached it: `host path`, and the headers. */
  readonly asked: readonly { readonly at: string; readonly headers: IncomingMessage["headers"] }[];
  /** Hosts whose addresses were asked for. */
  readonly lookedUp: readonly string[];
  /** Of a vendor at `api.vendor.example`, whose pictures are at `pictures.example`. */
  guarded(changes?: Partial<GuardedFetchParts>): Fetch;
  close(): Promise<void>;
}

export async function openSmallInternet(): Promise<SmallInternet> {
  const asked: { at: string; headers: IncomingMessage["headers"] }[] = [];
  const lookedUp: string[] = [];
  const server = createServer((request, response) => {
    asked.push({ at: `${request.headers["x-host"] ?? "itself"} ${request.url}`, headers: request.headers });
    internet.answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

  const fetchThrough: Fetch = (input, init) => {
    const to = new URL(`${input}`);
    if (to.origin === url.origin) return fetch(to, init);
    const headers = new Headers(init?.headers);
    headers.set("x-host", to.hostname);
    return fetch(new URL(`${to.pathname}${to.search}`, url), { ...init, headers });
  };

  const internet: SmallInternet = {
    url,
    answer: (_, response) => response.end("a picture"),
    asked,
    lookedUp,
    guarded: (changes = {}) =>
      createGuardedFetch({
        fetch: fetchThrough,
        baseUrl: new URL("https://api.vendor.example/v1"),
        hosts: ["pictures.example"],
        lookup: async (host) => {
          lookedUp.push(host);
          return PUBLIC;
        },
        ...changes,
      }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return internet;
}
