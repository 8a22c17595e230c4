import { setImmediate as soon } from "node:timers/promises";
import { Routes } from "discord.js";
import { afterEach, expect, it } from "vitest";
import { createDiscordClient, type DiscordClient } from "../../../adapters/discord/discord-client.ts";
import { Secret } from "../../../src/core/secret.ts";
import type { LocalDiscord } from "../../support/discord/local-discord.ts";
import { startDiscord } from "../../support/discord/start-discord.ts";
import { createRecordingLog } from "../../support/recording-log.ts";

let discord: LocalDiscord;
let client: DiscordClient;
afterEach(async () => {
  await client.disconnect();
  await discord.stop();
});

it("goes on after Discord has once not known its token", async () => {
  discord = await startDiscord();
  client = createDiscordClient({
    token: new Secret(discord.token),
    apiUrl: new URL(discord.apiUrl),
    cdnUrl: new URL(discord.cdnUrl),
    shards: "auto",
    log: createRecordingLog(),
  });
  discord.faults.call("GET /users/@me", {
    kind: "error",
    code: 0,
    status: 401,
    message: "401: Unauthorized",
  });
  await expect(client.rest.get(Routes.user())).rejects.toMatchObject({ status: 401 });
  await soon();
  expect(await client.rest.get(Routes.user())).toMatchObject({ id: discord.botUserId });
});
