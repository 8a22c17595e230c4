import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toApplicationCommands } from "../../adapters/discord/commands/application-commands.ts";
import { createCommandSpecs } from "../../commands/command-specs.ts";
import type { DiscordMessage } from "./discord/discord-message.ts";
import type {
  DiscordChannel,
  DiscordGuild,
  DiscordOutcome,
  DiscordPerson,
  DiscordRole,
} from "./discord/discord-people.ts";
import type { DiscordOptions, LocalDiscord } from "./discord/local-discord.ts";
import { startDiscord } from "./discord/start-discord.ts";
import { type DraftroomProcess, startDraftroom } from "./draftroom-process.ts";

/** A server on a local Discord, with Draftroom in it and running. */
export interface DiscordOffice {
  readonly discord: LocalDiscord;
  readonly guild: DiscordGuild;
  /** Everybody sees it. */
  readonly brand: DiscordChannel;
  /** Those who have it direct. */
  readonly directors: DiscordRole;
  readonly people: DiscordPeople;
  readonly draftroom: DraftroomProcess;
  /** Starts it again, after it was stopped or killed. */
  restart(): Promise<void>;
  /** A second process of the same settings, beside the first: a hand-over. */
  startAnother(): Promise<DraftroomProcess>;
  close(): Promise<void>;
}

/** Two members, an art director by role, somebody who may manage the server. */
export interface DiscordPeople {
  readonly mia: DiscordPerson;
  readonly noor: DiscordPerson;
  readonly ada: DiscordPerson;
  readonly max: DiscordPerson;
}

const QUICK = {
  DRAFTROOM_SKETCH_DELAY_MS: "0",
  DRAFTROOM_LEASE_SECONDS: "2",
  DRAFTROOM_STUDIO: "off",
  DRAFTROOM_LOG_LEVEL: "warn",
};

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
const MANAGE_GUILD = 1n << 5n;

/** The program as one team runs it. */
export async function openDiscordOffice(
  options: DiscordOptions = {},
  more: Readonly<Record<string, string>> = {},
  main?: string,
): Promise<DiscordOffice> {
  const discord = await startDiscord({ limits: "off", ...options });
  const folder = await mkdtemp(join(tmpdir(), "draftroom-discord-"));
  const guild = discord.addGuild({ name: "Atelier" });
  const directors = guild.addRole("art directors");
  const people = {
    mia: guild.addPerson("mia"),
    noor: guild.addPerson("noor"),
    ada: guild.addPerson("ada", { roles: [directors] }),
    max: guild.addPerson("max", { permissions: MANAGE_GUILD }),
  };
  const brand = guild.addChannel("brand");
  discord.register(toApplicationCommands(createCommandSpecs([])));
  const env = {
    ...QUICK,
    DRAFTROOM_DATA_DIR: folder,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_URL: discord.cdnUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_DIRECTORS: directors.id,
    ...more,
  };
  const others: DraftroomProcess[] = [];
  let draftroom = await startDraftroom(env, main);
  return {
    discord,
    guild,
    brand,
    directors,
    people,
    get draftroom() {
      return draftroom;
    },
    async restart() {
      draftroom = await startDraftroom(env, main);
    },
    async startAnother() {
      const other = await startDraftroom(env, main);
      others.push(other);
      return other;
    },
    async close() {
      for (const each of [draftroom, ...others]) await each.kill();
      await discord.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What somebody reads at once, in the channel or privately. */
export function wordsOf(outcome: DiscordOutcome): string {
  switch (outcome.kind) {
    case "replied":
    case "deferred":
    case "updated":
      return outcome.message.words;
    case "failed":
      return outcome.text;
    case "invalid":
      return Object.values(outcome.errors).join("\n");
    case "acked":
    case "form":
      return "";
  }
}

/** For `until`: the newest message there with a picture whose words match. */
export function pictured(channel: DiscordChannel, pattern: RegExp): () => DiscordMessage | undefined {
  return () => channel.messages().findLast((each) => each.images.length > 0 && pattern.test(each.words));
}

/** For `until`: the newest message with a picture in the thread of a grid, whose words match. */
export function inThread(channel: DiscordChannel, grid: DiscordMessage, pattern: RegExp) {
  return (): DiscordMessage | undefined => {
    const thread = channel.threadOf(grid);
    return thread && pictured(thread, pattern)();
  };
}

/** For `until`: a message of the app as it is now, when its words match. */
export function now(channel: DiscordChannel, { id }: DiscordMessage, pattern: RegExp) {
  return (): DiscordMessage | undefined => {
    const message = channel.message(id);
    return message && pattern.test(message.words) ? message : undefined;
  };
}
