import type { LocalDiscord } from "./local-discord.ts";

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface ApiCall {
  readonly body?: unknown;
  /** Sent as `files[0]`, `files[1]`, … beside `payload_json`. */
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** `null`: none. Default: the bot's. */
  readonly authorization?: string | null;
}

/** A bare call of the local API, without a client's manners. `route`: `GET /users/@me`. */
export async function callApi(discord: LocalDiscord, route: string, call: ApiCall = {}): Promise<ApiAnswer> {
  const [method = "GET", path = "/"] = route.split(" ");
  const { authorization = `Bot ${discord.token}` } = call;
  const headers = authorization === null ? {} : { authorization };
  const response = await fetch(`${discord.apiUrl}v10${path}`, { method, ...encode(call, headers) });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

function encode({ body, files }: ApiCall, headers: Record<string, string>): RequestInit {
  if (files !== undefined) {
    const form = new FormData();
    form.append("payload_json", JSON.stringify(body ?? {}));
    files.forEach(({ name, bytes }, index) => {
      form.append(`files[${index}]`, new Blob([new Uint8Array(bytes)]), name);
    });
    return { headers, body: form };
  }
  if (body === undefined) return { headers };
  return { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
}
