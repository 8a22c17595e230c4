import type { FetchFunction } from "@slack/web-api";
import { z } from "zod";
import type { Secret } from "../../../src/core/secret.ts";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import { isDeadToken, refusalOf, toChatError } from "../slack-errors.ts";
import type { Installs, TeamAccess } from "./access.ts";
import { type ClientAnswer, createSlackClients } from "./slack-client.ts";
import { WORKSPACE_URL } from "./workspace-url.ts";

interface Parts {
  /** The bot's token, `xoxb-…`, as Slack's page of the app shows it. */
  readonly token: Secret;
  readonly apiUrl: string;
  readonly fetch?: FetchFunction;
  readonly log: Log;
}

/** https://docs.slack.dev/reference/methods/auth.test */
const AUTH_TEST = z.object({
  url: WORKSPACE_URL,
  team_id: z.string().min(1),
  user_id: z.string().min(1),
  bot_id: z.string().min(1).optional(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
  response_metadata: z.object({ scopes: z.array(z.string()).default([]) }),
});

/**
 * Access to the one workspace that a token is of. Who it is, is asked once; and again after Slack has
 * refused the token, or has named other scopes for it, as it does once an admin has granted more.
 */
export function createTokenAccess({ token, apiUrl, fetch, log }: Parts): Installs {
  const clients = createSlackClients({ apiUrl, fetch, log });
  let known: Promise<TeamAccess> | undefined;

  function identity(): Promise<TeamAccess> {
    if (known !== undefined) return known;
    const asked: Promise<TeamAccess> = ask(() => {
      if (known === asked) known = undefined;
    });
    known = asked;
    asked.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked;
  }

  async function ask(onChange: () => void): Promise<TeamAccess> {
    let scopes: ReadonlySet<string> | undefined;
    const onAnswer = (answer: ClientAnswer) => {
      if (isDeadToken(answer.error) || !isSame(scopes, answer.scopes)) onChange();
    };
    const client = clients.open(token, { onAnswer });
    const answer = await client.auth.test().catch((error: unknown) => {
      const refusal = refusalOf(error);
      throw refusal === undefined
        ? toChatError("auth.test of SLACK_BOT_TOKEN", error)
        : new ChatError("refused", `SLACK_BOT_TOKEN is refused: ${refusal}`, { cause: error });
    });
    const { success, data } = AUTH_TEST.safeParse(answer);
    if (!success || data.bot_id === undefined) {
      throw new ChatError("refused", "SLACK_BOT_TOKEN is not the token of a bot: it starts with xoxb-");
    }
    if (data.is_enterprise_install === true) {
      throw new ChatError("refused", "SLACK_BOT_TOKEN is of a whole organization: install by OAuth instead");
    }
    scopes = new Set(data.response_metadata.scopes);
    return {
      team: data.team_id,
      enterprise: data.enterprise_id ?? undefined,
      url: data.url,
      botUser: data.user_id,
      bot: data.bot_id,
      scopes,
      client,
    };
  }

  return {
    async of(team) {
      const access = await identity();
      if (access.team === team) return access;
      throw new ChatError("gone", `${team} has not installed the app: SLACK_BOT_TOKEN is of ${access.team}`);
    },
    teams: async () => [(await identity()).team],
    learn: async () => {},
    async forget({ team }) {
      known = undefined;
      if (team === undefined) return [];
      try {
        return (await identity()).team === team ? [] : [team];
      } catch (error) {
        if (error instanceof ChatError && error.kind === "refused") return [team];
        throw error;
      }
    },
  };
}

function isSame(known: ReadonlySet<string> | undefined, told: readonly string[] | undefined): boolean {
  if (known === undefined || told === undefined) return true;
  return known.size === told.length && told.every((scope) => known.has(scope));
}
