import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { HTTPReceiver } from "@slack/bolt";
import { Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import { migrate } from "../../../../adapters/postgres/migrate.ts";
import type { Installs } from "../../../../adapters/slack/installs/access.ts";
import { INSTALL_MIGRATIONS } from "../../../../adapters/slack/installs/install-migrations.ts";
import type { InstallTables } from "../../../../adapters/slack/installs/install-tables.ts";
import { createInstalls } from "../../../../adapters/slack/installs/installs.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { createRecordingLog, type RecordingLog } from "../../../support/recording-log.ts";
import type { InstallChoice, LocalSlack, SlackOptions } from "../../../support/slack/local-slack.ts";
import type { SlackTeam } from "../../../support/slack/slack-people.ts";
import { startSlack } from "../../../support/slack/start-slack.ts";
import { type Browser, openBrowser } from "./browser.ts";

export const HOUR_MS = 3_600_000;

export const newKey = () => new Secret(randomBytes(32).toString("base64"));

/** One process of a bot that many workspaces install, and a person's way to install it. */
export interface InstallProcess {
  readonly access: Installs;
  readonly log: RecordingLog;
  /** Whom `onInstalled` was told of. */
  readonly installed: readonly string[];
  readonly url: string;
  open(): Browser;
  /** A person of a workspace installs the app. Resolves with the page that they see at the end. */
  install(team: SlackTeam, choice?: InstallChoice): Promise<{ status: number; html: string }>;
  stop(): Promise<void>;
}

export interface InstallGround {
  readonly slack: LocalSlack;
  readonly db: Kysely<InstallTables>;
  /** Lets time go on, here and at Slack. */
  pass(ms: number): void;
  now(): Date;
  start(options?: ProcessOptions): Promise<InstallProcess>;
  stop(): Promise<void>;
}

export interface ProcessOptions {
  readonly keys?: readonly Secret[];
  readonly clientSecret?: string;
  readonly onInstalled?: (team: string) => Promise<void>;
  readonly fetch?: typeof fetch;
}

/** A local Slack, a database without installations, and as many processes as a test starts. */
export async function openInstallGround(pool: pg.Pool, options: SlackOptions = {}): Promise<InstallGround> {
  await migrate(pool, INSTALL_MIGRATIONS);
  const db = new Kysely<InstallTables>({ dialect: new PostgresDialect({ pool }) });
  await db.deleteFrom("slack_installs").execute();
  await db.deleteFrom("slack_workspaces").execute();
  const slack = await startSlack(options);
  const key = newKey();
  const processes: InstallProcess[] = [];
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);

  return {
    slack,
    db,
    now,
    pass(ms) {
      ahead += ms;
      slack.pass(ms);
    },
    async start(how = {}) {
      const started = await startProcess(slack, db, now, { keys: [key], ...how });
      processes.push(started);
      return started;
    },
    async stop() {
      for (const one of processes) await one.stop();
      await slack.stop();
    },
  };
}

async function startProcess(
  slack: LocalSlack,
  db: Kysely<InstallTables>,
  clock: () => Date,
  { keys = [], clientSecret = slack.clientSecret, onInstalled = async () => {}, ...how }: ProcessOptions,
): Promise<InstallProcess> {
  const log = createRecordingLog();
  const installed: string[] = [];
  const publicUrl = new URL("http://bot.test/");
  const { access, routes } = createInstalls({
    db,
    keys,
    clientId: slack.clientId,
    clientSecret: new Secret(clientSecret),
    stateSecret: new Secret("state-secret-of-the-tests"),
    publicUrl,
    apiUrl: slack.apiUrl,
    onInstalled: async (team) => {
      await onInstalled(team);
      installed.push(team);
    },
    clock,
    log,
    ...how,
  });
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, customRoutes: [...routes] });
  const server = await receiver.start({ port: 0, host: "127.0.0.1" });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const open = () => openBrowser(publicUrl.origin, url);

  return {
    access,
    log,
    installed,
    url,
    open,
    async install(team, choice) {
      const browser = open();
      const page = await browser.visit("/slack/install");
      const back = await slack.approveInstall(addLink(page.html), team.addPerson("Ines"), choice);
      return browser.visit(back);
    },
    stop: async () => void (await receiver.stop()),
  };
}

/** Where the button of the install page leads. */
export function addLink(html: string): string {
  const href = /class="button" href="([^"]+)"/.exec(html)?.[1];
  if (href === undefined) throw new Error(`no button in ${html}`);
  return href.replaceAll("&amp;", "&");
}
