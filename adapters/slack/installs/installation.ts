import type { Installation as OAuthInstallation } from "@slack/oauth";
import { z } from "zod";
import { Secret } from "../../../src/core/secret.ts";

/** One installation of the app: what it may do where, and with which token. */
export interface Installation {
  /** Of the workspace, `T…`, or of the organization, `E…`, that it is for. */
  readonly id: string;
  /** The organization of a workspace that has one; of an organization, itself. */
  readonly enterprise: string | undefined;
  /** Of a workspace, if Slack has said it: `https://acme.slack.com/`. */
  readonly url: string | undefined;
  /** `U…` or `W…` */
  readonly botUser: string;
  /** `B…` */
  readonly bot: string;
  readonly scopes: readonly string[];
  readonly token: Secret;
  /** Undefined for a token that does not end. */
  readonly rotation: Rotation | undefined;
}

export interface Rotation {
  readonly refreshToken: Secret;
  /** When the token ends. */
  readonly endsAt: Date;
}

/** What is sealed. `id` is not in it: the record is bound to it. */
const SEALED = z.strictObject({
  enterprise: z.string().optional(),
  url: z.string().optional(),
  botUser: z.string(),
  bot: z.string(),
  scopes: z.array(z.string()),
  token: z.string(),
  refreshToken: z.string().optional(),
  /** ms since the epoch */
  endsAt: z.number().optional(),
});

export function encodeInstallation(installation: Installation): string {
  const { enterprise, url, botUser, bot, scopes, token, rotation } = installation;
  const content: z.input<typeof SEALED> = {
    enterprise,
    url,
    botUser,
    bot,
    scopes: [...scopes],
    token: token.reveal(),
    refreshToken: rotation?.refreshToken.reveal(),
    endsAt: rotation?.endsAt.getTime(),
  };
  return JSON.stringify(content);
}

/** Undefined for words of another form: nothing of them is to be quoted in an error. */
export function decodeInstallation(id: string, words: string): Installation | undefined {
  const read = z.string().transform(toJson).pipe(SEALED).safeParse(words);
  if (!read.success) return undefined;
  const { enterprise, url, botUser, bot, scopes, token, refreshToken, endsAt } = read.data;
  return {
    id,
    enterprise,
    url,
    botUser,
    bot,
    scopes,
    token: new Secret(token),
    rotation: toRotation(refreshToken, endsAt),
  };
}

/** What Slack has given at the end of an installation; undefined when no bot's token was among it. */
export function readInstallation(given: OAuthInstallation): Installation | undefined {
  const { bot } = given;
  const id = given.isEnterpriseInstall === true ? given.enterprise?.id : given.team?.id;
  if (bot === undefined || id === undefined) return undefined;
  return {
    id,
    enterprise: given.enterprise?.id,
    url: undefined,
    botUser: bot.userId,
    bot: bot.id,
    scopes: bot.scopes,
    token: new Secret(bot.token),
    rotation: toRotation(bot.refreshToken, bot.expiresAt === undefined ? undefined : bot.expiresAt * 1000),
  };
}

function toRotation(refreshToken: string | undefined, endsAt: number | undefined): Rotation | undefined {
  if (refreshToken === undefined || endsAt === undefined) return undefined;
  return { refreshToken: new Secret(refreshToken), endsAt: new Date(endsAt) };
}

function toJson(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}
