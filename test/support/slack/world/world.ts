import { type ChangeSignal, createChangeSignal } from "../../cloud/change-signal.ts";
import { type CloudClock, createCloudClock } from "../../cloud/cloud-clock.ts";
import { createRandom, type Random } from "../../cloud/random.ts";
import type { SlackOptions } from "../local-slack.ts";
import type {
  ChannelRecord,
  EnterpriseRecord,
  FileRecord,
  GroupRecord,
  InstallRecord,
  MessageRecord,
  OAuthCodeRecord,
  RefreshTokenRecord,
  ResponseUrlRecord,
  TeamRecord,
  TokenRecord,
  TriggerRecord,
  UserRecord,
  ViewRecord,
  WorldEvent,
} from "./records.ts";

/** Everything that Slack's cloud remembers, and nothing of how it is asked. */
export interface World {
  readonly settings: WorldSettings;
  readonly clock: CloudClock;
  readonly random: Random;
  readonly signal: ChangeSignal;
  readonly app: AppIdentity;
  /** `http://127.0.0.1:{port}`; set when the server listens. */
  url: string;
  readonly enterprises: Map<string, EnterpriseRecord>;
  readonly teams: Map<string, TeamRecord>;
  readonly users: Map<string, UserRecord>;
  readonly channels: Map<string, ChannelRecord>;
  /** Ephemerals are kept apart: no API reads them. */
  readonly ephemerals: MessageRecord[];
  readonly files: Map<string, FileRecord>;
  readonly views: Map<string, ViewRecord>;
  /** The open modals of each person, the front one last. */
  readonly modals: Map<string, ViewRecord[]>;
  readonly groups: Map<string, GroupRecord>;
  readonly installs: InstallRecord[];
  readonly tokens: Map<string, TokenRecord>;
  readonly refreshTokens: Map<string, RefreshTokenRecord>;
  readonly triggers: Map<string, TriggerRecord>;
  readonly responseUrls: Map<string, ResponseUrlRecord>;
  /** By code. */
  readonly oauthCodes: Map<string, OAuthCodeRecord>;
  /** Of Socket Mode connections that may be made. */
  readonly socketTickets: Set<string>;
  readonly problems: string[];
  /** A fresh id, such as `C0A1B2C3D4E`. */
  id(prefix: string): string;
  /** A fresh ts, later than all before. */
  ts(): string;
  changed(): void;
  /** For the events that go out. */
  emit(event: WorldEvent): void;
  onEvent(listener: (event: WorldEvent) => void): void;
}

export type WorldSettings = Required<SlackOptions>;

export interface AppIdentity {
  readonly id: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly verificationToken: string;
}

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export function createWorld(settings: WorldSettings): World {
  const random = createRandom(settings.seed);
  const signal = createChangeSignal();
  const listeners: ((event: WorldEvent) => void)[] = [];
  let ids = 0;
  let lastTs = 0;
  const letters = (count: number) =>
    Array.from({ length: count }, () => LETTERS.charAt(Math.floor(random() * LETTERS.length))).join("");
  const id = (prefix: string) => {
    ids += 1;
    return `${prefix}0${letters(6)}${ids.toString(36).toUpperCase().padStart(3, "0")}`;
  };
  const appId = id("A");
  return {
    settings,
    clock: createCloudClock(settings.speed),
    random,
    signal,
    app: {
      id: appId,
      appToken: `xapp-1-${appId}-1000000000001-${letters(32).toLowerCase()}`,
      signingSecret: letters(32).toLowerCase(),
      clientId: `1000000000001.${Math.floor(random() * 1e13)}`,
      clientSecret: letters(32).toLowerCase(),
      verificationToken: letters(24),
    },
    url: "",
    enterprises: new Map(),
    teams: new Map(),
    users: new Map(),
    channels: new Map(),
    ephemerals: [],
    files: new Map(),
    views: new Map(),
    modals: new Map(),
    groups: new Map(),
    installs: [],
    tokens: new Map(),
    refreshTokens: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    oauthCodes: new Map(),
    socketTickets: new Set(),
    problems: [],
    id,
    ts() {
      lastTs = Math.max(lastTs + 1, Date.now() * 1000);
      return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, "0")}`;
    },
    changed: () => signal.changed(),
    emit(event) {
      for (const listener of listeners) listener(event);
      signal.changed();
    },
    onEvent(listener) {
      listeners.push(listener);
    },
  };
}
