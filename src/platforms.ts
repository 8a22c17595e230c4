import { Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import type { SlackTables } from "../adapters/slack/slack-tables.ts";
import type { StudioTables } from "../adapters/web/studio-tables.ts";
import { createAssetReader } from "./assets/asset-reader.ts";
import type { Config, StudioConfig } from "./config.ts";
import { createIdSource } from "./core/id-source.ts";
import type { BlobStore } from "./ports/blobs.ts";
import type { ChatGateway, ChatSender } from "./ports/chat.ts";
import type { Clock, Log } from "./ports/log.ts";
import type { Database } from "./ports/records.ts";
import type { DiscordConfig } from "./settings/discord-settings.ts";
import type { SlackConfig } from "./settings/slack-settings.ts";

// Each chat stands on a large SDK: only that of a chat which the settings ask for is loaded.

export interface Platform {
  readonly gateway: ChatGateway;
  readonly sender: ChatSender;
  /** Where people find it, in words or as a URL, once it is started. */
  place(): string;
}

/** What chats stand on. */
export interface ChatGround {
  readonly pool: pg.Pool;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly log: Log;
  readonly clock: Clock;
  /** The length of the minute in which Slack counts calls, in milliseconds. */
  readonly slackMinuteMs: number;
}

/** The chats that the settings ask for, not started yet. */
export async function openPlatforms(config: Config, ground: ChatGround): Promise<readonly Platform[]> {
  const platforms: Platform[] = [];
  if (config.studio) platforms.push(await openStudio(config.studio, ground));
  if (config.slack) platforms.push(await openSlack(config.slack, ground));
  if (config.discord) platforms.push(await openDiscord(config.discord, ground));
  return platforms;
}

async function openStudio(studio: StudioConfig, ground: ChatGround): Promise<Platform> {
  const { createStudio } = await import("../adapters/web/studio.ts");
  const { pool, database, blobs, log, clock } = ground;
  const { gateway, sender, url } = createStudio({
    db: new Kysely<StudioTables>({ dialect: new PostgresDialect({ pool }) }),
    assets: createAssetReader(database.records.assets, blobs),
    log,
    clock,
    ids: createIdSource(clock),
    host: studio.host,
    port: studio.port,
    token: studio.token?.reveal(),
    publicUrl: studio.publicUrl,
  });
  const token = studio.token ? "/?token=… (your DRAFTROOM_TOKEN)" : "";
  return { gateway, sender, place: () => `${url()}${token}` };
}

async function openSlack(slack: SlackConfig, ground: ChatGround): Promise<Platform> {
  const { createSlack } = await import("../adapters/slack/slack.ts");
  const { pool, database, blobs, log, clock, slackMinuteMs } = ground;
  return createSlack({
    ...slack,
    minuteMs: slackMinuteMs,
    db: new Kysely<SlackTables>({ dialect: new PostgresDialect({ pool }) }),
    assets: createAssetReader(database.records.assets, blobs),
    log,
    clock,
  });
}

async function openDiscord(discord: DiscordConfig, ground: ChatGround): Promise<Platform> {
  const { createDiscord } = await import("../adapters/discord/discord.ts");
  const { database, blobs, log, clock } = ground;
  return createDiscord({
    ...discord,
    assets: createAssetReader(database.records.assets, blobs),
    log,
    clock,
  });
}
