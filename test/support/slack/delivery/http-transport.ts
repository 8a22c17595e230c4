import { createHmac } from "node:crypto";
import type { World } from "../world/world.ts";
import type { Answer, Outgoing, Transport } from "./outgoing.ts";

export interface HttpTransport extends Transport {
  /** @throws Error when an address does not give the challenge back. */
  deliverTo(urls: readonly string[]): Promise<void>;
  readonly isOn: boolean;
}

/** Signed requests to the app's addresses, in turn. https://docs.slack.dev/apis/events-api and https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function createHttpTransport(world: World): HttpTransport {
  let urls: readonly string[] = [];
  let turn = 0;

  const post = (url: string, body: string, contentType: string, headers: Record<string, string> = {}) =>
    fetch(url, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(world.settings.ackMs),
      headers: {
        "content-type": contentType,
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        accept: "*/*",
        ...signatureOf(world.app.signingSecret, body),
        ...headers,
      },
    });

  return {
    name: "http",
    get isOn() {
      return urls.length > 0;
    },
    async deliverTo(next) {
      for (const url of next) await verify(world, url, post);
      urls = next;
    },
    async send(outgoing, retry) {
      const url = urls[turn++ % urls.length];
      if (url === undefined) return { outcome: "lost" };
      const { body, contentType } = encode(outgoing);
      const headers: Record<string, string> =
        retry === undefined
          ? {}
          : { "x-slack-retry-num": String(retry.attempt), "x-slack-retry-reason": retry.reason };
      try {
        const response = await post(url, body, contentType, headers);
        const text = await response.text();
        if (!response.ok) return toRefusal(response);
        return { outcome: "acked", status: response.status, body: parseAnswer(response, text) };
      } catch (error) {
        const isTimeout = error instanceof Error && error.name === "TimeoutError";
        return { outcome: isTimeout ? "timeout" : "lost" };
      }
    },
  };
}

/** `v0=` HMAC-SHA256 of `v0:{timestamp}:{raw body}`. */
export function signatureOf(secret: string, body: string, at = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const hmac = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${hmac}` };
}

/** Events as JSON; commands as a form; interactions as a form with one field, `payload`. */
export function encode(outgoing: Outgoing): { readonly body: string; readonly contentType: string } {
  if (outgoing.kind === "events_api")
    return { body: JSON.stringify(outgoing.payload), contentType: "application/json" };
  const fields: Record<string, string> =
    outgoing.kind === "slash_commands"
      ? Object.fromEntries(Object.entries(outgoing.payload).map(([name, value]) => [name, String(value)]))
      : { payload: JSON.stringify(outgoing.payload) };
  return { body: new URLSearchParams(fields).toString(), contentType: "application/x-www-form-urlencoded" };
}

/** "Include x-slack-no-retry: 1 in your response": https://docs.slack.dev/apis/events-api#retries */
function toRefusal(response: Response): Answer {
  return {
    outcome: "refused",
    status: response.status,
    wantsNoRetry: response.headers.get("x-slack-no-retry") === "1",
  };
}

function parseAnswer(response: Response, text: string): unknown {
  if (text === "") return undefined;
  if (!response.headers.get("content-type")?.includes("json")) return { text };
  return JSON.parse(text);
}

async function verify(
  world: World,
  url: string,
  post: (url: string, body: string, contentType: string) => Promise<Response>,
): Promise<void> {
  const challenge = world.id("challenge");
  const body = JSON.stringify({ token: world.app.verificationToken, challenge, type: "url_verification" });
  const response = await post(url, body, "application/json");
  const text = await response.text();
  const given = response.headers.get("content-type")?.includes("json") ? JSON.parse(text).challenge : text;
  if (!response.ok || given !== challenge)
    throw new Error(`${url} did not give the challenge back: ${response.status} ${text}`);
}
