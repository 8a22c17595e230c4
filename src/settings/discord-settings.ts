import { z } from "zod";
import type { Secret } from "../core/secret.ts";
import { safeUrl, secret, whole } from "./setting-kinds.ts";

/** `DISCORD_DIRECTORS=1042,7311:2094`: a role or a person, in every server or in one. Ids are Discord's snowflakes. */
const LISTED = /^(?:(\d{15,20}):)?(\d{15,20})$/;
const listed = () =>
  z
    .string()
    .transform((value) => value.split(",").map((each) => LISTED.exec(each.trim())))
    .refine(
      (found) => found.every((each) => each !== null),
      "names roles and people by id (digits), with commas between",
    )
    .transform((found) => found.map((each): DiscordListed => ({ guild: each?.[1], id: each?.[2] ?? "" })));

/** Every shard by itself opens a session; a bot that needs more of them than this is past our horizon. */
const SHARDS_MAX = 10_000;
const SHARDS = /^(\d{1,5})(?:-(\d{1,5}))?\/(\d{1,5})$/;
const shards = () =>
  z
    .string()
    .transform((value) => (value === "auto" ? value : toShards(value)))
    .refine((found) => found !== undefined, "is auto, or shards of a number of them, such as 0-3/8")
    .transform((found): DiscordShards => found ?? "auto");

function toShards(value: string): DiscordShards | undefined {
  const [, from, to = from, of] = SHARDS.exec(value) ?? [];
  const [first, last, total] = [Number(from), Number(to), Number(of)];
  // Of what was not read, nothing is at most anything.
  if (!(first <= last && last < total && total <= SHARDS_MAX)) return undefined;
  return { ids: Array.from({ length: last - first + 1 }, (_, index) => first + index), total };
}

/** A part of `SETTINGS`. */
export const DISCORD_SETTINGS = {
  // Three parts in base64: https://docs.discord.com/developers/reference#authentication
  DISCORD_TOKEN: secret(
    z
      .string()
      .regex(
        /^[\w-]+={0,2}\.[\w-]+\.[\w-]+$/,
        "is three parts with points between (not the client secret, and without “Bot”)",
      ),
  )
    .optional()
    .describe("The bot's token: with it, Draftroom is on Discord."),
  DISCORD_DIRECTORS: listed()
    .optional()
    .describe(
      "Art directors: ids of roles and people, with commas between; {server}:{id} in one server only.",
    ),
  DISCORD_MANAGERS: listed()
    .optional()
    .describe("Managers, in the same way. When there are none, whoever has Manage Server."),
  DISCORD_SHARDS: shards()
    .default("auto")
    .describe("Which shards this process runs: as many as Discord says, or such as 0-3/8."),
  DISCORD_API_URL: safeUrl()
    .default(new URL("https://discord.com/api/"))
    .describe("Discord's API, or that of a server that speaks it."),
  DISCORD_CDN_URL: safeUrl()
    .default(new URL("https://cdn.discordapp.com/"))
    .describe("Where Discord keeps files, or a server in its place."),
  DISCORD_FILES_URL: safeUrl()
    .optional()
    .describe(
      "How people reach originals that are too large for Discord, such as https://files.example.com.",
    ),
  DISCORD_FILES_HOST: z.string().min(1).default("0.0.0.0").describe("Where originals are asked for."),
  DISCORD_FILES_PORT: whole(0, 65_535, 3002).describe("The port for originals; 0 for a free one."),
} as const;

export interface DiscordListed {
  /** Undefined: in every server. */
  readonly guild: string | undefined;
  /** Of a role or a person: which of the two, the server knows. */
  readonly id: string;
}

/** `auto`: all, as many as Discord recommends. */
export type DiscordShards = "auto" | { readonly ids: readonly number[]; readonly total: number };

/** How Draftroom is on Discord. */
export interface DiscordConfig {
  readonly token: Secret;
  readonly directors: readonly DiscordListed[];
  readonly managers: readonly DiscordListed[];
  readonly shards: DiscordShards;
  /** Ends with a slash, and has no version. */
  readonly apiUrl: URL;
  /** Ends with a slash. */
  readonly cdnUrl: URL;
  readonly files: {
    /** How people reach them; undefined: they do not. Ends with a slash. */
    readonly publicUrl: URL | undefined;
    readonly host: string;
    readonly port: number;
  };
}

/** Whether anything says that Draftroom shall be on Discord: the other settings have no effect alone. */
export function asksForDiscord(given: Readonly<Record<string, unknown>>): boolean {
  return given.DISCORD_TOKEN !== undefined;
}

/** Undefined when nothing asks for Discord. */
export function toDiscordConfig(
  settings: z.output<z.ZodObject<typeof DISCORD_SETTINGS>>,
): DiscordConfig | undefined {
  if (settings.DISCORD_TOKEN === undefined) return undefined;
  return {
    token: settings.DISCORD_TOKEN,
    directors: settings.DISCORD_DIRECTORS ?? [],
    managers: settings.DISCORD_MANAGERS ?? [],
    shards: settings.DISCORD_SHARDS,
    apiUrl: settings.DISCORD_API_URL,
    cdnUrl: settings.DISCORD_CDN_URL,
    files: {
      publicUrl: settings.DISCORD_FILES_URL,
      host: settings.DISCORD_FILES_HOST,
      port: settings.DISCORD_FILES_PORT,
    },
  };
}
