import type { WebClient } from "@slack/web-api";
import { Kysely, PostgresDialect } from "kysely";
import { migrate } from "../../../../adapters/postgres/migrate.ts";
import { toMessage } from "../../../../adapters/slack/blocks/to-message.ts";
import {
  createSlackGateway,
  type SlackGateway,
  type SlackTransport,
} from "../../../../adapters/slack/gateway/slack-gateway.ts";
import type { Installs } from "../../../../adapters/slack/installs/access.ts";
import { createSlackClients } from "../../../../adapters/slack/installs/slack-client.ts";
import { createTokenAccess } from "../../../../adapters/slack/installs/token-access.ts";
import { createEventLog } from "../../../../adapters/slack/intake/event-log.ts";
import { EVENT_MIGRATIONS } from "../../../../adapters/slack/intake/event-migrations.ts";
import type { EventTables } from "../../../../adapters/slack/intake/event-tables.ts";
import { createRoles, type Roles } from "../../../../adapters/slack/roles/roles.ts";
import { createSlack } from "../../../../adapters/slack/sender/ask-slack.ts";
import { createMessages } from "../../../../adapters/slack/sender/messages.ts";
import { createPacing } from "../../../../adapters/slack/sender/pacing.ts";
import { SENDER_LIMITS } from "../../../../adapters/slack/sender/sender-limits.ts";
import { channelRef, groupRef, threadRef, userRef } from "../../../../adapters/slack/slack-refs.ts";
import type { Card } from "../../../../src/core/card.ts";
import type { GroupRef, UserRef } from "../../../../src/core/ids.ts";
import { Secret } from "../../../../src/core/secret.ts";
import type { Place } from "../../../../src/ports/chat.ts";
import { openEmbedded } from "../../../support/open-databases.ts";
import { createRecordingLog, type RecordingLog } from "../../../support/recording-log.ts";
import { createScriptedInbox, type ScriptedInbox } from "../../../support/scripted-inbox.ts";
import type { LocalSlack, SlackOptions } from "../../../support/slack/local-slack.ts";
import { createSlackClient } from "../../../support/slack/slack-client.ts";
import type { SlackMessage } from "../../../support/slack/slack-message.ts";
import type {
  SlackChannel,
  SlackGroup,
  SlackPerson,
  SlackTeam,
} from "../../../support/slack/slack-people.ts";
import { startSlack } from "../../../support/slack/start-slack.ts";

export type Mode = "socket" | "http";
export const MODES: readonly Mode[] = ["socket", "http"];

/** A workspace with a channel that Ada and the bot are in, and a gateway that listens to it. */
export interface GatewayDesk {
  readonly slack: LocalSlack;
  readonly team: SlackTeam;
  readonly ada: SlackPerson;
  readonly brand: SlackChannel;
  readonly inbox: ScriptedInbox;
  readonly gateway: SlackGateway;
  /** What passes between the gateway and installations, until it is put right. */
  readonly trouble: { error: Error | undefined };
  readonly log: RecordingLog;
  readonly roles: Roles;
  /** What acts as the bot. */
  readonly bot: WebClient;
  group(group: SlackGroup): GroupRef;
  place(channel: SlackChannel, thread?: string): Place;
  user(person: SlackPerson): UserRef;
  /** A message of the bot's own with that card. */
  post(card: Card, thread?: string): Promise<SlackMessage>;
  stop(): Promise<void>;
}

export interface GatewayDeskOptions extends SlackOptions {
  readonly scopes?: readonly string[];
  /** Default true. */
  readonly starts?: boolean;
  /** Instead of the right ones. */
  readonly appToken?: string;
  readonly botToken?: string;
  readonly port?: number;
}

let opened: Promise<Kysely<EventTables>> | undefined;

/** One for all desks of a file: what they hear has ids of its own. */
function openEvents(): Promise<Kysely<EventTables>> {
  opened ??= openEmbedded().then(async ({ pool }) => {
    await migrate(pool, EVENT_MIGRATIONS);
    return new Kysely<EventTables>({ dialect: new PostgresDialect({ pool }) });
  });
  return opened;
}

export async function openGatewayDesk(
  mode: Mode,
  { scopes, starts = true, appToken, botToken, port = 0, ...options }: GatewayDeskOptions = {},
): Promise<GatewayDesk> {
  const slack = await startSlack(options);
  const team = slack.addWorkspace();
  const ada = team.addPerson("ada");
  const brand = team.addChannel("brand", { members: [ada], bot: true });
  const install = team.install(scopes === undefined ? {} : { scopes });
  const log = createRecordingLog();
  const clock = () => new Date();
  const inbox = createScriptedInbox();
  const { apiUrl } = slack;
  const trouble: GatewayDesk["trouble"] = { error: undefined };
  const tokenAccess = createTokenAccess({ token: new Secret(botToken ?? install.botToken), apiUrl, log });
  const installs: Installs = {
    ...tokenAccess,
    of: (id) => (trouble.error === undefined ? tokenAccess.of(id) : Promise.reject(trouble.error)),
  };
  const roles = createRoles({ access: installs, directors: [], managers: [], log, clock });
  const messages = createMessages({
    slack: createSlack(createPacing(clock, 60_000), SENDER_LIMITS),
    access: installs,
    showCard: () => Promise.reject(new Error("a gateway posts nothing")),
    log,
  });
  const gateway = createSlackGateway({
    transport: transportOf(mode, {
      appToken: appToken ?? slack.appToken,
      signingSecret: slack.signingSecret,
      port,
    }),
    apiUrl,
    clients: createSlackClients({ apiUrl, log }),
    installs,
    roles,
    whisper: messages.whisper,
    events: createEventLog(await openEvents()),
    log,
    clock,
  });
  const client = createSlackClient(slack, install.botToken);

  if (starts) {
    await gateway.start(inbox);
    if (mode === "http") await slack.deliverTo(`${gateway.url()}/slack/events`);
  }

  return {
    slack,
    team,
    ada,
    brand,
    inbox,
    gateway,
    trouble,
    log,
    place: (channel, thread) => ({
      channel: channelRef({ team: team.id, channel: channel.id }),
      thread:
        thread === undefined ? undefined : threadRef({ team: team.id, channel: channel.id, ts: thread }),
    }),
    roles,
    bot: client,
    group: (group) => groupRef(team.id, group.id),
    user: (person) => userRef(team.id, person.id),
    async post(card, thread) {
      const { text, blocks } = toMessage(card, { key: undefined, picture: undefined });
      const channel = brand.id;
      const said = await client.chat.postMessage({
        channel,
        text,
        blocks,
        ...(thread === undefined ? {} : { thread_ts: thread }),
      });
      const message = brand.message(said.ts ?? "");
      if (message === undefined) throw new Error(`nothing was posted\n${slack.describe()}`);
      return message;
    },
    async stop() {
      await gateway.stop();
      await slack.stop();
    },
  };
}

function transportOf(
  mode: Mode,
  {
    appToken,
    signingSecret,
    port,
  }: Pick<LocalSlack, "appToken" | "signingSecret"> & { readonly port: number },
): SlackTransport {
  return mode === "socket"
    ? { mode, appToken: new Secret(appToken) }
    : { mode, signingSecret: new Secret(signingSecret), host: "127.0.0.1", port, routes: [] };
}

/** What a person reads in private, the latest. */
export function latestWhisper(person: SlackPerson, channel: SlackChannel): string | undefined {
  return person.whispers(channel).at(-1)?.words;
}
