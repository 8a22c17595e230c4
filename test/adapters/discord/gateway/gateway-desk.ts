import { PermissionFlagsBits } from "discord.js";
import { afterEach, expect } from "vitest";
import { toApplicationCommands } from "../../../../adapters/discord/commands/application-commands.ts";
import { postMark } from "../../../../adapters/discord/components/post-mark.ts";
import { toMessage } from "../../../../adapters/discord/components/to-message.ts";
import {
  createDiscordClient,
  type DiscordClient,
  type Shards,
} from "../../../../adapters/discord/discord-client.ts";
import { channelRef, messageRef, threadRef, userRef } from "../../../../adapters/discord/discord-refs.ts";
import { createRecentInteractions } from "../../../../adapters/discord/gateway/create-recent-interactions.ts";
import type { Desk } from "../../../../adapters/discord/gateway/desk.ts";
import {
  createDiscordGateway,
  type DiscordGateway,
} from "../../../../adapters/discord/gateway/discord-gateway.ts";
import type { RecentInteractions } from "../../../../adapters/discord/recent-interactions.ts";
import { createUploadLimits, type UploadLimits } from "../../../../adapters/discord/sender/upload-limits.ts";
import { type Card, plainCard } from "../../../../src/core/card.ts";
import type { MessageRef, UserRef } from "../../../../src/core/ids.ts";
import { Secret } from "../../../../src/core/secret.ts";
import type { Place } from "../../../../src/ports/chat.ts";
import type { DiscordMessage } from "../../../support/discord/discord-message.ts";
import type {
  CommandJson,
  DiscordChannel,
  DiscordGuild,
  DiscordOutcome,
  DiscordPerson,
} from "../../../support/discord/discord-people.ts";
import type { DiscordOptions, LocalDiscord } from "../../../support/discord/local-discord.ts";
import { startDiscord } from "../../../support/discord/start-discord.ts";
import { createRecordingLog, type RecordingLog } from "../../../support/recording-log.ts";
import { createDiscordInbox, type DiscordInbox } from "./scripted-inbox.ts";

/** One process of ours, with a connection of its own. */
export interface Session {
  readonly client: DiscordClient;
  readonly gateway: DiscordGateway;
  readonly inbox: DiscordInbox;
  readonly roles: RecordedRoles;
  readonly limits: UploadLimits;
  readonly recent: RecentInteractions;
  readonly log: RecordingLog;
  /** How often something of that name was said. */
  said(event: string): number;
}

/** What roles are told of. */
export interface RecordedRoles {
  readonly seen: Parameters<Desk["roles"]["saw"]>[0][];
  readonly managers: string[];
  readonly forgotten: string[];
}

export interface SessionOptions {
  readonly token?: string;
  readonly apiUrl?: string;
  readonly shards?: Shards;
  readonly inbox?: DiscordInbox;
  readonly clock?: () => Date;
}

/** A server with a channel that Ada and the bot are in. */
export interface GatewayDesk {
  readonly discord: LocalDiscord;
  readonly guild: DiscordGuild;
  readonly ada: DiscordPerson;
  /** May manage the server. */
  readonly mia: DiscordPerson;
  readonly brand: DiscordChannel;
  /** One that is not started. */
  create(options?: SessionOptions): Session;
  start(options?: SessionOptions): Promise<Session>;
  place(channel: DiscordChannel): Place;
  user(person: DiscordPerson): UserRef;
  ref(message: DiscordMessage): MessageRef;
  /** A message of the bot's own with that card. */
  post(client: DiscordClient, card?: Card, channel?: DiscordChannel): Promise<DiscordMessage>;
}

export const GRID: Card = {
  ...plainCard("info", "4 takes of a red fox."),
  actions: [
    { id: "number.R1.1", label: "1", style: "plain" },
    { id: "reroll.R1", label: "Reroll", style: "plain" },
  ],
};

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Closed after each test, with nothing left that Discord would have wondered at. */
export async function openGatewayDesk(options: DiscordOptions = {}): Promise<GatewayDesk> {
  const discord = await startDiscord({ limits: "off", ...options });
  ends.push(async () => {
    await discord.stop();
    expect(discord.problems()).toEqual([]);
  });
  const guild = discord.addGuild();
  const ada = guild.addPerson("ada");
  const mia = guild.addPerson("mia", { permissions: PermissionFlagsBits.ManageGuild });
  const brand = guild.addChannel("brand");
  discord.register(toApplicationCommands(createDiscordInbox().commands) as unknown as CommandJson[]);

  function create(given: SessionOptions = {}): Session {
    const session = createSession(discord, given);
    ends.push(() => session.gateway.stop());
    return session;
  }

  return {
    discord,
    guild,
    ada,
    mia,
    brand,
    create,
    async start(given) {
      const session = create(given);
      await session.gateway.start(session.inbox);
      return session;
    },
    place: ({ id, parentId, type }) => {
      const isThread = parentId !== undefined && type === 11;
      return {
        channel: channelRef({ guild: guild.id, channel: isThread ? parentId : id }),
        thread: isThread ? threadRef({ guild: guild.id, channel: id, replyTo: undefined }) : undefined,
      };
    },
    user: ({ id }) => userRef(guild.id, id),
    ref: ({ channelId, id }) => messageRef({ guild: guild.id, channel: channelId, message: id }),
    async post({ rest }, card = GRID, channel = brand) {
      const body = toMessage(card, { mark: postMark(crypto.randomUUID()), shown: undefined });
      const { id } = (await rest.post(`/channels/${channel.id}/messages`, { body })) as { id: string };
      const message = channel.message(id);
      if (message === undefined) throw new Error(`nothing was posted\n${discord.describe()}`);
      return message;
    },
  };
}

function createSession(
  discord: LocalDiscord,
  { token = discord.token, apiUrl = discord.apiUrl, shards = "auto", ...given }: SessionOptions,
): Session {
  const { inbox = createDiscordInbox(), clock = () => new Date() } = given;
  const log = createRecordingLog();
  const cdnUrl = new URL(discord.cdnUrl);
  const client = createDiscordClient({
    token: new Secret(token),
    apiUrl: new URL(apiUrl),
    cdnUrl,
    shards,
    log,
  });
  const heard: RecordedRoles = { seen: [], managers: [], forgotten: [] };
  const limits = createUploadLimits();
  const recent = createRecentInteractions(clock);
  const gateway = createDiscordGateway({
    client,
    shards,
    roles: {
      saw: (member) => void heard.seen.push(member),
      usedQuota: (_, user) => void heard.managers.push(user),
      forget: (guild) => void heard.forgotten.push(guild),
    },
    limits,
    recent,
    cdnUrl,
    log,
    clock,
  });
  const said = (event: string) => log.lines.filter((line) => line.event === event).length;
  return { client, gateway, inbox, roles: heard, limits, recent, log, said };
}

/** What the person reads at once. */
export function wordsOf(outcome: DiscordOutcome): string {
  switch (outcome.kind) {
    case "replied":
    case "deferred":
    case "updated":
      return outcome.message.words;
    case "failed":
      return outcome.text;
    case "acked":
    case "form":
    case "invalid":
      return "";
  }
}

/** What a person reads in private, the latest. */
export function latestWhisper(person: DiscordPerson, channel: DiscordChannel): string | undefined {
  return person.privates(channel).at(-1)?.words;
}
