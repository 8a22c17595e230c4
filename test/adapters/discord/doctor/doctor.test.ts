import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Secret } from "../../../../src/core/secret.ts";
import { findFreePort } from "../../../support/server-process.ts";
import { COMMANDS_JSON, type DoctorDesk, disguise, openDoctor } from "./doctor-desk.ts";

let desk: DoctorDesk;
beforeEach(async () => {
  desk = await openDoctor();
});
afterEach(() => desk.stop());

const VIEW_AND_SEND = (1n << 10n) | (1n << 11n);
const ADMINISTRATOR = 1n << 3n;

it("all is well", async () => {
  const found = await desk.examine();
  expect(found).not.toMatch(/^[!✗]/m);
  expect(found).toMatch(/^✓ The token works: .+, of the app .+\.$/m);
  expect(found).toContain("✓ No privileged intent is on, and none is needed.");
  expect(found).toMatch(/✓ The gateway answers at \S+\./);
  expect(found).toMatch(/✓ \d+ of 1000 sessions may begin in the next \d+ h; this process needs 1\./);
  expect(found).toContain("✓ The bot is in Atelier, with every permission that it needs.");
  expect(found).toContain("✓ The commands are registered for all servers.");
  expect(found).toContain("✓ Nobody is listed in DISCORD_DIRECTORS");
  expect(found).toContain(
    "✓ Nobody is listed in DISCORD_MANAGERS: whoever has Manage Server manages budgets.",
  );
  expect(found).toContain("✓ DISCORD_FILES_URL is not set");
  expect(found).toContain("✓ This machine's clock agrees with Discord's.");
});

describe("the token", () => {
  it("is another one now", async () => {
    const token = new Secret(desk.discord.token);
    desk.discord.resetToken();
    expect(await desk.examine({ token })).toMatch(
      /^✗ Discord does not take the token in DISCORD_TOKEN\.\n {2}→ Copy the token again: \S+ → your app → Bot → Reset Token/,
    );
  });

  it("is not of a bot", async () => {
    const other = await disguise(desk.discord, "/users/@me", { bot: false });
    expect(await desk.examine({ apiUrl: other.apiUrl })).toMatch(/^✗ .* not that of a bot\./);
    await other.stop();
  });
});

describe("the app", () => {
  it.each([
    [{ interactions_endpoint_url: "https://x.example/" }, "✗ The app has an Interactions Endpoint URL"],
    [{ bot_require_code_grant: true }, "! The app requires an OAuth2 code grant"],
    [{ flags: 1 << 19 }, "! Draftroom needs no privileged intent, and on is: Message Content Intent."],
    [{ flags: (1 << 14) | (1 << 13) }, "on is: Presence Intent, Server Members Intent."],
  ])("is set up in a way that needs a look: %j", async (change, sentence) => {
    const other = await disguise(desk.discord, "/applications/@me", change);
    const found = await desk.examine({ apiUrl: other.apiUrl });
    expect(found).toContain(sentence);
    expect(found).toMatch(
      /→ .* at https:\/\/discord\.com\/developers\/applications\/\d+\/(bot|information)\./,
    );
    await other.stop();
  });
});

describe("the address", () => {
  it("leads to nobody", async () => {
    const apiUrl = new URL(`http://127.0.0.1:${await findFreePort()}/api/`);
    expect(await desk.examine({ apiUrl })).toMatch(
      /^✗ 127\.0\.0\.1:\d+ does not answer as Discord does \(ECONNREFUSED\)/,
    );
  });

  it("leads to somebody else", async () => {
    const server = createServer((_request, response) => response.writeHead(200).end("hello"));
    await once(server.listen(0, "127.0.0.1"), "listening");
    const apiUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await desk.examine({ apiUrl })).toMatch(/^✗ \S+ does not answer as Discord does/);
    server.closeAllConnections();
    server.close();
  });

  it("is that of a Discord in trouble", async () => {
    desk.discord.faults.call("GET /users/@me", { kind: "status", status: 502 });
    expect(await desk.examine()).toMatch(/^✗ \S+ does not answer as Discord does \(502\)/);
  });

  it("asks for patience", async () => {
    desk.discord.faults.call("GET /gateway/bot", { kind: "rate_limited", retryAfterS: 120 });
    const found = await desk.examine();
    // The library adds a little to what Discord says.
    expect(found).toMatch(/! Discord asks to wait for 12[01] s before a look at the gateway\./);
    expect(found).toContain("✓ The commands are registered");
  });

  it("is far away in time", async () => {
    const clock = () => new Date(Date.now() + 10 * 60_000);
    expect(await desk.examine({ clock })).toMatch(
      /! This machine's clock is (599|60\d) s ahead of Discord's/,
    );
  });
});

describe("the gateway", () => {
  it("lets fewer sessions begin than are needed", async () => {
    const session_start_limit = { total: 1000, remaining: 3, reset_after: 7_200_000, max_concurrency: 1 };
    const other = await disguise(desk.discord, "/gateway/bot", { session_start_limit });
    const found = await desk.examine({ apiUrl: other.apiUrl, shards: { ids: [0, 1, 2, 3], total: 8 } });
    expect(found).toContain("✗ Only 3 of 1000 sessions may begin in the next 2 h, and 4 must.");
    expect(await desk.examine({ apiUrl: other.apiUrl, shards: { ids: [0], total: 8 } })).not.toContain("✗");
    await other.stop();
  });

  it("wants more shards than there are", async () => {
    const other = await disguise(desk.discord, "/gateway/bot", { shards: 16 });
    const found = await desk.examine({ apiUrl: other.apiUrl, shards: { ids: [0, 1], total: 8 } });
    expect(found).toContain("! DISCORD_SHARDS divides the servers into 8, and Discord recommends 16.");
    expect(await desk.examine({ apiUrl: other.apiUrl })).toContain("this process needs 16.");
    await other.stop();
  });

  it("is not to be reached", async () => {
    const url = `ws://127.0.0.1:${await findFreePort()}/`;
    const other = await disguise(desk.discord, "/gateway/bot", { url });
    expect(await desk.examine({ apiUrl: other.apiUrl })).toMatch(
      /✗ The gateway at 127\.0\.0\.1:\d+ does not answer \(no connection\)\.\n {2}→ Let this machine open WebSockets/,
    );
    await other.stop();
  });
});

describe("the servers", () => {
  it("there is none: the link that invites the bot", async () => {
    desk.guild.removeBot();
    const found = await desk.examine();
    expect(found).toMatch(
      /! The bot is in no server\.\n {2}→ Open https:\/\/discord\.com\/\S*oauth2\/authorize\?\S+/,
    );
    expect(found).toContain(`client_id=${desk.discord.applicationId}`);
    expect(found).toContain("permissions=309237763136");
  });

  it("one does not let the bot do all", async () => {
    desk.discord.addGuild({ name: "North", botPermissions: VIEW_AND_SEND });
    desk.discord.addGuild({ name: "South", botPermissions: ADMINISTRATOR });
    const found = await desk.examine();
    expect(found).toMatch(/✓ The bot is in (?:(?:Atelier|North|South)(?:, )?){3}\./);
    expect(found).toMatch(
      /! In North it lacks .*Attach Files.*, unless a channel allows it\.\n {2}→ Give it to the bot's role/,
    );
    expect(found).not.toContain("View Channel,");
    expect(found).not.toMatch(/In (South|Atelier) it lacks/);
  });
});

it("the bot may do all in a server of its own", async () => {
  desk.guild.setBotPermissions(0n);
  expect(await desk.examine()).toContain("! In Atelier it lacks");
  const other = await disguise(desk.discord, "/users/@me/guilds", { owner: true });
  expect(await desk.examine({ apiUrl: other.apiUrl })).not.toContain("it lacks");
  await other.stop();
});

it("in more servers than Discord tells of at once", async () => {
  for (let more = 0; more < 200; more++) desk.discord.addGuild({ name: `Server ${more}` });
  expect(await desk.examine()).toContain("! The bot is in 201 servers;");
});

it("in very many servers it looks closely at some only", async () => {
  for (let more = 0; more < 20; more++) desk.discord.addGuild({ name: `Server ${more}` });
  const last = desk.discord.addGuild({ name: "Last" });
  const found = await desk.examine({
    directors: [
      { guild: undefined, id: "1148000000000000001" },
      { guild: last.id, id: last.addRole("Leads").id },
    ],
  });
  expect(found).toMatch(/✓ The bot is in .+ and 14 more, with every permission that it needs\./);
  expect(found).toContain(
    "! The bot is in 22 servers; nobody looked for commands and roles in more than 20 of them.",
  );
  expect(found).toContain("✓ DISCORD_DIRECTORS in Last: @Leads.");
  // Whom the first entry means, may be in one of the others.
  expect(found).not.toContain("lists 1148000000000000001");
  expect(found.match(/^✗ .*/gm)).toBeNull();
  expect(found).toMatch(/! .*none is in .+ and \d+ more: .*whoever drafts picks there/);
});

describe("the commands", () => {
  it("are nowhere", async () => {
    desk.discord.register([]);
    expect(await desk.examine()).toContain(
      "✗ Discord offers none of the commands.\n  → Run npm run discord:register.",
    );
  });

  it("are those of another version", async () => {
    const [draft, , help, ...rest] = COMMANDS_JSON;
    desk.discord.register([
      { ...draft, description: "As it was" },
      ...(help ? [help] : []),
      ...rest,
      { type: 1, name: "ping", description: "Pong" },
    ]);
    expect(await desk.examine()).toContain(
      "! The commands for all servers are not those of this version (missing: /quota; other than in this version: /draft; not of this version: /ping).\n  → Run npm run discord:register.",
    );
  });

  it("are those of one server, for development", async () => {
    desk.discord.register([]);
    desk.discord.register(withoutContexts(), desk.guild);
    const found = await desk.examine();
    expect(found).toContain("✓ The commands are registered for Atelier.");
    expect(found).not.toContain("✗");
  });

  it("are there twice", async () => {
    desk.discord.register(withoutContexts(), desk.guild);
    expect(await desk.examine()).toMatch(
      /! In Atelier each command is offered twice: .*\n {2}→ Run npm run discord:register -- --guild \d+ --remove\./,
    );
  });

  it("are not allowed somewhere", async () => {
    desk.discord.faults.call(`GET /applications/{application}/guilds/{guild}/commands`, {
      kind: "error",
      code: 50001,
      status: 403,
    });
    expect(await desk.examine()).toMatch(/✗ In Atelier the app may have no commands: .*\n {2}→ Let an admin/);
  });
});

function withoutContexts() {
  return COMMANDS_JSON.map(({ contexts: _contexts, integration_types: _types, ...command }) => command);
}

describe("roles and people", () => {
  it("are named where they are", async () => {
    const designers = desk.guild.addRole("Designers");
    const max = desk.guild.addPerson("max");
    const north = desk.discord.addGuild({ name: "North" });
    const leads = north.addRole("Leads");
    const found = await desk.examine({
      directors: [
        { guild: undefined, id: designers.id },
        { guild: undefined, id: max.id },
        { guild: north.id, id: leads.id },
      ],
      managers: [{ guild: desk.guild.id, id: max.id }],
    });
    expect(found).toContain("✓ DISCORD_DIRECTORS in Atelier: @Designers, max.");
    expect(found).toContain("✓ DISCORD_DIRECTORS in North: @Leads.");
    expect(found).toContain("✓ DISCORD_MANAGERS in Atelier: max.");
    expect(found).not.toMatch(/^[!✗]/m);
  });

  it("are nobody", async () => {
    const found = await desk.examine({
      directors: [{ guild: undefined, id: "1148000000000000001" }],
      managers: [{ guild: "1148000000000000002", id: "1148000000000000001" }],
    });
    expect(found).toMatch(
      /✗ DISCORD_DIRECTORS lists 1148000000000000001, which is no role and nobody in Atelier\.\n {2}→ Copy the id again/,
    );
    expect(found).toMatch(
      /✗ DISCORD_MANAGERS lists 1148000000000000001 for the server 1148000000000000002, where the bot is not\.\n {2}→ /,
    );
  });

  it("are of another server only", async () => {
    const designers = desk.guild.addRole("Designers");
    desk.discord.addGuild({ name: "North" });
    const here = { guild: undefined, id: designers.id };
    const found = await desk.examine({ directors: [here], managers: [{ ...here, guild: desk.guild.id }] });
    expect(found).toContain("✓ DISCORD_DIRECTORS in Atelier: @Designers.");
    expect(found).toContain(
      "! Of those whom DISCORD_DIRECTORS lists, none is in North: where no channel says otherwise, whoever drafts picks there.\n  → List somebody",
    );
    // Where the list is not for a server, it says nothing there.
    expect(found).not.toContain("whom DISCORD_MANAGERS lists");
  });

  it("are everybody", async () => {
    const found = await desk.examine({ managers: [{ guild: undefined, id: desk.guild.id }] });
    expect(found).toContain("✓ DISCORD_MANAGERS in Atelier: @everyone.");
    expect(found).toContain("! DISCORD_MANAGERS lists everybody in Atelier");
  });
});

describe("the originals", () => {
  it("can be reached, or not", async () => {
    let status = 200;
    const server = createServer((_request, response) => response.writeHead(status).end());
    await once(server.listen(0, "127.0.0.1"), "listening");
    const filesUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await desk.examine({ filesUrl })).toContain(`✓ ${filesUrl}health answers.`);
    status = 404;
    expect(await desk.examine({ filesUrl })).toContain(`✗ ${filesUrl}health answers with 404`);
    server.closeAllConnections();
    await once(server.close(), "close");
    expect(await desk.examine({ filesUrl })).toMatch(
      /✗ \S+health does not answer \(ECONNREFUSED\)\.\n {2}→ Start Draftroom first/,
    );
  });
});
