import {
  type FetchFunction,
  type WebAPICallResult,
  WebAPIPlatformError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from "@slack/web-api";
import { isLoopback } from "../../../src/core/loopback.ts";
import type { Secret } from "../../../src/core/secret.ts";
import type { Log } from "../../../src/ports/log.ts";
import { slackWord } from "../slack-errors.ts";
import { createSdkLogger } from "./sdk-logger.ts";

/** Makes the clients that everything of Slack's Web API goes through. */
export interface SlackClients {
  /** A client of a token, or of none, for OAuth. */
  open(token: Secret | undefined, options?: ClientOptions): WebClient;
  /** The settings of such a client, in an object of its own: Slack's SDK changes those that it is given. */
  options(): WebClientOptions;
  /** Where people are sent to install the app. */
  readonly authorizeUrl: string;
}

export interface ClientOptions {
  /** Sent as `team_id` with every call: what the token of an organization is to act on. */
  readonly team?: string | undefined;
  /** Hears how each call ended. */
  readonly onAnswer?: (answer: ClientAnswer) => void;
}

export interface ClientAnswer {
  /** `ok: false` with this error; undefined for `ok: true`. */
  readonly error: string | undefined;
  /** Of the token, as Slack gave them with this answer. */
  readonly scopes: readonly string[] | undefined;
}

interface Parts {
  /** Such as `https://slack.com/api/`. */
  readonly apiUrl: string;
  readonly fetch?: FetchFunction | undefined;
  readonly log: Log;
}

/** How long Slack may take to answer, in ms. */
export const CALL_TIMEOUT_MS = 20_000;

/** @throws RangeError for an API URL that would send tokens through an open network. */
export function createSlackClients({ apiUrl, fetch, log }: Parts): SlackClients {
  const api = readApiUrl(apiUrl);
  const options = (): WebClientOptions => ({
    slackApiUrl: api.href,
    // Retries are the caller's: the SDK's repeat calls that must not be repeated.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT_MS,
    // A token goes to the API's address, whatever a method's name was made of.
    allowAbsoluteUrls: false,
    logger: createSdkLogger(log),
    ...(fetch === undefined ? {} : { fetch }),
  });
  return {
    open: (token, { team, onAnswer } = {}) =>
      new TeamClient(
        token?.reveal(),
        team === undefined ? options() : { ...options(), teamId: team },
        onAnswer ?? (() => {}),
      ),
    options,
    authorizeUrl: new URL("../oauth/v2/authorize", api).href,
  };
}

/** @throws RangeError */
function readApiUrl(apiUrl: string): URL {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (url === undefined || !isSafe) {
    throw new RangeError("Slack's API URL starts with https://, or with http:// on this machine");
  }
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

/** Tells how its calls ended, and shows no token: not its own, and none that an answer has in it. */
class TeamClient extends WebClient {
  readonly #onAnswer: (answer: ClientAnswer) => void;

  constructor(
    token: string | undefined,
    options: WebClientOptions,
    onAnswer: (answer: ClientAnswer) => void,
  ) {
    super(token, options);
    this.#onAnswer = onAnswer;
  }

  override async apiCall(method: string, options?: Record<string, unknown>): Promise<WebAPICallResult> {
    try {
      const result = await super.apiCall(method, options);
      this.#onAnswer({ error: undefined, scopes: result.response_metadata?.scopes });
      return result;
    } catch (error) {
      if (!(error instanceof WebAPIPlatformError)) throw error;
      // Of an answer that is no JSON the SDK quotes all, and half an answer may have tokens in it.
      const word = slackWord(error);
      if (word === undefined) throw new WebAPIRequestError(new Error("the answer is none of Slack's"));
      this.#onAnswer({ error: word, scopes: error.data.response_metadata?.scopes });
      throw error;
    }
  }

  toJSON(): string {
    return "[slack client]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[slack client]";
  }
}
