import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SCOPES } from "../../../../adapters/slack/scopes.ts";
import { openEmbedded, type TestDatabase } from "../../../support/open-databases.ts";
import type { InstallChoice } from "../../../support/slack/local-slack.ts";
import type { SlackTeam } from "../../../support/slack/slack-people.ts";
import { addLink, type InstallGround, type InstallProcess, openInstallGround } from "./installs-bench.ts";

let database: TestDatabase;
let ground: InstallGround;
let bot: InstallProcess;
let team: SlackTeam;

beforeAll(async () => {
  database = await openEmbedded();
});
afterAll(() => database.close());
beforeEach(async () => {
  ground = await openInstallGround(database.pool);
  bot = await ground.start();
  team = ground.slack.addWorkspace({ name: "Studio <North>" });
});
afterEach(async () => {
  expect(ground.slack.problems).toEqual([]);
  await ground.stop();
});

const installs = () => ground.db.selectFrom("slack_installs").select(["id", "installed_at"]).execute();
const approve = (html: string, choice?: InstallChoice) =>
  ground.slack.approveInstall(addLink(html), team.addPerson("Ines"), choice);
const reasons = () =>
  bot.log.lines.filter(({ event }) => event === "slack.install_failed").map(({ fields }) => fields.reason);

describe("the page that installs the app", () => {
  it("shows every scope with its reason, and asks Slack for them", async () => {
    const { status, html, headers } = await bot.open().visit("/slack/install");
    expect(status).toBe(200);
    for (const { name, reason } of SCOPES) {
      expect(html).toContain(`<code>${name}</code>`);
      expect(html).toContain(reason.replaceAll("'", "&#39;"));
    }
    const add = new URL(addLink(html));
    expect(`${add.origin}${add.pathname}`).toBe(ground.slack.authorizeUrl);
    expect(add.searchParams.get("scope")?.split(",")).toEqual(SCOPES.map(({ name }) => name));
    expect(add.searchParams.get("redirect_uri")).toBe("http://bot.test/slack/oauth_redirect");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("set-cookie")).toMatch(/HttpOnly/);
  });

  it("says what to do next", async () => {
    const { status, html } = await bot.install(team);
    expect(status).toBe(200);
    expect(html).toContain("Draftroom is in Studio &lt;North&gt;");
    expect(html).toContain("/invite @draftroom");
    expect(html).toContain("/draft");
    expect(addLink(html)).toBe(`slack://app?team=${team.id}&id=${ground.slack.appId}`);
    expect(await installs()).toMatchObject([{ id: team.id }]);
    expect(bot.installed).toEqual([team.id]);
  });

  it("replaces an installation", async () => {
    await bot.install(team);
    const [before] = await installs();
    ground.pass(60_000);
    await bot.install(team, { scopes: ["chat:write"] });
    const after = await installs();
    expect(after).toHaveLength(1);
    expect(after[0]?.installed_at.getTime()).toBeGreaterThan(before?.installed_at.getTime() ?? 0);
    expect(bot.installed).toEqual([team.id, team.id]);
  });

  it("accepts that a person says no", async () => {
    const { status, html } = await bot.install(team, { deny: true });
    expect(status).toBe(200);
    expect(html).toContain("Nothing was installed");
    expect(addLink(html)).toBe("http://bot.test/slack/install");
    expect(await installs()).toEqual([]);
    expect(reasons()).toEqual(["denied"]);
  });
});

describe("who comes back from Slack", () => {
  it("has to be who went there", async () => {
    const back = await approve((await bot.open().visit("/slack/install")).html);
    const victim = bot.open();
    await victim.visit("/slack/install");
    const { status, html } = await victim.visit(back);
    expect(status).toBe(400);
    expect(html).toContain("does not belong to this browser");
    expect(await installs()).toEqual([]);
    expect(reasons()).toEqual(["state"]);
  });

  it.each([
    ["a state that nobody signed", (url: URL) => url.searchParams.set("state", "eyJhbGciOiJub25lIn0.e30.")],
    ["no state", (url: URL) => url.searchParams.delete("state")],
    ["no code", (url: URL) => url.searchParams.delete("code")],
    ["another code", (url: URL) => url.searchParams.set("code", "1.2")],
  ])("is refused with %s", async (_, change) => {
    const browser = bot.open();
    const back = new URL(await approve((await browser.visit("/slack/install")).html));
    change(back);
    const { status, html } = await browser.visit(back.href);
    expect(status).toBe(400);
    expect(addLink(html)).toBe("http://bot.test/slack/install");
    expect(await installs()).toEqual([]);
  });

  it("cannot forge a state together with its cookie", async () => {
    const other = await ground.start();
    const forged = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJpbnN0YWxsT3B0aW9ucyI6eyJzY29wZXMiOltdfX0.";
    const response = await fetch(`${other.url}/slack/oauth_redirect?code=1&state=${forged}`, {
      headers: { cookie: `slack-app-oauth-state=${forged}` },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("does not belong to this browser");
  });

  it("cannot use an answer twice", async () => {
    const browser = bot.open();
    const back = await approve((await browser.visit("/slack/install")).html);
    expect((await browser.visit(back)).status).toBe(200);
    expect((await browser.visit(back)).status).toBe(400);
    expect(await installs()).toHaveLength(1);
  });

  it("is told when Slack does not answer", async () => {
    ground.slack.faults.call("oauth.v2.access", { kind: "reset_before" });
    const { status, html } = await bot.install(team);
    expect(status).toBe(502);
    expect(html).toContain("Slack does not answer");
    expect(reasons()).toEqual(["no_answer"]);
  });

  it("is told when the bot is not set up right", async () => {
    const wrong = await ground.start({ clientSecret: "another" });
    const { status, html } = await wrong.install(team);
    expect(status).toBe(500);
    expect(html).toContain("SLACK_CLIENT_SECRET");
    expect(wrong.log.words()).not.toContain("another");
  });

  it("is told when it could not be kept", async () => {
    const broken = await ground.start({
      onInstalled: async () => {
        throw new Error("no database");
      },
    });
    const { status, html } = await broken.install(team);
    expect(status).toBe(500);
    expect(html).toContain("It could not be saved");
  });

  it.each([
    ["invalid_scope", 400, "Slack says: invalid_scope."],
    ["<script>alert(1)</script>", 400, "Something is missing in this link"],
  ])("is told what Slack says: %s", async (error, status, words) => {
    const page = await bot.open().visit(`/slack/oauth_redirect?error=${encodeURIComponent(error)}`);
    expect(page.status).toBe(status);
    expect(page.html).toContain(words);
    expect(page.html).not.toContain("<script>");
  });
});
