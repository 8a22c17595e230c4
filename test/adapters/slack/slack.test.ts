import { Kysely, PostgresDialect } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "../../../adapters/postgres/migrate.ts";
import { createFileRows } from "../../../adapters/slack/sender/file-rows.ts";
import { createSlack, type Slack } from "../../../adapters/slack/slack.ts";
import { SLACK_MIGRATIONS } from "../../../adapters/slack/slack-migrations.ts";
import type { SlackTables } from "../../../adapters/slack/slack-tables.ts";
import type { AssetId } from "../../../src/core/ids.ts";
import { Secret } from "../../../src/core/secret.ts";
import { fresh } from "../../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../../support/open-databases.ts";
import { createRecordingLog } from "../../support/recording-log.ts";
import { createScriptedInbox, type ScriptedInbox } from "../../support/scripted-inbox.ts";
import type { LocalSlack } from "../../support/slack/local-slack.ts";
import type { SlackTeam } from "../../support/slack/slack-people.ts";
import { startSlack } from "../../support/slack/start-slack.ts";

let database: TestDatabase;
let db: Kysely<SlackTables>;
let local: LocalSlack;
let team: SlackTeam;
let inbox: ScriptedInbox;
let slack: Slack;

beforeAll(async () => {
  database = await openEmbedded();
  await migrate(database.pool, SLACK_MIGRATIONS);
  db = new Kysely<SlackTables>({ dialect: new PostgresDialect({ pool: database.pool }) });
});
afterAll(() => database.close());
beforeEach(async () => {
  local = await startSlack();
  team = local.addWorkspace();
  inbox = createScriptedInbox();
  slack = createSlack({
    db,
    assets: { find: async () => undefined },
    transport: { kind: "socket", appToken: new Secret(local.appToken) },
    install: { kind: "token", botToken: new Secret(team.install().botToken) },
    directors: [],
    managers: [],
    apiUrl: new URL(local.apiUrl),
    minuteMs: 60_000,
    log: createRecordingLog(),
    clock: () => new Date(),
  });
});
afterEach(async () => {
  expect(local.problems).toEqual([]);
  await slack.gateway.stop();
  await local.stop();
});

describe("a workspace with a token of its own", () => {
  it("is said to be here at every start, so that nothing is purged of one that came back", async () => {
    await slack.gateway.start(inbox);
    expect(inbox.workspaces).toEqual([{ workspace: `slack:${team.id}`, change: "returned" }]);
  });

  it("is not said to be here when Slack was never reached", async () => {
    local.faults.call("auth.test", { kind: "status", status: 503 }, { p: 1 });
    const started = slack.gateway.start(inbox);
    await local.until(() => local.calls.length > 0);
    await slack.gateway.stop();
    await started;
    expect(inbox.workspaces).toEqual([]);
  });

  it("takes the files that are kept of it along, and no others", async () => {
    const rows = createFileRows(db);
    const row = { file: "F0ONE", type: "png", state: "ready", shared: false, permalink: undefined } as const;
    const [ours, others] = [fresh<AssetId>(), fresh<AssetId>()];
    await rows.put({ ...row, team: team.id, asset: ours, uploadedAt: new Date() });
    await rows.put({ ...row, team: "T0THER", asset: others, uploadedAt: new Date() });
    await slack.gateway.start(inbox);
    expect(await rows.find(team.id, ours)).toBeDefined();
    team.uninstall();
    await local.until(() => inbox.workspaces.some(({ change }) => change === "left"));
    expect(await rows.find(team.id, ours)).toBeUndefined();
    expect(await rows.find("T0THER", others)).toBeDefined();
    expect(inbox.workspaces.at(-1)).toEqual({ workspace: `slack:${team.id}`, change: "left" });
  });
});
