import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { bad, type Finding, fine } from "../../../src/ports/finding.ts";
import { APPS, trouble, wordOf } from "./trouble.ts";
import type { Workspace } from "./workspace.ts";

/** https://docs.slack.dev/reference/methods/auth.test */
const AUTH_TEST = z.object({
  team_id: z.string(),
  team: z.string().default("a workspace"),
  user: z.string().default("the bot"),
  bot_id: z.string().optional(),
  is_enterprise_install: z.boolean().nullish(),
  response_metadata: z.object({ scopes: z.array(z.string()).default([]) }).default({ scopes: [] }),
});

export interface TokenCheck {
  readonly findings: readonly Finding[];
  /** Undefined when there is nothing to be done with the token. */
  readonly workspace: Workspace | undefined;
}

const WHERE = `${APPS} → your app → OAuth & Permissions`;
const COPY = `Copy the Bot User OAuth Token from ${WHERE} to SLACK_BOT_TOKEN again.`;
const STEPS: Readonly<Record<string, string>> = {
  invalid_auth: COPY,
  not_authed: COPY,
  token_expired: `This token ends by itself: turn off token rotation, or install through OAuth (${WHERE}).`,
  token_revoked: `Install the app again at ${APPS} → your app → Install App, and copy the new token.`,
  account_inactive: `Install the app again at ${APPS} → your app → Install App, and copy the new token.`,
};

/** Whether Slack takes the token of SLACK_BOT_TOKEN, and whose it is. */
export async function checkToken(client: WebClient, api: URL): Promise<TokenCheck> {
  const none = (...findings: readonly Finding[]) => ({ findings, workspace: undefined });
  let answer: unknown;
  try {
    answer = await client.auth.test();
  } catch (error) {
    const word = wordOf(error) ?? "";
    const step = STEPS[word];
    return none(
      step === undefined
        ? trouble(error, "auth.test", api)
        : bad(`Slack does not take the token in SLACK_BOT_TOKEN (${word}).`, step),
    );
  }
  const { data } = AUTH_TEST.safeParse(answer);
  if (data === undefined) return none(bad(`${api.host} does not answer as Slack does: check SLACK_API_URL.`));
  if (data.bot_id === undefined) {
    return none(bad("The token in SLACK_BOT_TOKEN is not that of a bot.", COPY));
  }
  if (data.is_enterprise_install === true) {
    const step = "Install the app in one workspace, or through OAuth: docs/slack.md, “Many workspaces”.";
    return none(bad("The token in SLACK_BOT_TOKEN is of a whole organization.", step));
  }
  const workspace: Workspace = {
    team: data.team_id,
    name: data.team,
    botName: data.user,
    bot: data.bot_id,
    scopes: new Set(data.response_metadata.scopes),
    client,
  };
  return {
    findings: [fine(`The bot token works: @${data.user} in ${data.team} (${data.team_id}).`)],
    workspace,
  };
}
