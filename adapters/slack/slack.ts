import type { Kysely } from "kysely";
import type { Secret } from "../../src/core/secret.ts";
import type { AssetReader } from "../../src/ports/assets.ts";
import type { ChatGateway, ChatInbox, ChatSender } from "../../src/ports/chat.ts";
import type { Clock, Log } from "../../src/ports/log.ts";
import { createSlackGateway, type SlackTransport } from "./gateway/slack-gateway.ts";
import type { Installs } from "./installs/access.ts";
import type { InstallRoute } from "./installs/install-routes.ts";
import { createInstalls } from "./installs/installs.ts";
import { createSlackClients } from "./installs/slack-client.ts";
import { createTokenAccess } from "./installs/token-access.ts";
import { createEventLog } from "./intake/event-log.ts";
import { createRoles, type StaffSetting } from "./roles/roles.ts";
import { createFileRows } from "./sender/file-rows.ts";
import { SENDER_LIMITS } from "./sender/sender-limits.ts";
import { createSlackSender } from "./sender/slack-sender.ts";
import { readWorkspace, workspaceRef } from "./slack-refs.ts";
import type { SlackTables } from "./slack-tables.ts";

/** Both halves of Slack. */
export interface Slack {
  readonly gateway: ChatGateway;
  readonly sender: ChatSender;
  /** Where people find it, in words. Only while the gateway is started. */
  place(): string;
}

export interface SlackParts {
  /** Over a schema to which `SLACK_MIGRATIONS` were applied. */
  readonly db: Kysely<SlackTables>;
  readonly assets: AssetReader;
  readonly transport:
    | { readonly kind: "socket"; readonly appToken: Secret }
    | { readonly kind: "http"; readonly signingSecret: Secret; readonly host: string; readonly port: number };
  readonly install: /** One workspace. */
    | { readonly kind: "token"; readonly botToken: Secret }
    /** Any number of them, which install it by OAuth. */
    | {
        readonly kind: "oauth";
        readonly clientId: string;
        readonly clientSecret: Secret;
        readonly stateSecret: Secret;
        /** Base64 of 32 bytes each; the first encrypts, all decrypt. */
        readonly tokenKeys: readonly Secret[];
        readonly publicUrl: URL;
      };
  readonly directors: readonly StaffSetting[];
  readonly managers: readonly StaffSetting[];
  /** Such as `https://slack.com/api/`. */
  readonly apiUrl: URL;
  /** The length of the minute in which Slack counts calls, in milliseconds; 60,000, but for tests. */
  readonly minuteMs: number;
  readonly log: Log;
  readonly clock: Clock;
}

/** @throws RangeError for keys or an API URL that are not what they have to be. */
export function createSlack(parts: SlackParts): Slack {
  const { assets, db, transport, log, clock } = parts;
  const apiUrl = parts.apiUrl.href;
  let inbox: ChatInbox | undefined;
  let isStopped = false;
  const { access: installs, routes } = openInstalls(parts, async (team) => {
    await inbox?.workspace(workspaceRef(team), "returned");
  });
  const roles = createRoles({ ...parts, access: installs });
  const sender = createSlackSender(
    { access: installs, assets, db, roles, log, clock },
    { ...SENDER_LIMITS, minuteMs: parts.minuteMs },
  );
  const gateway = createSlackGateway({
    transport: toTransport(transport, routes),
    apiUrl,
    clients: createSlackClients({ apiUrl, log }),
    installs,
    roles,
    whisper: sender.whisper,
    events: createEventLog(db),
    log,
    clock,
  });
  return {
    gateway: {
      ...gateway,
      async start(given) {
        inbox = withOwnRecords(given, db);
        await gateway.start(inbox);
        // Nobody installs a single workspace through us: that its token works is how we hear of it.
        if (parts.install.kind === "oauth" || isStopped) return;
        for (const team of await installs.teams()) await inbox.workspace(workspaceRef(team), "returned");
      },
      stop() {
        isStopped = true;
        return gateway.stop();
      },
    },
    sender,
    place() {
      const url = gateway.url();
      return url === undefined ? "Slack (Socket Mode)" : `Slack (HTTP at ${url})`;
    },
  };
}

/**
 * What the adapter itself keeps of a workspace goes when that leaves: the tokens, which the gateway sees to, and
 * which file of Slack's is which picture. Of a delivery nothing but its id is kept once it is handled.
 */
function withOwnRecords(inbox: ChatInbox, db: Kysely<SlackTables>): ChatInbox {
  const files = createFileRows(db);
  return {
    ...inbox,
    async workspace(workspace, change) {
      if (change === "left") await files.forgetAll(readWorkspace(workspace));
      await inbox.workspace(workspace, change);
    },
  };
}

function openInstalls(
  parts: SlackParts,
  onInstalled: (team: string) => Promise<void>,
): { readonly access: Installs; readonly routes: readonly InstallRoute[] } {
  const { install, db, log, clock } = parts;
  const apiUrl = parts.apiUrl.href;
  switch (install.kind) {
    case "token":
      return { access: createTokenAccess({ token: install.botToken, apiUrl, log }), routes: [] };
    case "oauth":
      return createInstalls({ ...install, keys: install.tokenKeys, db, apiUrl, onInstalled, clock, log });
  }
}

function toTransport(transport: SlackParts["transport"], routes: readonly InstallRoute[]): SlackTransport {
  switch (transport.kind) {
    case "socket":
      return { mode: "socket", appToken: transport.appToken };
    case "http": {
      const { signingSecret, host, port } = transport;
      return { mode: "http", signingSecret, host, port, routes };
    }
  }
}
