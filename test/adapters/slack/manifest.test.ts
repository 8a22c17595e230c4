import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, it } from "vitest";
import { createAppUrl, createManifest, type Manifest } from "../../../adapters/slack/manifest.ts";
import { SCOPES } from "../../../adapters/slack/scopes.ts";
import { createCommandSpecs } from "../../../commands/command-specs.ts";
import { ROOT } from "../../support/source-tree.ts";

const publicUrl = new URL("https://bot.example.com/");
const socket = createManifest({ commands: createCommandSpecs([]), publicUrl: undefined });
const http = createManifest({ commands: createCommandSpecs([]), publicUrl });

const read = (path: string) => readFile(join(ROOT, path), "utf8");
const inJson = (manifest: Manifest) => `${JSON.stringify(manifest, null, 2)}\n`;

describe("what Slack is told of the app", () => {
  /**
   * Ours, not Slack's file: written from its reference, for the parts that we use, with the limits of the
   * schema that Slack publishes, and closed for all else (see its `$comment`). What fits it fits Slack's.
   */
  let fitsOurSchema: ValidateFunction;
  beforeAll(async () => {
    const ajv = new Ajv({ allErrors: true });
    addFormats.default(ajv);
    fitsOurSchema = ajv.compile(JSON.parse(await read("test/fixtures/slack/manifest-schema.json")));
  });

  it.each([
    ["Socket Mode", socket],
    ["HTTP", http],
  ])("%s: it fits our schema of what Slack documents", (_mode, manifest) => {
    fitsOurSchema(manifest);
    expect(fitsOurSchema.errors).toBeNull();
  });

  it("our schema would say no", () => {
    const [command] = http.features?.slash_commands ?? [];
    const bad: readonly unknown[] = [
      { ...http, features: { slash_commands: [{ ...command, command: "draft" }] } },
      { ...http, features: { slash_commands: [{ ...command, usage_hint: "x".repeat(1001) }] } },
      { ...http, display_information: { name: "x".repeat(36) } },
      { ...http, settings: { interactivity: {} } },
      { ...http, oauth_config: { redirect_urls: ["http://bot.example.com"] } },
      { ...http, colour: "blue" },
    ];
    expect(bad.map((each) => fitsOurSchema(each))).toEqual(bad.map(() => false));
  });

  it("is what the committed files say", async () => {
    const again = (more: string) => `npm run slack:manifest -- ${more} && npm run format`;
    const written = async (path: string) => JSON.parse(await read(path));
    expect(
      await written("adapters/slack/manifest.json"),
      again("--out adapters/slack/manifest.json"),
    ).toEqual(socket);
    expect(
      await written("adapters/slack/manifest.http.json"),
      again("--url https://bot.example.com --out adapters/slack/manifest.http.json"),
    ).toEqual(http);
  });

  it("asks for every scope once; the optional ones are named a second time", () => {
    const { bot = [], bot_optional = [] } = socket.oauth_config?.scopes ?? {};
    expect(bot).toEqual(SCOPES.map((each) => each.name));
    expect(new Set(bot).size).toBe(bot.length);
    expect(bot_optional).toEqual(SCOPES.filter((each) => each.optional).map((each) => each.name));
    expect(bot_optional.length).toBeGreaterThan(0);
    for (const scope of bot_optional) expect(bot).toContain(scope);
    expect(http.oauth_config?.scopes).toEqual(socket.oauth_config?.scopes);
  });

  it("asks for no event without the scope that it needs", () => {
    // "Required scopes" of https://docs.slack.dev/reference/events/{event}.
    const needs: Record<string, string | undefined> = {
      app_home_opened: undefined,
      app_mention: "app_mentions:read",
      app_uninstalled: undefined,
      // Or groups:read, for private channels.
      member_joined_channel: "channels:read",
      reaction_added: "reactions:read",
      reaction_removed: "reactions:read",
      subteam_created: "usergroups:read",
      subteam_members_changed: "usergroups:read",
      subteam_updated: "usergroups:read",
      team_access_granted: undefined,
      team_access_revoked: undefined,
      tokens_revoked: undefined,
    };
    const events = http.settings?.event_subscriptions?.bot_events ?? [];
    expect(events.length).toBeGreaterThan(5);
    for (const event of events) {
      expect(Object.keys(needs), event).toContain(event);
      const scope = needs[event];
      if (scope !== undefined) expect(http.oauth_config?.scopes?.bot, event).toContain(scope);
    }
  });

  it("asks for the events that the gateway hears, and for no others", async () => {
    const events = http.settings?.event_subscriptions?.bot_events ?? [];
    const isOrganizations = (event: string) => event.startsWith("team_access_");
    expect(socket.settings?.event_subscriptions?.bot_events).toEqual(
      events.filter((event) => !isOrganizations(event)),
    );
    const dispatch = await read("adapters/slack/gateway/dispatch.ts");
    const heard = [...dispatch.matchAll(/\["([a-z_]+)", /g)].map(([, kind]) => kind);
    // What people do comes without being asked for.
    const done = ["command", "block_actions", "view_submission", "message_action", "shortcut"];
    expect(heard).toEqual(expect.arrayContaining(done));
    expect(heard.filter((kind) => !done.includes(kind ?? "")).toSorted()).toEqual([...events].toSorted());
  });

  it("offers each command, and ids instead of names only where people are named", () => {
    expect(http.features?.slash_commands).toMatchObject([
      {
        command: "/draft",
        should_escape: false,
        usage_hint: expect.stringMatching(/^<what to see> \[--count/),
      },
      { command: "/quota", should_escape: true, usage_hint: expect.stringContaining("roles") },
      { command: "/help", should_escape: false },
    ]);
    expect(http.features?.slash_commands?.[2]).not.toHaveProperty("usage_hint");
  });

  it("has no addresses in Socket Mode, and one for everything through HTTP", () => {
    expect(JSON.stringify(socket)).not.toMatch(/https?:|url/);
    expect(socket.settings?.socket_mode_enabled).toBe(true);
    expect(http.settings?.socket_mode_enabled).toBe(false);
    const addresses = JSON.stringify(http).match(/https?:[^"]+/g) ?? [];
    expect(new Set(addresses)).toEqual(
      new Set(["https://bot.example.com/slack/events", "https://bot.example.com/slack/oauth_redirect"]),
    );
    const below = createManifest({
      commands: createCommandSpecs([]),
      publicUrl: new URL("https://example.com/bot/"),
    });
    expect(below.settings?.interactivity?.request_url).toBe("https://example.com/bot/slack/events");
  });

  it("fits into a link that fills in Slack's form", () => {
    const url = new URL(createAppUrl(socket));
    expect(`${url.origin}${url.pathname}`).toBe("https://api.slack.com/apps");
    expect(JSON.parse(url.searchParams.get("manifest_json") ?? "")).toEqual(socket);
    // Servers take lines of 8,000 bytes at least: https://www.rfc-editor.org/rfc/rfc9110#section-4.1
    expect(url.href.length).toBeLessThan(8000);
  });
});

describe("npm run slack:manifest", () => {
  const run = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [join(ROOT, "src/slack-manifest.ts"), ...args]);

  it("prints it, and nothing else, where it can be piped", async () => {
    const { stdout, stderr } = await run();
    expect(stdout).toBe(inJson(socket));
    expect(stderr).toContain(createAppUrl(socket));
  });

  it("writes it to a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "draftroom-manifest-"));
    const out = join(folder, "manifest.json");
    expect((await run("--url", "https://bot.example.com", "--out", out)).stdout).toBe("");
    expect(await readFile(out, "utf8")).toBe(inJson(http));
    await rm(folder, { recursive: true });
  });

  it.each([
    [["--url", "http://bot.example.com"], "--url starts with https://"],
    [["--urls", "https://bot.example.com"], "Unknown option '--urls'"],
  ])("says what is wrong with %j, and how it is used", async (args, sentence) => {
    const failed = await run(...args).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(sentence) });
    expect(failed).toMatchObject({ stderr: expect.stringContaining("npm run slack:manifest --") });
  });
});
