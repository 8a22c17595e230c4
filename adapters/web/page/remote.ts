import type { Answer, MessagePage, Problem, Session } from "../wire.ts";

/** An act as the page sends it; see `act-schemas.ts`. */
export type ActBody = Readonly<Record<string, unknown>>;
export type ActPath = "say" | "press" | "submit" | "react" | "dismiss";

/** What came of asking the server. `failed` says why in words for people; an act may have been recorded all the same. */
export type Result<T> =
  | { readonly status: "ok"; readonly value: T }
  | { readonly status: "failed"; readonly problem: string };

const UNREACHABLE = "The studio cannot be reached.";
const UNCONFIRMED = "The studio cannot be reached. Try again: it never counts twice.";

export function fetchSession(): Promise<Result<Session>> {
  return ask("/api/session");
}

export function fetchChannel(channel: string, as: string, before?: number): Promise<Result<MessagePage>> {
  const query = new URLSearchParams(before === undefined ? { as } : { as, before: String(before) });
  return ask(`/api/channels/${encodeURIComponent(channel)}/messages?${query}`);
}

export function fetchThread(root: string, as: string): Promise<Result<MessagePage>> {
  return ask(`/api/threads/${encodeURIComponent(root)}/messages?${new URLSearchParams({ as })}`);
}

export function send(path: ActPath, body: ActBody): Promise<Result<Answer>> {
  return ask(`/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function ask<T>(path: string, init?: RequestInit): Promise<Result<T>> {
  try {
    const response = await fetch(path, init);
    const answer: unknown = await response.json();
    if (response.ok) return { status: "ok", value: answer as T };
    return { status: "failed", problem: (answer as Problem).problem };
  } catch {
    return { status: "failed", problem: init === undefined ? UNREACHABLE : UNCONFIRMED };
  }
}
