import { z } from "zod";
import type { Secret } from "../core/secret.ts";
import { safeUrl, secret, whole } from "./setting-kinds.ts";

/** `SLACK_DIRECTORS=U1,T9:S2`: a person or a user group, everywhere or in one workspace only. */
const LISTED = /^(?:(T[A-Z0-9]+):)?([UWS][A-Z0-9]+)$/;
const listed = () =>
  z
    .string()
    .transform((value) => value.split(",").map((each) => LISTED.exec(each.trim())))
    .refine(
      (found) => found.every((each) => each !== null),
      "names people (U… or W…) and user groups (S…) by id, with commas between",
    )
    .transform((found) => found.map((each): SlackListed => ({ team: each?.[1], id: each?.[2] ?? "" })));

/** 32 bytes in base64: 43 characters, of which the last holds four bits, and the padding. */
const KEY = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
const keys = () =>
  z
    .string()
    .refine(
      (value) => value.split(",").every((each) => KEY.test(each.trim())),
      "is one or more keys of 32 bytes in base64, with commas between (openssl rand -base64 32)",
    )
    .transform((value) => value.split(",").map((each) => secret(z.string()).parse(each.trim())));

/** A part of `SETTINGS`. Forms of tokens: https://docs.slack.dev/authentication/tokens */
export const SLACK_SETTINGS = {
  SLACK_BOT_TOKEN: secret(z.string().regex(/^xoxb-\S+$/, "starts with xoxb-"))
    .optional()
    .describe("The bot's token (xoxb-…), when Draftroom serves one workspace."),
  SLACK_APP_TOKEN: secret(z.string().regex(/^xapp-\S+$/, "starts with xapp-"))
    .optional()
    .describe("The app's token (xapp-…): Slack is heard through Socket Mode."),
  SLACK_SIGNING_SECRET: secret()
    .optional()
    .describe(
      "Without an app token: Slack is heard through HTTP, and this tells its requests from forged ones.",
    ),
  SLACK_HOST: z.string().min(1).default("0.0.0.0").describe("Where Slack's requests are listened for."),
  SLACK_PORT: whole(0, 65_535, 3001).describe("The port for Slack's requests; 0 for a free one."),
  SLACK_PUBLIC_URL: safeUrl()
    .optional()
    .describe("How Slack reaches that port through a proxy, such as https://bot.example.com."),
  SLACK_CLIENT_ID: z.string().min(1).optional().describe("Many workspaces: the app's client id."),
  SLACK_CLIENT_SECRET: secret().optional().describe("Many workspaces: the app's client secret."),
  SLACK_STATE_SECRET: secret()
    .optional()
    .describe("Many workspaces: signs the way to Slack's consent page and back."),
  SLACK_TOKEN_KEYS: keys()
    .optional()
    .describe(
      "Many workspaces: keys of 32 bytes in base64 for the stored tokens; the first encrypts, all decrypt.",
    ),
  SLACK_DIRECTORS: listed()
    .optional()
    .describe(
      "Art directors: ids of people and user groups, with commas between; T…:U… in one workspace only.",
    ),
  SLACK_MANAGERS: listed().optional().describe("Managers, in the same way."),
  SLACK_API_URL: safeUrl()
    .default(new URL("https://slack.com/api/"))
    .describe("Slack's Web API, or that of a server that speaks it."),
} as const;

export interface SlackListed {
  /** `T…`; undefined: in every workspace. */
  readonly team: string | undefined;
  /** `U…` or `W…` for a person, `S…` for a user group. */
  readonly id: string;
}

/** How Draftroom is on Slack. */
export interface SlackConfig {
  readonly transport:
    | { readonly kind: "socket"; readonly appToken: Secret }
    | {
        readonly kind: "http";
        readonly signingSecret: Secret;
        readonly host: string;
        readonly port: number;
        /** How Slack reaches it; undefined: nobody said. Ends with a slash. */
        readonly publicUrl: URL | undefined;
      };
  readonly install:
    | { readonly kind: "token"; readonly botToken: Secret }
    | {
        readonly kind: "oauth";
        readonly clientId: string;
        readonly clientSecret: Secret;
        readonly stateSecret: Secret;
        /** 32 bytes each, in base64. The first encrypts, all decrypt. At least one. */
        readonly tokenKeys: readonly Secret[];
        /** Where people come back to from Slack's consent page. Ends with a slash. */
        readonly publicUrl: URL;
      };
  readonly directors: readonly SlackListed[];
  readonly managers: readonly SlackListed[];
  /** Ends with a slash. */
  readonly apiUrl: URL;
}

type Given = Readonly<Record<string, unknown>>;
const OAUTH = ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_STATE_SECRET", "SLACK_TOKEN_KEYS"] as const;
const ASKS_FOR_SLACK = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", ...OAUTH] as const;

/** Whether anything says that Draftroom shall be on Slack: the other settings have no effect alone. */
export function asksForSlack(given: Given): boolean {
  return ASKS_FOR_SLACK.some((name) => given[name] !== undefined);
}

/** Settings of Slack's that are right by themselves but not together. */
export function slackConflicts(given: Given): string[] {
  if (!asksForSlack(given)) return [];
  const has = (name: keyof typeof SLACK_SETTINGS) => given[name] !== undefined;
  const [first] = OAUTH.filter(has);
  return first === undefined ? oneWorkspaceConflicts(has) : manyWorkspacesConflicts(first, has);
}

type Has = (name: keyof typeof SLACK_SETTINGS) => boolean;

function oneWorkspaceConflicts(has: Has): string[] {
  if (!has("SLACK_BOT_TOKEN")) {
    const other = has("SLACK_APP_TOKEN") ? "SLACK_APP_TOKEN" : "SLACK_SIGNING_SECRET";
    return [`SLACK_BOT_TOKEN is needed with ${other}: it is what messages are sent with`];
  }
  return has("SLACK_APP_TOKEN") || has("SLACK_SIGNING_SECRET")
    ? []
    : ["SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is needed to hear from Slack"];
}

function manyWorkspacesConflicts(first: string, has: Has): string[] {
  if (has("SLACK_BOT_TOKEN")) {
    return [`SLACK_BOT_TOKEN is for one workspace and ${first} for many: set the one or the other`];
  }
  const needed = [...OAUTH, "SLACK_SIGNING_SECRET", "SLACK_PUBLIC_URL"] as const;
  const problems = needed
    .filter((name) => !has(name))
    .map((name) => `${name} is needed with ${first}, for many workspaces`);
  if (has("SLACK_APP_TOKEN")) {
    problems.push("SLACK_APP_TOKEN is for one workspace, and many need HTTP: leave it out");
  }
  return problems;
}

type Settings = z.output<z.ZodObject<typeof SLACK_SETTINGS>>;

/** What settings without conflicts come to; undefined when nothing asks for Slack. */
export function toSlackConfig(settings: Settings): SlackConfig | undefined {
  const transport = toTransport(settings);
  const install = toInstall(settings);
  if (transport === undefined || install === undefined) return undefined;
  return {
    transport,
    install,
    directors: settings.SLACK_DIRECTORS ?? [],
    managers: settings.SLACK_MANAGERS ?? [],
    apiUrl: settings.SLACK_API_URL,
  };
}

function toTransport(settings: Settings): SlackConfig["transport"] | undefined {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = settings;
  if (appToken) return { kind: "socket", appToken };
  const { SLACK_HOST: host, SLACK_PORT: port, SLACK_PUBLIC_URL: publicUrl } = settings;
  return signingSecret && { kind: "http", signingSecret, host, port, publicUrl };
}

function toInstall(settings: Settings): SlackConfig["install"] | undefined {
  if (settings.SLACK_BOT_TOKEN) return { kind: "token", botToken: settings.SLACK_BOT_TOKEN };
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = settings;
  const { SLACK_STATE_SECRET: stateSecret, SLACK_TOKEN_KEYS: tokenKeys } = settings;
  const { SLACK_PUBLIC_URL: publicUrl } = settings;
  if (!clientId || !clientSecret || !stateSecret || !tokenKeys || !publicUrl) return undefined;
  return { kind: "oauth", clientId, clientSecret, stateSecret, tokenKeys, publicUrl };
}
