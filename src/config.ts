import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { type Credits, credits } from "./core/credits.ts";
import { isLoopback } from "./core/loopback.ts";
import type { Secret } from "./core/secret.ts";
import { toTimeZone } from "./core/time-zone.ts";
import type { ModelSettings } from "./settings/choose-models.ts";
import {
  asksForDiscord,
  DISCORD_SETTINGS,
  type DiscordConfig,
  toDiscordConfig,
} from "./settings/discord-settings.ts";
import { MODEL_SETTINGS } from "./settings/model-access.ts";
import { hintsOfNearNames, problemsOfUnknownNames } from "./settings/near-names.ts";
import { readModels } from "./settings/read-models.ts";
import type { ReadFile } from "./settings/read-models-file.ts";
import { protocolOf, secret, secretUrl, whole } from "./settings/setting-kinds.ts";
import {
  asksForSlack,
  SLACK_SETTINGS,
  type SlackConfig,
  slackConflicts,
  toSlackConfig,
} from "./settings/slack-settings.ts";

/**
 * Every setting: its name in the environment, what it may be, its default, what it is for. The README
 * and `.env.example` are checked against this table.
 */
export const SETTINGS = {
  DRAFTROOM_ROLE: z
    .enum(["all", "gateway", "worker"])
    .default("all")
    .describe("What this process does: everything, only talk to people, or only make images."),
  DRAFTROOM_STUDIO: z
    .enum(["on", "off"])
    .optional()
    .describe("The chat of its own, on a page. On, unless another chat is set."),
  DRAFTROOM_HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("Where the studio listens. Any but a loopback address needs a token."),
  DRAFTROOM_PORT: whole(0, 65_535, 3000).describe("The studio's port. When it is taken, a free one is used."),
  DRAFTROOM_TOKEN: secret().optional().describe("Who opens the studio with /?token=… may come in."),
  DRAFTROOM_PUBLIC_URL: z
    .string()
    .refine((value) => ["http:", "https:"].includes(protocolOf(value)), "starts with https:// or http://")
    .transform((value) => new URL(value))
    .optional()
    .describe("How people reach the studio through a proxy, such as https://draft.example.com."),
  DRAFTROOM_DATA_DIR: z
    .string()
    .min(1)
    .default("data")
    .describe("The folder of the images and of the embedded database."),
  DATABASE_URL: secretUrl(["postgres:", "postgresql:"])
    .optional()
    .describe("PostgreSQL 13 or newer, instead of the embedded database."),
  // Commas stand between the nodes of a cluster.
  REDIS_URL: secretUrl(["redis:", "rediss:"], (value) => value.split(","))
    .optional()
    .describe("Redis for the queue, instead of the database."),
  DRAFTROOM_START_CREDITS: whole(0, 1_000_000, 400).describe("The credits of a new channel."),
  DRAFTROOM_TIME_ZONE: z
    .string()
    .default("UTC")
    .refine((name) => toTimeZone(name) !== undefined, "is an IANA time zone, such as Europe/Madrid")
    .describe("For times in chat, and for allowances that name no zone."),
  DRAFTROOM_RETENTION_DAYS: whole(1, 3650, 90).describe(
    "How long the data of a workspace that took the app out is kept before it is deleted.",
  ),
  DRAFTROOM_TAKES_AT_ONCE: whole(1, 256, 4).describe(
    "How many takes each model makes in this process at the same time.",
  ),
  DRAFTROOM_FINALS_AT_ONCE: whole(1, 64, 2).describe(
    "How many finals each model makes in this process at the same time.",
  ),
  DRAFTROOM_SKETCH_DELAY_MS: whole(0, 600_000, 600).describe(
    "How long the built-in model pretends to think.",
  ),
  DRAFTROOM_LEASE_SECONDS: whole(1, 600, 10).describe(
    "How long work belongs to a process that has gone silent, before another takes it.",
  ),
  DRAFTROOM_STOP_SECONDS: whole(1, 600, 20).describe(
    "How long running work may take to end when the process is told to stop.",
  ),
  DRAFTROOM_LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .default("warn")
    .describe("What is logged, as JSON lines on standard error."),
  ...MODEL_SETTINGS,
  ...SLACK_SETTINGS,
  ...DISCORD_SETTINGS,
} as const;

export type SettingName = keyof typeof SETTINGS;

/** Everything that the program was told, read once. */
export interface Config {
  readonly role: "all" | "gateway" | "worker";
  /** Undefined: off. */
  readonly studio: StudioConfig | undefined;
  /** Undefined: not on Slack, or a worker, which talks to nobody. */
  readonly slack: SlackConfig | undefined;
  /** Undefined: not on Discord, or a worker. */
  readonly discord: DiscordConfig | undefined;
  readonly dataDir: string;
  /** Undefined: embedded. */
  readonly databaseUrl: Secret | undefined;
  /** Undefined: the queue is in the database. */
  readonly redisUrl: Secret | undefined;
  readonly startCredits: Credits;
  readonly models: ModelSettings;
  readonly timeZone: string;
  readonly retentionDays: number;
  readonly takesAtOnce: number;
  readonly finalsAtOnce: number;
  readonly sketchDelayMs: number;
  readonly leaseMs: number;
  readonly stopMs: number;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

export interface StudioConfig {
  readonly host: string;
  readonly port: number;
  readonly token: Secret | undefined;
  readonly publicUrl: URL | undefined;
}

export type ConfigResult =
  /** `hints`: one line each, of what looks mistyped but may belong to another program. */
  | { readonly status: "ok"; readonly config: Config; readonly hints: readonly string[] }
  /** One line a problem, each with the setting's name. */
  | { readonly status: "bad"; readonly problems: readonly string[] };

/**
 * Reads the settings and the models file, and names everything that is wrong with them at once. Values are never quoted:
 * they may be secret.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  readFile: ReadFile = readIfThere,
): ConfigResult {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = z.object(SETTINGS).safeParse(given);
  const issues = parsed.error?.issues ?? [];
  const asks = given.DRAFTROOM_ROLE !== "gateway";
  const models = readModels({ given, environment: parsed.data, asks, readFile });
  const problems = [
    ...problemsOfUnknownNames("DRAFTROOM_", SETTINGS, given),
    ...issues.map((issue) => `${issue.path.join(".")} ${issue.message}`),
    ...conflicts(given),
    ...(models.status === "bad" ? models.problems : []),
  ];
  const hints = [
    ...hintsOfNearNames("SLACK_", SLACK_SETTINGS, given),
    ...hintsOfNearNames("DISCORD_", DISCORD_SETTINGS, given),
    ...models.hints,
  ];
  return parsed.success && models.status === "ok" && problems.length === 0
    ? { status: "ok", config: toConfig(parsed.data, models.models), hints }
    : { status: "bad", problems: [...problems, ...hints] };
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

type Given = Readonly<Record<string, unknown>>;

/** Settings that are right by themselves but not together. */
function conflicts(given: Given): string[] {
  const problems = studioConflicts(given);
  const role = SETTINGS.DRAFTROOM_ROLE.safeParse(given.DRAFTROOM_ROLE).data ?? "all";
  // A worker talks to nobody; it may be given the settings of those who do.
  if (role !== "worker") {
    problems.push(...slackConflicts(given));
    if (given.DRAFTROOM_STUDIO === "off" && !asksForOther(given)) {
      problems.push("DRAFTROOM_STUDIO is off and no other chat is set: nobody could talk to Draftroom");
    }
  }
  if (role !== "all" && given.DATABASE_URL === undefined) {
    problems.push(`DATABASE_URL is needed for the role ${role}: the embedded database is for one process`);
  }
  return problems;
}

function studioConflicts(given: Given): string[] {
  if (!isStudioOn(given.DRAFTROOM_STUDIO, asksForOther(given))) return [];
  const problems: string[] = [];
  const host = SETTINGS.DRAFTROOM_HOST.parse(given.DRAFTROOM_HOST);
  if (!isLoopback(host) && given.DRAFTROOM_TOKEN === undefined) {
    problems.push("DRAFTROOM_HOST is open to other machines: set DRAFTROOM_TOKEN, or listen on 127.0.0.1");
  }
  if (given.DRAFTROOM_PUBLIC_URL !== undefined && given.DRAFTROOM_TOKEN === undefined) {
    problems.push("DRAFTROOM_PUBLIC_URL opens the studio to other machines: set DRAFTROOM_TOKEN");
  }
  return problems;
}

/** A chat other than the studio. */
function asksForOther(given: Given): boolean {
  return asksForSlack(given) || asksForDiscord(given);
}

function isStudioOn(setting: unknown, hasOther: boolean): boolean {
  return setting === undefined ? !hasOther : setting !== "off";
}

type Settings = z.output<z.ZodObject<typeof SETTINGS>>;

function toConfig(settings: Settings, models: ModelSettings): Config {
  const role = settings.DRAFTROOM_ROLE;
  const slack = role === "worker" ? undefined : toSlackConfig(settings);
  const discord = role === "worker" ? undefined : toDiscordConfig(settings);
  const hasOther = slack !== undefined || discord !== undefined;
  return Object.freeze({
    role,
    studio: isStudioOn(settings.DRAFTROOM_STUDIO, hasOther) ? toStudio(settings) : undefined,
    slack,
    discord,
    dataDir: settings.DRAFTROOM_DATA_DIR,
    databaseUrl: settings.DATABASE_URL,
    redisUrl: settings.REDIS_URL,
    startCredits: credits(settings.DRAFTROOM_START_CREDITS),
    models,
    timeZone: settings.DRAFTROOM_TIME_ZONE,
    retentionDays: settings.DRAFTROOM_RETENTION_DAYS,
    takesAtOnce: settings.DRAFTROOM_TAKES_AT_ONCE,
    finalsAtOnce: settings.DRAFTROOM_FINALS_AT_ONCE,
    sketchDelayMs: settings.DRAFTROOM_SKETCH_DELAY_MS,
    leaseMs: settings.DRAFTROOM_LEASE_SECONDS * 1000,
    stopMs: settings.DRAFTROOM_STOP_SECONDS * 1000,
    logLevel: settings.DRAFTROOM_LOG_LEVEL,
  });
}

function toStudio(settings: Settings): StudioConfig {
  return {
    host: settings.DRAFTROOM_HOST,
    port: settings.DRAFTROOM_PORT,
    token: settings.DRAFTROOM_TOKEN,
    publicUrl: settings.DRAFTROOM_PUBLIC_URL,
  };
}
