import { setTimeout as sleep } from "node:timers/promises";
import { REST } from "discord.js";
import sharp from "sharp";
import { afterEach, expect } from "vitest";
import { channelRef, readMessage, threadRef, userRef } from "../../../../adapters/discord/discord-refs.ts";
import { REST_OPTIONS } from "../../../../adapters/discord/discord-rest.ts";
import { createRecentInteractions } from "../../../../adapters/discord/gateway/create-recent-interactions.ts";
import type { RecentInteractions } from "../../../../adapters/discord/recent-interactions.ts";
import { createDiscordSender } from "../../../../adapters/discord/sender/discord-sender.ts";
import { createUploadLimits, type UploadLimits } from "../../../../adapters/discord/sender/upload-limits.ts";
import type { ImageMime } from "../../../../src/core/asset.ts";
import type { Card } from "../../../../src/core/card.ts";
import type { AssetId, MessageRef, UserRef } from "../../../../src/core/ids.ts";
import type { AssetFile } from "../../../../src/ports/assets.ts";
import { ChatError, type ChatSender, type Place } from "../../../../src/ports/chat.ts";
import type { DiscordMessage } from "../../../support/discord/discord-message.ts";
import type {
  ChannelOptions,
  DiscordChannel,
  DiscordGuild,
  DiscordPerson,
} from "../../../support/discord/discord-people.ts";
import type {
  DiscordCall,
  DiscordOptions,
  GuildOptions,
  LocalDiscord,
} from "../../../support/discord/local-discord.ts";
import { startDiscord } from "../../../support/discord/start-discord.ts";
import { fresh } from "../../../support/fresh.ts";
import { createRecordingLog, type RecordingLog } from "../../../support/recording-log.ts";

/** A server with a channel, one person in it, and a sender that is connected to it. */
export interface SenderDesk {
  readonly discord: LocalDiscord;
  readonly guild: DiscordGuild;
  readonly ada: DiscordPerson;
  readonly channel: DiscordChannel;
  readonly sender: ChatSender;
  readonly limits: UploadLimits;
  readonly recent: RecentInteractions;
  readonly log: RecordingLog;
  /** The bot's own way to Discord, beside the sender. */
  readonly rest: REST;
  /** The channel itself. */
  readonly place: Place;
  addChannel(
    name: string,
    options?: ChannelOptions,
  ): { readonly channel: DiscordChannel; readonly place: Place };
  /** A sender as after a restart: it remembers nothing. */
  restart(): ChatSender;
  user(person: DiscordPerson): UserRef;
  /** Keeps an image of that type. `noise` makes it heavy. */
  addAsset(image?: Partial<TestImage>): Promise<AssetId>;
  /** From now on, images cannot be read. */
  loseAssets(): void;
  /** How often the bytes of an asset were read. */
  reads(asset: AssetId): number;
  calls(route?: string): readonly DiscordCall[];
  at(ref: MessageRef): DiscordMessage | undefined;
  stop(): Promise<void>;
}

export interface TestImage {
  readonly mime: ImageMime;
  readonly width: number;
  readonly height: number;
  readonly noise: boolean;
}

export interface DeskOptions extends DiscordOptions {
  readonly guild?: GuildOptions;
  readonly channel?: ChannelOptions;
  /** Where originals are to be had. */
  readonly originals?: string;
  /** The sender's. */
  readonly clock?: () => Date;
}

export const POST = "POST /channels/{channel}/messages";
export const EDIT = "PATCH /channels/{channel}/messages/{message}";
export const LOOK = "GET /channels/{channel}/messages/{message}";
export const LIST = "GET /channels/{channel}/messages";
export const REACT = "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me";
export const OPEN_THREAD = "POST /channels/{channel}/messages/{message}/threads";

/** For the tests of a file: opens desks, one a test, and asserts that each spoke as Discord understands. */
export function useSenderDesks(): (options?: DeskOptions) => Promise<SenderDesk> {
  const desks: SenderDesk[] = [];
  afterEach(async () => {
    for (const desk of desks.splice(0)) {
      await desk.stop();
      expect(desk.discord.problems()).toEqual([]);
    }
  });
  return async (options = {}) => {
    const desk = await openSenderDesk(options);
    desks.push(desk);
    return desk;
  };
}

async function openSenderDesk({
  guild: guildOptions = {},
  channel: how = {},
  originals: originalsUrl,
  clock = () => new Date(),
  ...options
}: DeskOptions): Promise<SenderDesk> {
  const discord = await startDiscord({ limits: "off", ...options });
  const guild = discord.addGuild(guildOptions);
  const ada = guild.addPerson("ada");
  const log = createRecordingLog();
  const images = new Map<AssetId, AssetFile>();
  const reads = new Map<AssetId, number>();
  let areAssetsLost = false;
  const assets = {
    find: async (asset: AssetId) => {
      if (areAssetsLost) throw new Error("the store of images is away");
      reads.set(asset, (reads.get(asset) ?? 0) + 1);
      return images.get(asset);
    },
  };
  const limits = createUploadLimits();
  const recent = createRecentInteractions(clock);
  const api = discord.apiUrl.replace(/\/$/, "");
  const rest = new REST({ ...REST_OPTIONS, api }).setToken(discord.token);

  function restart(): ChatSender {
    return createDiscordSender({
      rest: new REST({ ...REST_OPTIONS, api }).setToken(discord.token),
      assets,
      limits,
      recent,
      roles: { staff: async () => ({ directors: [], managers: [] }), isIn: async () => false },
      originals: {
        linkTo: (asset) => (originalsUrl === undefined ? undefined : new URL(asset, originalsUrl)),
      },
      log,
      clock,
    });
  }

  function addChannel(name: string, more: ChannelOptions = {}) {
    const channel = guild.addChannel(name, more);
    return { channel, place: placeOf(guild, channel) };
  }

  return {
    discord,
    guild,
    ada,
    ...addChannel("spring-launch", how),
    sender: restart(),
    limits,
    recent,
    log,
    rest,
    addChannel,
    restart,
    user: (person) => userRef(guild.id, person.id),
    async addAsset({ mime = "image/jpeg", width = 64, height = 48, noise = false } = {}) {
      const id = fresh<AssetId>();
      images.set(id, { mime, width, height, bytes: await draw({ mime, width, height, noise }) });
      return id;
    },
    loseAssets() {
      areAssetsLost = true;
    },
    reads: (asset) => reads.get(asset) ?? 0,
    calls: (route) => discord.calls(route),
    at(ref) {
      const { channel, message } = readMessage(ref);
      return guild.channel(channel)?.message(message);
    },
    stop: () => discord.stop(),
  };
}

function draw({ mime, width, height, noise }: TestImage): Promise<Buffer> {
  const background = { r: 240, g: 200, b: 90 };
  const create = noise
    ? {
        width,
        height,
        channels: 3 as const,
        background,
        noise: { type: "gaussian" as const, mean: 128, sigma: 60 },
      }
    : { width, height, channels: 3 as const, background };
  const image = sharp({ create });
  if (mime === "image/png") return image.png({ compressionLevel: 0 }).toBuffer();
  return mime === "image/webp" ? image.webp().toBuffer() : image.jpeg().toBuffer();
}

export function placeOf(guild: DiscordGuild, channel: DiscordChannel): Place {
  return { channel: channelRef({ guild: guild.id, channel: channel.id }), thread: undefined };
}

/** In a thread. */
export function inside(place: Place, thread: DiscordChannel): Place {
  const guild = thread.guildId ?? "";
  return { ...place, thread: threadRef({ guild, channel: thread.id, replyTo: undefined }) };
}

/** A grid's card. */
export function gridCard(asset: AssetId, more: Partial<Card> = {}): Card {
  return {
    tone: "info",
    summary: "4 takes of: a red fox. Pick a number.",
    body: [[{ type: "text", text: "Pick a number." }]],
    picture: { asset, name: "a-red-fox-grid.jpg", alt: "A grid of 4 takes for: a red fox.", full: undefined },
    actions: [{ id: "pick:1", label: "1", style: "plain" }],
    reactions: ["n1", "n2", "reroll"],
    note: "4 credits",
    ...more,
  };
}

/** A final's card: the picture shown, and the one in full size. */
export function finalCard(preview: AssetId, full: AssetId, more: Partial<Card> = {}): Card {
  const picture = { asset: preview, name: "a-red-fox-final-4k.jpg", alt: "The final for: a red fox.", full };
  return gridCard(preview, {
    picture,
    summary: "The final of take 3: a red fox.",
    note: "7 credits",
    ...more,
  });
}

export const once = (key: string) => ({ key, inDoubtSince: undefined });

/** Resolves with what a promise was rejected with. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

/** As a job does it: comes back when Discord has said so. */
export async function asJob<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ChatError) || error.retryAfterMs === undefined) throw error;
      await sleep(error.retryAfterMs);
    }
  }
}
