import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import { toApplicationCommands } from "../../../../adapters/discord/commands/application-commands.ts";
import {
  createDiscordDoctor,
  type DiscordDoctorParts,
} from "../../../../adapters/discord/doctor/discord-doctor.ts";
import { createCommandSpecs } from "../../../../commands/command-specs.ts";
import { Secret } from "../../../../src/core/secret.ts";
import type { Finding } from "../../../../src/ports/finding.ts";
import type { CommandJson, DiscordGuild } from "../../../support/discord/discord-people.ts";
import type { DiscordOptions, LocalDiscord } from "../../../support/discord/local-discord.ts";
import { startDiscord } from "../../../support/discord/start-discord.ts";

/** A server with the bot in it and all commands registered, and a doctor for the Draftroom there. */
export interface DoctorDesk {
  readonly discord: LocalDiscord;
  readonly guild: DiscordGuild;
  /** What it finds, in words: `✓ The token works.`, with its steps after `→`. Nothing of it is secret. */
  examine(parts?: Partial<DiscordDoctorParts>): Promise<string>;
  stop(): Promise<void>;
}

export const COMMANDS = toApplicationCommands(createCommandSpecs([]));
/** As JSON, which is what Discord hears. */
export const COMMANDS_JSON: readonly CommandJson[] = JSON.parse(JSON.stringify(COMMANDS));

export async function openDoctor(options: DiscordOptions = {}): Promise<DoctorDesk> {
  const discord = await startDiscord({ limits: "off", ...options });
  const guild = discord.addGuild({ name: "Atelier" });
  discord.register(COMMANDS_JSON);
  return {
    discord,
    guild,
    async examine(parts = {}) {
      const findings = await createDiscordDoctor({
        token: new Secret(discord.token),
        apiUrl: new URL(discord.apiUrl),
        shards: "auto",
        directors: [],
        managers: [],
        filesUrl: undefined,
        commands: COMMANDS,
        clock: () => new Date(),
        ...parts,
      })();
      const words = inWords(findings);
      expect(words).not.toContain(discord.token);
      expect(discord.gateway.identified).toBe(0);
      return words;
    },
    async stop() {
      expect(discord.problems()).toEqual([]);
      await discord.stop();
    },
  };
}

const MARKS = { ok: "✓", warn: "!", bad: "✗" } as const;

function inWords(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ level, says, next }) => [`${MARKS[level]} ${says}`, ...next.map((step) => `  → ${step}`)])
    .join("\n");
}

export interface Disguise {
  /** For `DISCORD_API_URL`. */
  readonly apiUrl: URL;
  stop(): Promise<void>;
}

/** The same Discord, but for what it says at one path, such as `/users/@me`: there these fields are other ones, of each in a list. */
export async function disguise(
  discord: LocalDiscord,
  path: string,
  change: Readonly<Record<string, unknown>>,
): Promise<Disguise> {
  const server = createServer(async (request, response) => {
    const { authorization = "" } = request.headers;
    const answer = await fetch(new URL(request.url ?? "", discord.url), { headers: { authorization } });
    const body: unknown = await answer.json();
    const isIt = request.url?.split("?")[0] === `/api/v10${path}`;
    const changed = Array.isArray(body)
      ? body.map((each) => ({ ...each, ...change }))
      : { ...(body as object), ...change };
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(isIt ? changed : body));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    apiUrl: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`),
    async stop() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
