import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toApplicationCommands } from "../../../../adapters/discord/commands/application-commands.ts";
import { planRegistration, register } from "../../../../adapters/discord/commands/register.ts";
import type { Translations } from "../../../../adapters/discord/commands/words.ts";
import { createDiscordRest } from "../../../../adapters/discord/discord-rest.ts";
import { createCommandSpecs } from "../../../../commands/command-specs.ts";
import { Secret } from "../../../../src/core/secret.ts";
import type { LocalDiscord } from "../../../support/discord/local-discord.ts";
import { startDiscord } from "../../../support/discord/start-discord.ts";

const SPECS = createCommandSpecs([]);
const commands = toApplicationCommands(SPECS);
const NAMES = ["/draft", "/quota", "/help", "Draft from this message"];
const UNCHANGED = { status: "unchanged", added: [], changed: [], removed: [] };

let discord: LocalDiscord;
beforeEach(async () => {
  discord = await startDiscord({ limits: "off" });
});
afterEach(async () => {
  expect(discord.problems()).toEqual([]);
  await discord.stop();
});

const parts = (more: Partial<Parameters<typeof register>[0]> = {}) => ({
  rest: createDiscordRest({ token: new Secret(discord.token), apiUrl: new URL(discord.apiUrl) }),
  application: discord.applicationId,
  guild: undefined,
  commands,
  ...more,
});
const puts = () => discord.calls().filter((call) => call.method === "PUT");

describe("register", () => {
  it("puts what is not there, once", async () => {
    expect(await register(parts())).toEqual({ status: "changed", added: NAMES, changed: [], removed: [] });
    expect(discord.commands()).toHaveLength(4);
    expect(await register(parts())).toEqual(UNCHANGED);
    expect(puts()).toHaveLength(1);
  });

  it("does the same for one server, where Discord keeps no contexts", async () => {
    const guild = discord.addGuild();
    expect((await register(parts({ guild: guild.id }))).added).toEqual(NAMES);
    expect(discord.commands()).toEqual([]);
    for (const each of discord.commands(guild)) expect(each.contexts ?? null).toBeNull();
    expect(await register(parts({ guild: guild.id }))).toEqual(UNCHANGED);
    expect(puts()).toHaveLength(1);
  });

  it("says what changes, and whose place it takes", async () => {
    await register(parts());
    const [draft, , ...rest] = JSON.parse(JSON.stringify(commands));
    const ping = { type: 2, name: "Ping" };
    discord.register([{ ...draft, description: "As it was" }, ...rest, ping]);
    const changes = { status: "changed", added: ["/quota"], changed: ["/draft"], removed: ["Ping"] };
    expect(await planRegistration(parts())).toEqual(changes);
    expect(puts()).toHaveLength(1);
    expect(await register(parts())).toEqual(changes);
    expect(await register(parts())).toEqual(UNCHANGED);
    expect(puts()).toHaveLength(2);
  });

  it("sees what changes deep inside, and no difference in the order of commands", async () => {
    await register(parts());
    const [draft, ...rest] = JSON.parse(JSON.stringify(commands));
    discord.register([...rest, draft]);
    expect(await register(parts())).toEqual(UNCHANGED);
    draft.options[1].max_value = 8;
    discord.register([draft, ...rest]);
    expect(await planRegistration(parts())).toMatchObject({ status: "changed", changed: ["/draft"] });
  });

  it("other languages: once, too", async () => {
    const translations: Translations = {
      fi: { draft: { name: "luonnos", description: "Luonnostele" } },
      fr: { "quota grant credits": { name: "crédits", description: undefined } },
    };
    const translated = toApplicationCommands(SPECS, translations);
    await register(parts());
    const changes = { status: "changed", changed: ["/draft", "/quota"] };
    expect(await register(parts({ commands: translated }))).toMatchObject(changes);
    expect(await register(parts({ commands: translated }))).toEqual(UNCHANGED);
    // Otherwise Discord gives one language only.
    for (const { method, path } of discord.calls())
      if (method === "GET") expect(path).toContain("with_localizations=true");
    expect(await register(parts())).toMatchObject(changes);
  });

  it("it is all the same whether Discord keeps an English that is the default", async () => {
    const translated = toApplicationCommands(SPECS, {
      fr: { help: { name: "aide", description: undefined } },
    });
    discord.register(JSON.parse(JSON.stringify(translated).replace('"en-US":"help",', "")));
    expect(discord.commands()[2]?.name_localizations).toEqual({ fr: "aide" });
    expect(await register(parts({ commands: translated }))).toEqual(UNCHANGED);
  });

  it("takes all away", async () => {
    await register(parts());
    expect(await register(parts({ commands: [] }))).toMatchObject({ removed: NAMES });
    expect(discord.commands()).toEqual([]);
  });

  it("rejects when Discord refuses", async () => {
    const rest = createDiscordRest({ token: new Secret("a.b.c"), apiUrl: new URL(discord.apiUrl) });
    await expect(register(parts({ rest }))).rejects.toMatchObject({ status: 401 });
  });
});

it("the entry point of an activity goes along: Discord refuses a bulk overwrite without it", async () => {
  const entry = {
    type: 4,
    name: "launch",
    description: "",
    handler: 2,
    contexts: [0],
    integration_types: [0],
  };
  const bodies: unknown[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === "PUT") bodies.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify([{ ...entry, id: "5", application_id: "7", version: "9" }]));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const apiUrl = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`);
  const rest = createDiscordRest({ token: new Secret("a.b.c"), apiUrl });
  expect(await register(parts({ rest }))).toEqual({
    status: "changed",
    added: NAMES,
    changed: [],
    removed: [],
  });
  expect(bodies).toEqual([[...JSON.parse(JSON.stringify(commands)), { ...entry, id: "5" }]]);
  server.closeAllConnections();
  server.close();
});
