export type Fetch = typeof globalThis.fetch;

/** One answer of a provider. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** Undefined: it is not JSON. */
  readonly json: unknown;
}

/** What was said in one call of a model, the earliest first. The packages tell less than that. */
export interface Wire {
  readonly exchanges: readonly Exchange[];
  /** How many requests went out. More than there are exchanges: an answer never came, or not to its end. */
  readonly asked: number;
  /** What the first look at an answer has thrown: packages wrap it, or take it for a lost connection. */
  readonly refusal: unknown;
}

/**
 * Listens in on a `fetch`. Answers that are no JSON pass unread.
 *
 * @param onExchange may throw: then the answer goes no further.
 * @param onLarge an answer turns out to be larger than 1 MiB: no more of it is taken in before this resolves.
 */
export function tap(
  fetch: Fetch,
  onExchange: (exchange: Exchange) => void,
): { readonly fetch: Fetch; readonly wire: Wire } {
  const exchanges: Exchange[] = [];
  const wire: { exchanges: Exchange[]; asked: number; refusal: unknown } = {
    exchanges,
    asked: 0,
    refusal: undefined,
  };
  const listening: Fetch = async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const url = new URL(request?.url ?? `${input}`);
    const method = init?.method ?? request?.method ?? "GET";
    wire.asked += 1;
    const response = await fetch(input, init);
    const { status, headers } = response;
    const isJson = /\bjson\b/i.test(headers.get("content-type") ?? "");
    const body = isJson ? await response.text() : undefined;
    const exchange = { method, url, status, headers, json: body === undefined ? undefined : toJson(body) };
    exchanges.push(exchange);
    try {
      onExchange(exchange);
    } catch (refusal) {
      wire.refusal = refusal;
      throw refusal;
    }
    // Some statuses, 204 among them, must not have even an empty body.
    return body === undefined ? response : new Response(body || null, { status, headers: plain(headers) });
  };
  return { fetch: listening, wire };
}

function toJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The text is decoded already. */
function plain(headers: Headers): Headers {
  const left = new Headers(headers);
  left.delete("content-encoding");
  left.delete("content-length");
  return left;
}
