import type { WebClient } from "@slack/web-api";

/** How to act as the bot in the workspaces that have installed it. */
export interface Access {
  /**
   * The way into a workspace, with a token that is good for a while: ask again before each use.
   *
   * @param team the id of the workspace, `T…`.
   * @throws ChatError `gone` when it has not, or no longer, installed the app, `refused` when Slack does not
   * take the token or the kept one cannot be read, `unavailable` when Slack or the database could not be asked.
   */
  of(team: string): Promise<TeamAccess>;
  /**
   * Every workspace that has installed it, by id. Those that an organization's installation covers are
   * known from the first event on.
   *
   * @throws ChatError as `of`.
   */
  teams(): Promise<readonly string[]>;
}

/** An `Access` that is told what Slack says about installations. */
export interface Installs extends Access {
  /**
   * An event named the organization, `E…`, that a workspace belongs to; undefined when it belongs to
   * none, or its access was taken away (`team_access_revoked`). To be told of every event: it costs
   * something only when it is news.
   *
   * @throws ChatError `unavailable`
   */
  learn(team: string, enterprise: string | undefined): Promise<void>;
  /**
   * Slack said that tokens were revoked (`app_uninstalled`, `tokens_revoked`): purges them, unless the
   * app was installed again since. Resolves with those of the workspaces meant that have no installation
   * now, whenever that happened. Repeatable.
   *
   * @param home as the event names it.
   * @param at its `event_time`.
   * @throws ChatError `unavailable` when it could not be decided: let Slack deliver the event again.
   */
  forget(home: InstallHome, at: Date): Promise<readonly string[]>;
}

/** Where the app was installed: a workspace, `T…`, or a whole organization, `E…`. */
export interface InstallHome {
  readonly team: string | undefined;
  readonly enterprise: string | undefined;
}

export interface TeamAccess {
  readonly team: string;
  /** The organization, `E…`, of Enterprise Grid. */
  readonly enterprise: string | undefined;
  /** Where its people see it, such as `https://acme.slack.com/`; undefined when Slack has not said. */
  readonly url: string | undefined;
  /** The bot as a person, `U…`: who reacts and is mentioned. */
  readonly botUser: string;
  /** The bot as an author of messages, `B…`. */
  readonly bot: string;
  /** What the app was allowed to do, such as `chat:write`. */
  readonly scopes: ReadonlySet<string>;
  /** Never retries by itself, and rejects at once when a limit is reached. */
  readonly client: WebClient;
}
