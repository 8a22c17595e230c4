import type { FilePart } from "../world/message-files.ts";
import type { Json } from "../world/records.ts";
import type { World } from "../world/world.ts";

/** A route as Discord documents it. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `/channels/{channel}/messages` */
  readonly path: string;
  /** Callbacks and webhooks are opened by the token in their address. */
  readonly auth: "bot" | "none";
  /** Fields of the JSON body; undefined where it has none. Others are recorded as problems. */
  readonly fields?: readonly string[];
  /** Names in the query. */
  readonly query?: readonly string[];
  readonly bucket: Bucket;
  run(call: RouteCall): RouteAnswer;
}

/** How many calls in how many ms; one bucket for each value of the top-level resource in the path. */
export interface Bucket {
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

export interface RouteCall {
  readonly world: World;
  /** A part of the path. */
  param(name: string): string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** The body, where it is an object. */
  readonly json: Json;
  readonly files: readonly FilePart[];
}

export interface RouteAnswer {
  readonly status: number;
  /** undefined: no body. */
  readonly body: unknown;
}

export const NO_CONTENT: RouteAnswer = { status: 204, body: undefined };

export function ok(body: unknown): RouteAnswer {
  return { status: 200, body };
}

/** What Discord does not say is taken to be this. */
export const USUAL: Bucket = { name: "usual", limit: 10, windowMs: 1000 };

export const MESSAGE_FIELDS = [
  "content",
  "nonce",
  "tts",
  "embeds",
  "allowed_mentions",
  "message_reference",
  "components",
  "sticker_ids",
  "attachments",
  "flags",
  "enforce_nonce",
  "poll",
];
export const EDIT_FIELDS = ["content", "embeds", "flags", "allowed_mentions", "components", "attachments"];
