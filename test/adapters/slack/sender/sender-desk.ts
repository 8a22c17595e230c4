import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebClient } from "@slack/web-api";
import { Kysely, PostgresDialect } from "kysely";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { createFileBlobs } from "../../../../adapters/files/file-blobs.ts";
import { migrate } from "../../../../adapters/postgres/migrate.ts";
import { createTokenAccess } from "../../../../adapters/slack/installs/token-access.ts";
import { createRoles } from "../../../../adapters/slack/roles/roles.ts";
import { SENDER_LIMITS, type SenderLimits } from "../../../../adapters/slack/sender/sender-limits.ts";
import { createSlackSender } from "../../../../adapters/slack/sender/slack-sender.ts";
import { SLACK_MIGRATIONS } from "../../../../adapters/slack/slack-migrations.ts";
import { channelRef, readMessage, threadRef, userRef } from "../../../../adapters/slack/slack-refs.ts";
import type { SlackTables } from "../../../../adapters/slack/slack-tables.ts";
import { createAssetReader } from "../../../../src/assets/asset-reader.ts";
import { assetKey } from "../../../../src/assets/keys.ts";
import type { ImageMime } from "../../../../src/core/asset.ts";
import type { Card } from "../../../../src/core/card.ts";
import type { AssetId, MessageRef, UserRef } from "../../../../src/core/ids.ts";
import { Secret } from "../../../../src/core/secret.ts";
import type { ChatSender, Place } from "../../../../src/ports/chat.ts";
import { fresh } from "../../../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../../../support/open-databases.ts";
import { createRecordingLog, type RecordingLog } from "../../../support/recording-log.ts";
import type { LocalSlack, SlackCall, SlackOptions } from "../../../support/slack/local-slack.ts";
import type { SlackMessage } from "../../../support/slack/slack-message.ts";
import type {
  ChannelOptions,
  SlackChannel,
  SlackPerson,
  SlackTeam,
} from "../../../support/slack/slack-people.ts";
import { startSlack } from "../../../support/slack/start-slack.ts";

/** What a test waits for, sooner; posts go as fast as they can. */
export const QUICK: SenderLimits = {
  ...SENDER_LIMITS,
  channel: { burst: 100, perMinute: 6_000 },
  looksMs: [20, 40, 80],
  looksMsMax: 400,
  blockTryMs: 40,
  patienceMs: 1_500,
};

/** A workspace with a channel, one person in it, and a sender that is connected to it. */
export interface SenderDesk {
  readonly slack: LocalSlack;
  readonly team: SlackTeam;
  readonly ada: SlackPerson;
  readonly channel: SlackChannel;
  readonly sender: ChatSender;
  readonly db: Kysely<SlackTables>;
  readonly log: RecordingLog;
  /** The bot's own way to Slack, beside the sender. */
  readonly client: WebClient;
  /** The channel itself. */
  readonly place: Place;
  addChannel(
    name: string,
    options?: ChannelOptions,
  ): { readonly channel: SlackChannel; readonly place: Place };
  /** A sender as after a restart: it remembers what is in the database. */
  restart(limits?: SenderLimits): ChatSender;
  user(person: SlackPerson): UserRef;
  /** Stores an image of that type. `noise` makes it heavy. */
  addAsset(image?: Partial<TestImage>): Promise<AssetId>;
  /** Calls of a method. */
  calls(method: string): readonly SlackCall[];
  at(ref: MessageRef): SlackMessage | undefined;
  stop(): Promise<void>;
}

export interface TestImage {
  readonly mime: ImageMime;
  readonly width: number;
  readonly height: number;
  readonly noise: boolean;
}

export interface DeskOptions extends SlackOptions {
  readonly scopes?: readonly string[];
  readonly sender?: SenderLimits;
  readonly channel?: ChannelOptions;
}

/** For the tests of a file: opens desks, one a test, over one database, and asserts that each spoke as Slack understands. */
export function useSenderDesks(): (options?: DeskOptions) => Promise<SenderDesk> {
  let database: TestDatabase;
  const desks: SenderDesk[] = [];
  beforeAll(async () => {
    database = await openSlackDatabase();
  });
  afterAll(() => database.close());
  afterEach(async () => {
    for (const desk of desks.splice(0)) {
      await desk.stop();
      expect(desk.slack.problems).toEqual([]);
    }
  });
  return async (options = {}) => {
    const desk = await openSenderDesk(database, options);
    desks.push(desk);
    return desk;
  };
}

async function openSlackDatabase(): Promise<TestDatabase> {
  const database = await openEmbedded();
  await migrate(database.pool, SLACK_MIGRATIONS);
  return database;
}

async function openSenderDesk(
  { pool, database }: TestDatabase,
  { scopes, sender: limits = QUICK, channel: how = {}, ...options }: DeskOptions = {},
): Promise<SenderDesk> {
  const slack = await startSlack({ limits: "off", ...options });
  const team = slack.addWorkspace();
  const ada = team.addPerson("Ada");
  const install = team.install(scopes === undefined ? {} : { scopes });
  const folder = await mkdtemp(join(tmpdir(), "slack-sender-"));
  const blobs = createFileBlobs(folder);
  const db = new Kysely<SlackTables>({ dialect: new PostgresDialect({ pool }) });
  const log = createRecordingLog();
  const clock = () => new Date();

  function restart(own: SenderLimits = limits): ChatSender {
    const token = new Secret(install.botToken);
    const access = createTokenAccess({ token, apiUrl: slack.apiUrl, log });
    const roles = createRoles({ access, directors: [], managers: [], log, clock });
    const assets = createAssetReader(database.records.assets, blobs);
    return createSlackSender({ access, assets, db, roles, log, clock }, own);
  }

  const channels = new Map<string, SlackChannel>();

  function addChannel(name: string, more: ChannelOptions = {}) {
    const channel = team.addChannel(name, { members: [ada], bot: true, ...more });
    channels.set(channel.id, channel);
    return {
      channel,
      place: { channel: channelRef({ team: team.id, channel: channel.id }), thread: undefined },
    };
  }

  return {
    slack,
    team,
    ada,
    ...addChannel("spring-launch", how),
    sender: restart(),
    db,
    log,
    client: new WebClient(install.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } }),
    addChannel,
    restart,
    user: (person) => userRef(team.id, person.id),
    async addAsset({ mime = "image/jpeg", width = 64, height = 48, noise = false } = {}) {
      const id = fresh<AssetId>();
      const bytes = await draw({ mime, width, height, noise });
      await blobs.put(assetKey(id), bytes);
      const asset = { id, kind: "grid", mime, width, height, bytes: bytes.length } as const;
      await database.records.assets.add({ ...asset, recipe: undefined, parents: [] }, new Date());
      return id;
    },
    calls: (method) => slack.calls.filter((call) => call.method === method),
    at(ref) {
      const { channel, ts } = readMessage(ref);
      return channels.get(channel)?.message(ts);
    },
    async stop() {
      await slack.stop();
      await rm(folder, { recursive: true, force: true });
    },
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
export function finalCard(preview: AssetId, full: AssetId): Card {
  const picture = { asset: preview, name: "a-red-fox-final-4k.jpg", alt: "The final for: a red fox.", full };
  return gridCard(preview, { picture, summary: "The final of take 3: a red fox.", note: "7 credits" });
}

export const once = (key: string) => ({ key, inDoubtSince: undefined });

/** The thread of a message. */
export function under(place: Place, message: MessageRef): Place {
  return { ...place, thread: threadRef(readMessage(message)) };
}
