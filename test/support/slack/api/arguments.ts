import { Refusal } from "../world/refusal.ts";

/** The arguments of a call, from a form or a JSON body. */
export interface Arguments {
  readonly all: Readonly<Record<string, unknown>>;
  has(name: string): boolean;
  /** Undefined when absent or empty. */
  text(name: string): string | undefined;
  /** @throws Refusal `invalid_arguments` */
  required(name: string): string;
  number(name: string): number | undefined;
  flag(name: string): boolean;
  /** An object or array: in a form, as JSON text. `undefined` when absent. @throws Refusal with `error` when it is no JSON */
  json(name: string, error: string): unknown;
}

export function createArguments(all: Readonly<Record<string, unknown>>): Arguments {
  const text = (name: string) => {
    const value = all[name];
    if (value === undefined || value === null || value === "") return undefined;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  return {
    all,
    has: (name) => all[name] !== undefined && all[name] !== null,
    text,
    required(name) {
      const value = text(name);
      if (value === undefined)
        throw new Refusal("invalid_arguments", [`[ERROR] missing required field: ${name}`]);
      return value;
    },
    number(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (!Number.isFinite(number))
        throw new Refusal("invalid_arguments", [`[ERROR] must be a number [json-pointer:/${name}]`]);
      return number;
    },
    flag: (name) => all[name] === true || all[name] === "true" || all[name] === "1",
    json(name, error) {
      const value = all[name];
      if (value === undefined || value === null || value === "") return undefined;
      if (typeof value !== "string") return value;
      try {
        return JSON.parse(value);
      } catch {
        throw new Refusal(error);
      }
    },
  };
}

export interface ParsedBody {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Bytes of a multipart upload. */
  readonly file: Uint8Array | undefined;
}

/**
 * "Valid types are: application/json, application/x-www-form-urlencoded, multipart/form-data,
 * text/plain": https://docs.slack.dev/apis/web-api/#post_bodies
 *
 * @throws Refusal `invalid_post_type | missing_post_type | invalid_json`
 */
export async function parseBody(contentType: string | undefined, body: Uint8Array): Promise<ParsedBody> {
  if (body.length === 0) return { fields: {}, file: undefined };
  if (contentType === undefined) throw new Refusal("missing_post_type");
  if (contentType.startsWith("application/json")) return { fields: parseJson(body), file: undefined };
  if (contentType.startsWith("application/x-www-form-urlencoded")) {
    return {
      fields: Object.fromEntries(new URLSearchParams(new TextDecoder().decode(body))),
      file: undefined,
    };
  }
  if (contentType.startsWith("multipart/form-data")) return parseMultipart(contentType, body);
  throw new Refusal("invalid_post_type");
}

function parseJson(body: Uint8Array): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    // Falls through: both are the same to Slack.
  }
  throw new Refusal("invalid_json");
}

async function parseMultipart(contentType: string, body: Uint8Array): Promise<ParsedBody> {
  const response = new Response(Uint8Array.from(body), { headers: { "content-type": contentType } });
  const fields: Record<string, unknown> = {};
  let file: Uint8Array | undefined;
  for (const [name, value] of await response.formData()) {
    if (typeof value === "string") fields[name] = value;
    else file = new Uint8Array(await value.arrayBuffer());
  }
  return { fields, file };
}
