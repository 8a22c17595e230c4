import { lookup as lookUp } from "node:dns/promises";
import { ModelError } from "../../src/ports/image-model.ts";
import { isPublicAddress } from "./public-address.ts";
import { unlessAborted } from "./unless-aborted.ts";
import type { Fetch } from "./wire.ts";

/** 96 MiB: base64 of the largest image that is taken (64 MiB, see `src/images/inspect-image.ts`), and room around it. */
export const ANSWER_BYTES_MAX = 96 * 1024 * 1024;
export const REDIRECTS_MAX = 3;

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** All that is told to a host that gets no credentials. */
const HARMLESS_HEADERS: readonly string[] = ["accept", "user-agent"];

export interface GuardedFetchParts {
  readonly fetch: Fetch;
  /** The provider's API. */
  readonly baseUrl: URL;
  /** Where else it may be asked: these hosts and those below them, through HTTPS. */
  readonly hosts: readonly string[];
  /** The same, but told all headers: the provider's API has parts there. Default: none. */
  readonly apiHosts?: readonly string[];
  /** The addresses of a host, all of them. Default: the system's. */
  readonly lookup?: (host: string) => Promise<readonly { address: string; family: number }[]>;
  /** Of a whole answer, unpacked. Default: `ANSWER_BYTES_MAX`. */
  readonly bytesMax?: number;
}

/**
 * A `fetch` for the addresses that a provider names in its answers, which are not to be trusted:
 *
 * - It asks the base URL's own origin, wherever that is, since whoever runs Draftroom has set it. Besides, it
 *   asks `hosts` and `apiHosts` through HTTPS, while all their addresses are public ones. (Between looking up
 *   and connecting a name may change; whoever answers then still has to prove by certificate to be that host.)
 * - Redirects of a GET are followed, at most `REDIRECTS_MAX`, each as carefully; of anything else, none.
 * - Headers go to the base URL's origin, to `apiHosts`, and to those of `hosts` that are of the base URL's own
 *   domain (the last two labels of its name: a polling address at `api.eu1.bfl.ai` for `api.bfl.ai`). Any other
 *   host is told `HARMLESS_HEADERS` alone, and so is who comes after it in a chain of redirects.
 * - An answer of more than `bytesMax` bytes is not read to its end. The others are read before they are handed on.
 *
 * Rejects with a ModelError that names the rule, and at most a host.
 */
export function createGuardedFetch(parts: GuardedFetchParts): Fetch {
  const { fetch, baseUrl, apiHosts = [], bytesMax = ANSWER_BYTES_MAX } = parts;
  const hosts = [...parts.hosts, ...apiHosts];
  const lookup = parts.lookup ?? ((host: string) => lookUp(host, { all: true }));
  const domain = baseUrl.hostname.split(".").slice(-2).join(".");

  async function admit(url: URL, signal: AbortSignal | undefined): Promise<void> {
    const { hostname } = url;
    if (url.username !== "" || url.password !== "") throw refusal(`${hostname} with a user's name`);
    if (url.origin === baseUrl.origin) return;
    if (!hosts.some((each) => isWithin(hostname, each))) throw refusal(`${hostname} is not the provider's`);
    if (url.protocol !== "https:" || url.port !== "") throw refusal(`${hostname}, but not through HTTPS`);
    // Lookups cannot be cut off: their answer is left to itself.
    const addresses = await unlessAborted(lookup(hostname), signal);
    if (addresses.length > 0 && addresses.every(isPublicAddress)) return;
    throw refusal(`${hostname} is not on the public Internet`);
  }

  async function ask(url: URL, init: RequestInit, redirectsLeft: number): Promise<Response> {
    await admit(url, init.signal ?? undefined);
    const isTrusted =
      url.origin === baseUrl.origin || [domain, ...apiHosts].some((each) => isWithin(url.hostname, each));
    const headers = isTrusted ? new Headers(init.headers) : harmless(new Headers(init.headers));
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    const to = redirectOf(response, url);
    if (to === undefined) return await readCapped(response, bytesMax);
    await response.body?.cancel();
    const isGet = init.method === undefined || init.method.toUpperCase() === "GET";
    if (!isGet) throw refusal("a redirect of more than a GET");
    if (redirectsLeft === 0) throw refusal(`more than ${REDIRECTS_MAX} redirects`);
    return await ask(to, { ...init, headers }, redirectsLeft - 1);
  }

  return async (input, init = {}) => {
    if (!(input instanceof Request)) return await ask(new URL(input), init, REDIRECTS_MAX);
    const { url, method, headers, signal } = input;
    const body = input.body === null ? null : await input.arrayBuffer();
    return await ask(new URL(url), { method, headers, signal, body, ...init }, REDIRECTS_MAX);
  };
}

function refusal(what: string): ModelError {
  return new ModelError("no_image", `not fetched: ${what}`, { retryable: false, billed: "unknown" });
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function harmless(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => HARMLESS_HEADERS.includes(name)));
}

function redirectOf(response: Response, from: URL): URL | undefined {
  const location = response.headers.get("location");
  if (location === null || !REDIRECTS.includes(response.status)) return undefined;
  const to = URL.parse(location, from.href);
  if (to === null) throw refusal("a redirect to nowhere");
  return to;
}

/** Reads on until too much has come, whatever the length that was announced. */
async function readCapped(response: Response, bytesMax: number): Promise<Response> {
  const { status, statusText, body } = response;
  if (body === null) return response;
  const tooLong = () => refusal(`an answer of more than ${bytesMax} bytes`);
  if (Number(response.headers.get("content-length")) > bytesMax) {
    await body.cancel();
    throw tooLong();
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw tooLong();
    chunks.push(chunk);
  }
  // What was packed or cut into pieces on the way is whole now.
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(toStream(chunks), { status, statusText, headers });
}

/** Gives each chunk away, so that two copies of a large image are never held for longer than one joining of it. */
function toStream(chunks: Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull(controller) {
      const next = chunks.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
  });
}
