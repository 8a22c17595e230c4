import type { WebClient } from "@slack/web-api";

/** A workspace whose token Slack takes. */
export interface Workspace {
  readonly team: string;
  readonly name: string;
  /** Of the bot, without the @. */
  readonly botName: string;
  readonly bot: string | undefined;
  readonly scopes: ReadonlySet<string>;
  readonly client: WebClient;
}
