import { App, type AuthorizeSourceData, type Receiver } from "@slack/bolt";
import type { WebClientOptions } from "@slack/web-api";
import { z } from "zod";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import type { Installs, TeamAccess } from "../installs/access.ts";
import { createSdkLogger } from "../installs/sdk-logger.ts";
import type { Ack, Incoming } from "./delivery.ts";

interface Parts {
  readonly receiver: Receiver;
  readonly installs: Installs;
  readonly options: () => WebClientOptions;
  readonly log: Log;
  /** Everything that comes, from a workspace that is ours. */
  readonly receive: (incoming: Incoming) => Promise<Ack>;
}

/** Bolt tells kinds of payloads and whose they are, and drops what our own bot did. All else is ours: who may what, and when Slack hears "ok". */
export function createBoltApp({ receiver, installs, options, log, receive }: Parts): App {
  const app = new App({
    receiver,
    authorize: (source, body) => authorize(installs, source, body).catch(toTrouble),
    clientOptions: options(),
    logger: createSdkLogger(log),
    convoStore: false,
    attachFunctionToken: false,
  });
  app.use(async (args) => {
    const { body, context } = args;
    const { teamId = "", trouble } = context;
    const answer = await receive({ body, team: teamId, trouble });
    if ("ack" in args) await (args.ack as (answer: Ack) => Promise<void>)(answer);
  });
  // Bolt would say "ok" to what has failed.
  app.error(async (error) => {
    throw error;
  });
  return app;
}

/** https://docs.slack.dev/apis/events-api#callback-field */
const ENVELOPE = z.object({
  type: z.string().optional(),
  command: z.string().optional(),
  context_team_id: z.string().nullish(),
  team_id: z.string().nullish(),
});

/**
 * Who we are in the workspace that a payload is of. Of a channel that workspaces share Slack names one of
 * them: the one that has installed the app counts.
 *
 * @throws ChatError `gone` when none of them has.
 */
async function authorize(installs: Installs, source: AuthorizeSourceData<boolean>, body: unknown) {
  const envelope = ENVELOPE.safeParse(body).data ?? {};
  const isComplete = envelope.type === "event_callback" || envelope.command !== undefined;
  // A click says nothing of the organization when it can leave it out.
  if (source.teamId !== undefined && (isComplete || source.enterpriseId !== undefined)) {
    await installs.learn(source.teamId, source.enterpriseId);
  }
  const named = [source.teamId, envelope.context_team_id, envelope.team_id];
  const bot = await firstOf(installs, [...new Set(named.filter((team) => typeof team === "string"))]);
  return {
    teamId: bot.team,
    botId: bot.bot,
    botUserId: bot.botUser,
    ...(bot.enterprise === undefined ? {} : { enterpriseId: bot.enterprise }),
  };
}

/** What passes is no reason to refuse a payload: whoever sent it can be told to try again. */
function toTrouble(error: unknown): { readonly trouble: ChatError } {
  if (error instanceof ChatError && error.kind === "unavailable") return { trouble: error };
  throw error;
}

async function firstOf(installs: Installs, [team, ...others]: readonly string[]): Promise<TeamAccess> {
  if (team === undefined) throw new ChatError("gone", "the payload names no workspace");
  try {
    return await installs.of(team);
  } catch (error) {
    const isGone = error instanceof ChatError && error.kind === "gone";
    if (!isGone || others.length === 0) throw error;
    return firstOf(installs, others);
  }
}
