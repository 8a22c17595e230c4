import type { SlackDelivery } from "../local-slack.ts";
import type { Json } from "../world/records.ts";

/** Something for the app: an event, a command, an interaction. */
export interface Outgoing {
  readonly id: string;
  readonly kind: SlackDelivery["kind"];
  readonly type: string;
  readonly team: string;
  readonly payload: Json;
  /** Whether the ack may carry an answer. */
  readonly acceptsAnswer: boolean;
}

export interface Retry {
  readonly attempt: number;
  /** https://docs.slack.dev/apis/events-api#retries */
  readonly reason: "http_timeout" | "connection_failed" | "http_error" | "timeout";
}

/** How a try ended. */
export type Answer =
  | { readonly outcome: "acked"; readonly status: number | undefined; readonly body: unknown }
  | { readonly outcome: "refused"; readonly status: number; readonly wantsNoRetry: boolean }
  | { readonly outcome: "timeout" }
  /** No connection, or it broke before the answer. */
  | { readonly outcome: "lost" };

export interface Transport {
  readonly name: SlackDelivery["by"];
  /** One try. Never rejects. */
  send(outgoing: Outgoing, retry: Retry | undefined): Promise<Answer>;
}
