import type { IncomingMessage, ServerResponse } from "node:http";
import type { FilePart } from "../world/message-files.ts";
import { Refusal, tooLarge } from "../world/refusal.ts";

export interface ParsedBody {
  readonly body: unknown;
  readonly files: readonly FilePart[];
}

export async function readBytes(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/**
 * JSON, or `multipart/form-data` with `payload_json` and files: https://docs.discord.com/developers/reference#uploading-files
 *
 * @param requestMax bytes: "The maximum request size when sending a message is 25 MiB".
 */
export async function parseBody(
  type: string | undefined,
  bytes: Uint8Array,
  requestMax: number,
): Promise<ParsedBody> {
  if (bytes.length > requestMax) throw tooLarge();
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (type?.startsWith("application/json"))
    return { body: parseJson(Buffer.from(bytes).toString()), files: [] };
  if (!type?.startsWith("multipart/form-data"))
    throw new Refusal(
      400,
      50035,
      "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}.",
    );
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const files: FilePart[] = [];
  let body: unknown = {};
  for (const [field, value] of form) {
    if (typeof value !== "string")
      files.push({ field, name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
    else if (field === "payload_json") body = parseJson(value);
    else throw new Refusal(400, 50035, `Invalid Form Body: ${field}`);
  }
  return { body, files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 50109, "The request body contains invalid JSON.");
  }
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, {
    ...headers,
    via: "1.1 google",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

export function answerText(
  response: ServerResponse,
  status: number,
  body: string,
  type = "text/plain",
): void {
  response.writeHead(status, { "content-type": type });
  response.end(body);
}

/** Breaks the connection, as a network does. */
export function cut(response: ServerResponse): void {
  response.socket?.destroy();
}
