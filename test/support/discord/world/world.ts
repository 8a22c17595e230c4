import { randomBytes } from "node:crypto";
import { type ChangeSignal, createChangeSignal } from "../../cloud/change-signal.ts";
import { createCloudClock as createClock, type CloudClock as DiscordClock } from "../../cloud/cloud-clock.ts";
import { createRandom, type Random } from "../../cloud/random.ts";
import type { DiscordOptions } from "../local-discord.ts";
import type {
  AttachmentRecord,
  ChannelRecord,
  CommandRecord,
  Dispatch,
  GuildRecord,
  InteractionRecord,
  MessageRecord,
  UserRecord,
} from "./records.ts";
import { createSnowflakes, snowflakeAt } from "./snowflakes.ts";

/** Everything that Discord's cloud remembers, and nothing of how it is asked. */
export interface World {
  readonly settings: WorldSettings;
  readonly clock: DiscordClock;
  readonly random: Random;
  readonly signal: ChangeSignal;
  readonly app: AppIdentity;
  readonly bot: UserRecord;
  /** `http://127.0.0.1:{port}`; set when the server listens. */
  url: string;
  readonly guilds: Map<string, GuildRecord>;
  readonly users: Map<string, UserRecord>;
  /** Threads and direct conversations too. */
  readonly channels: Map<string, ChannelRecord>;
  /** Private messages are kept apart: no channel's routes find them. */
  readonly ephemerals: Map<string, MessageRecord>;
  /** Every file ever sent. */
  readonly attachments: Map<string, AttachmentRecord>;
  readonly interactions: Map<string, InteractionRecord>;
  /** The same by token. */
  readonly tokens: Map<string, InteractionRecord>;
  /** What the bot has posted, by nonce: the latest. */
  readonly nonces: Map<string, MessageRecord>;
  /** The form in front of a person, by their id: what opened it. */
  readonly forms: Map<string, InteractionRecord>;
  readonly commands: CommandRecord[];
  /** When commands were created, by guild (or `global`). */
  readonly commandCreates: Map<string, number[]>;
  /** When sessions began, in the last day. */
  readonly identifies: number[];
  /** When messages older than an hour were edited, by channel. */
  readonly oldEdits: Map<string, number[]>;
  readonly problems: string[];
  /** A fresh snowflake. */
  id(): string;
  /** A fresh id for a guild: of any time, so that shards share them. */
  guildId(): string;
  secret(): string;
  changed(): void;
  dispatch(dispatch: Dispatch): void;
  /** Who takes what is dispatched. Returns how many sessions it went to. */
  onDispatch(listener: (dispatch: Dispatch) => number): void;
  /** Dispatches, and says to how many sessions. */
  dispatchCounted(dispatch: Dispatch): number;
}

export type WorldSettings = Required<DiscordOptions>;

export interface AppIdentity {
  readonly id: string;
  token: string;
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

export function createWorld(settings: WorldSettings): World {
  const random = createRandom(settings.seed);
  const clock = createClock(settings.speed);
  const signal = createChangeSignal();
  const id = createSnowflakes(() => clock.now());
  // Of apps made long ago the two differ, so that nobody may take one for the other.
  const appId = id();
  const bot: UserRecord = { id: id(), name: "Draftroom", isBot: true, locale: "en-US", attachmentLimit: 0 };
  const secret = () => randomBytes(24).toString("base64url");
  let listener: (dispatch: Dispatch) => number = () => 0;
  const dispatchCounted = (dispatch: Dispatch) => {
    const count = listener(dispatch);
    signal.changed();
    return count;
  };
  return {
    settings,
    clock,
    random,
    signal,
    app: { id: appId, token: createToken(bot.id) },
    bot,
    url: "",
    guilds: new Map(),
    users: new Map([[bot.id, bot]]),
    channels: new Map(),
    ephemerals: new Map(),
    attachments: new Map(),
    interactions: new Map(),
    tokens: new Map(),
    nonces: new Map(),
    forms: new Map(),
    commands: [],
    commandCreates: new Map(),
    identifies: [],
    oldEdits: new Map(),
    problems: [],
    id,
    guildId: () => snowflakeAt(clock.now() - Math.floor(random() * YEAR_MS), Math.floor(random() * 2 ** 22)),
    secret,
    changed: () => signal.changed(),
    dispatch: (dispatch) => void dispatchCounted(dispatch),
    onDispatch(next) {
      listener = next;
    },
    dispatchCounted,
  };
}

/** `{user id in base64}.{…}.{…}`, which discord.js takes the bot's id from. */
export function createToken(botId: string): string {
  const random = (bytes: number) => randomBytes(bytes).toString("base64url");
  return `${Buffer.from(botId).toString("base64url")}.${random(4)}.${random(28)}`;
}
