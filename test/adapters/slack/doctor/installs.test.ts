import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { createSlackDoctor, type OpenAccess } from "../../../../adapters/slack/doctor/slack-doctor.ts";
import { SCOPES } from "../../../../adapters/slack/scopes.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { openEmbedded, type TestDatabase } from "../../../support/open-databases.ts";
import { type InstallGround, openInstallGround } from "../installs/installs-bench.ts";
import { inWords } from "./doctor-desk.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openEmbedded();
});
afterAll(() => database.close());

let ground: InstallGround;
beforeEach(async () => {
  ground = await openInstallGround(database.pool);
});
afterEach(async () => {
  expect(ground.slack.problems).toEqual([]);
  await ground.stop();
});

async function examine(access: OpenAccess | undefined) {
  const findings = await createSlackDoctor({
    transport: {
      kind: "http",
      signingSecret: new Secret(ground.slack.signingSecret),
      host: "127.0.0.1",
      port: 0,
      publicUrl: undefined,
    },
    install: { kind: "oauth", open: access, publicUrl: new URL("https://bot.example.com/") },
    directors: [
      { team: undefined, id: "U0ELSEWHERE" },
      { team: "T0ELSEWHERE", id: "U0ELSEWHERE" },
    ],
    managers: [],
    apiUrl: new URL(ground.slack.apiUrl),
    fetch,
    clock: ground.now,
  })();
  return inWords(findings);
}

it("each workspace by itself", async () => {
  const bot = await ground.start();
  const [north, south] = [
    ground.slack.addWorkspace({ name: "North" }),
    ground.slack.addWorkspace({ name: "South" }),
  ];
  north.addChannel("brand", { bot: true });
  await bot.install(north);
  await bot.install(south, { scopes: ["chat:write"] });
  const found = await examine(() => bot.access);
  expect(found).toContain("✓ 2 workspaces have installed the app.");
  expect(found).toContain(`✓ North (${north.id}): its token works.`);
  expect(found).toContain(`✓ North (${north.id}): All ${SCOPES.length} scopes are granted.`);
  expect(found).toContain(`✓ North (${north.id}): @draftroom is in #brand.`);
  expect(found).toContain(`✗ South (${south.id}): The scope commands is missing.`);
  expect(found).toContain(
    `→ Let somebody of ${south.id} install it again at https://bot.example.com/slack/install`,
  );
  expect(found).not.toContain("U0ELSEWHERE");
});

it("one whose token died", async () => {
  const bot = await ground.start();
  const team = ground.slack.addWorkspace();
  await bot.install(team);
  team.revokeTokens();
  expect(await examine(() => bot.access)).toContain(
    `✗ ${team.id}: Slack does not take its token (token_revoked).\n  → Let somebody of ${team.id} install it again`,
  );
});

it("one whose record another key sealed", async () => {
  const team = ground.slack.addWorkspace();
  await (await ground.start()).install(team);
  const stranger = await ground.start({ keys: [new Secret(Buffer.alloc(32, 9).toString("base64"))] });
  expect(await examine(() => stranger.access)).toMatch(new RegExp(`✗ ${team.id}: .*another key`));
});

it("none, or nobody can look", async () => {
  const bot = await ground.start();
  expect(await examine(() => bot.access)).toContain(
    "! No workspace has installed the app.\n  → Open https://bot.example.com/slack/install.",
  );
  expect(await examine(undefined)).toContain(
    "! The workspaces that installed the app are in the embedded database",
  );
});
