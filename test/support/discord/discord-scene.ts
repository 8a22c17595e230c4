import { Client, type ClientOptions, Events, GatewayIntentBits, Partials, REST } from "discord.js";
import type { DiscordChannel, DiscordGuild, DiscordPerson } from "./discord-people.ts";
import type { DiscordOptions, LocalDiscord } from "./local-discord.ts";
import { startDiscord } from "./start-discord.ts";

/** A local Discord with a server, a channel, two people, and clients of discord.js that end with it. */
export interface DiscordScene {
  readonly discord: LocalDiscord;
  readonly guild: DiscordGuild;
  readonly brand: DiscordChannel;
  readonly ada: DiscordPerson;
  readonly ben: DiscordPerson;
  /** With the bot's token, without retries. */
  readonly rest: REST;
  /** A client that is ready. `listen` is called before it logs in. */
  connect(listen?: (client: Client) => void, options?: Partial<ClientOptions>): Promise<Client>;
  end(): Promise<void>;
}

/** Commands for tests of the local Discord itself. */
export const SCENE_COMMANDS: readonly object[] = [
  {
    name: "draft",
    description: "Draft pictures",
    contexts: [0],
    options: [
      { type: 3, name: "prompt", description: "What to draw", required: true, max_length: 1000 },
      { type: 4, name: "count", description: "How many", min_value: 1, max_value: 9 },
      {
        type: 3,
        name: "aspect",
        description: "Shape",
        choices: ["1:1", "4:3"].map((value) => ({ name: value, value })),
      },
      { type: 3, name: "model", description: "Which model", autocomplete: true },
      { type: 11, name: "reference", description: "A picture to go by" },
    ],
  },
  {
    name: "quota",
    description: "Budgets",
    default_member_permissions: "32",
    options: [
      { type: 1, name: "show", description: "What is left" },
      {
        type: 1,
        name: "grant",
        description: "More credits",
        options: [
          { type: 4, name: "amount", description: "Credits", required: true },
          { type: 9, name: "to", description: "Whom" },
        ],
      },
    ],
  },
  { type: 3, name: "Draft from this message" },
];

export function optionsFor(discord: LocalDiscord): ClientOptions {
  return {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessageReactions],
    partials: [Partials.Message, Partials.Reaction],
    rest: { api: discord.apiUrl.replace(/\/$/, ""), cdn: discord.cdnUrl.replace(/\/$/, ""), retries: 0 },
  };
}

export async function setDiscordScene(options: DiscordOptions = {}): Promise<DiscordScene> {
  const discord = await startDiscord(options);
  const guild = discord.addGuild({ name: "Studio North" });
  discord.register(SCENE_COMMANDS);
  const clients: Client[] = [];
  const rest = new REST({ ...optionsFor(discord).rest, version: "10" }).setToken(discord.token);
  return {
    discord,
    guild,
    brand: guild.addChannel("brand"),
    ada: guild.addPerson("ada"),
    ben: guild.addPerson("ben"),
    rest,
    async connect(listen = () => undefined, more = {}) {
      const client = new Client({ ...optionsFor(discord), ...more });
      clients.push(client);
      const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
      listen(client);
      await client.login(discord.token);
      await ready;
      return client;
    },
    async end() {
      for (const client of clients) await client.destroy();
      await discord.stop();
    },
  };
}
