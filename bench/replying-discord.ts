import { createDiscord } from "../adapters/discord/discord.ts";
import { createCommandSpecs } from "../commands/command-specs.ts";
import { plainCard } from "../src/core/card.ts";
import { Secret } from "../src/core/secret.ts";
import type { ChatInbox, Reply } from "../src/ports/chat.ts";

// Our half of the Discord bench, a process of its own: the adapter as it is, over an inbox that only replies.
const { DISCORD_API_URL = "", DISCORD_CDN_URL = "", DISCORD_TOKEN = "" } = process.env;
const whisper: Reply = { kind: "whisper", card: plainCard("info", "Drafting.") };
const inbox: ChatInbox = {
  commands: createCommandSpecs([]),
  command: async () => whisper,
  press: async () => whisper,
  submit: async () => whisper,
  answered: async () => {},
  reaction: async () => {},
  reconnected: async () => {},
  staff: async () => ({ directors: [], managers: [] }),
  home: async () => [],
  workspacesOf: async () => [],
  workspace: async () => {},
  channelGone: async () => {},
};
const silent = { debug() {}, info() {}, warn() {}, error: console.error };
const { gateway } = createDiscord({
  token: new Secret(DISCORD_TOKEN),
  shards: "auto",
  directors: [],
  managers: [],
  apiUrl: new URL(DISCORD_API_URL),
  cdnUrl: new URL(DISCORD_CDN_URL),
  files: { publicUrl: undefined, host: "127.0.0.1", port: 0 },
  assets: { find: async () => undefined },
  log: silent,
  clock: () => new Date(),
});
await gateway.start(inbox);
console.log("ready");
