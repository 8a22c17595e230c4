import { setTimeout as sleep } from "node:timers/promises";
import {
  type APIInteractionResponse,
  type APIMessage,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  type REST,
  type RESTPostAPIInteractionCallbackWithResponseResult,
  Routes,
} from "discord.js";
import type { MessageContent } from "../components/to-message.ts";

/** What is needed to answer one interaction. The token is a secret. */
export interface Handle {
  readonly id: string;
  readonly application: string;
  readonly token: string;
}

/** What came of an answer. */
export type Outcome =
  /** Discord has taken it. With the id of the message that it is, if it is one and that was asked for. */
  | { readonly kind: "taken"; readonly message: string | undefined }
  /** Another session of the bot has answered. */
  | { readonly kind: "elsewhere" }
  /** Surely not shown. */
  | { readonly kind: "refused"; readonly reason: string }
  /** There was no answer: nobody knows. */
  | { readonly kind: "unknown"; readonly reason: string };

/** Discord's side of an interaction. None of it fails. https://docs.discord.com/developers/interactions/receiving-and-responding */
export interface Callbacks {
  /** The one answer that an interaction has, within 3 seconds. */
  respond(to: Handle, response: APIInteractionResponse): Promise<Outcome>;
  /**
   * Of a message that was the answer, or was put off: for 15 minutes.
   *
   * @param by when it is given up, in milliseconds since the epoch.
   */
  edit(to: Handle, message: MessageContent, by?: number): Promise<Outcome>;
  remove(to: Handle): Promise<Outcome>;
  /** One more message after the answer: for 15 minutes. */
  followUp(to: Handle, message: MessageContent): Promise<Outcome>;
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes */
const ALREADY_ANSWERED = 40060;
const UNKNOWN_MESSAGE = 10008;

const RESPOND_MS_MAX = 3_000;
/** All tries together. Whoever waits is not looking any more after that. */
const SEND_MS_MAX = 8_000;
const TRIES_MAX = 3;
const WAIT_MS = 500;

export function createCallbacks(rest: REST): Callbacks {
  const original = ({ application, token }: Handle) => Routes.webhookMessage(application, token, "@original");

  return {
    async respond({ id, token }, response) {
      const attempt = () =>
        settled(async () => {
          const answer = await rest.post(Routes.interactionCallback(id, token), {
            body: response,
            query: new URLSearchParams({ with_response: "true" }),
            auth: false,
            signal: AbortSignal.timeout(RESPOND_MS_MAX),
          });
          return (answer as RESTPostAPIInteractionCallbackWithResponseResult).resource?.message?.id;
        });
      const first = await attempt();
      if (first.kind !== "unknown") return first;
      // There is one answer at most, so that asking again is safe; but whose "already answered" is then, nobody knows.
      const second = await attempt();
      return second.kind === "elsewhere" ? first : second;
    },
    edit: (to, message, by) =>
      persist(async (signal) => {
        const edited = await rest.patch(original(to), { body: message, auth: false, signal });
        return (edited as APIMessage).id;
      }, by),
    remove: (to) =>
      persist(async (signal) => {
        await rest.delete(original(to), { auth: false, signal }).catch((error: unknown) => {
          if (!(error instanceof DiscordAPIError) || error.code !== UNKNOWN_MESSAGE) throw error;
        });
        return undefined;
      }),
    followUp: ({ application, token }, message) =>
      persist(async (signal) => {
        const route = Routes.webhook(application, token);
        return ((await rest.post(route, { body: message, auth: false, signal })) as APIMessage).id;
      }),
  };
}

type Sent = string | undefined;

async function settled(send: () => Promise<Sent>): Promise<Outcome> {
  try {
    return { kind: "taken", message: await send() };
  } catch (error) {
    return toOutcome(error);
  }
}

/** What is private may be there twice when an answer is lost, which is better than not at all. */
async function persist(
  send: (signal: AbortSignal) => Promise<Sent>,
  end = Date.now() + SEND_MS_MAX,
): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    try {
      return { kind: "taken", message: await send(AbortSignal.timeout(end - Date.now())) };
    } catch (error) {
      const outcome = toOutcome(error);
      const isLimit = error instanceof RateLimitError;
      const waitMs = isLimit ? error.timeToReset : WAIT_MS;
      const isWorthIt = isLimit || outcome.kind === "unknown";
      if (!isWorthIt || tries >= TRIES_MAX || Date.now() + waitMs >= end) return outcome;
      await sleep(waitMs);
    }
  }
}

function toOutcome(error: unknown): Outcome {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof RateLimitError) return { kind: "refused", reason: "rate limited" };
  if (error instanceof DiscordAPIError) {
    if (error.code === ALREADY_ANSWERED) return { kind: "elsewhere" };
    return { kind: "refused", reason: `${error.code} ${reason}` };
  }
  if (error instanceof HTTPError) return { kind: "unknown", reason: `status ${error.status}` };
  return { kind: "unknown", reason };
}
