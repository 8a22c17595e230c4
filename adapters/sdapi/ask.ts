import { ModelError } from "../../src/ports/image-model.ts";

export type Fetch = typeof globalThis.fetch;

/** 96 MiB: base64 of the largest image that is taken (64 MiB, see `src/images/inspect-image.ts`), and room around it. */
export const ANSWER_BYTES_MAX = 96 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  /** Undefined: it is not JSON. */
  readonly json: unknown;
}

/** Rejects when there is no whole answer: with a ModelError when there is too much of one. */
export type Ask = (
  method: "GET" | "POST",
  path: string,
  body: object | undefined,
  signal: AbortSignal,
) => Promise<Answer>;

/** Speaks JSON with the server. Redirects are answers like any other: prompts and passwords go nowhere else. */
export function createAsk({ baseUrl, fetch }: { readonly baseUrl: URL; readonly fetch: Fetch }): Ask {
  const base = new URL(baseUrl);
  const headers = new Headers({ accept: "application/json" });
  if (base.username !== "" || base.password !== "") {
    const user = `${decodeURIComponent(base.username)}:${decodeURIComponent(base.password)}`;
    headers.set("authorization", `Basic ${Buffer.from(user).toString("base64")}`);
  }
  base.username = "";
  base.password = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return async (method, path, body, signal) => {
    const sent = new Headers(headers);
    if (body !== undefined) sent.set("content-type", "application/json");
    const text = body === undefined ? null : JSON.stringify(body);
    const response = await fetch(new URL(path, base), {
      method,
      headers: sent,
      body: text,
      signal,
      redirect: "manual",
    });
    return { status: response.status, json: toJson(await readText(response)) };
  };
}

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES_MAX) {
      const message = `the sdapi server answered with more than ${ANSWER_BYTES_MAX} bytes`;
      throw new ModelError("no_image", message, { retryable: false, billed: "no" });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
