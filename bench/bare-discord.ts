import { Client, Events, GatewayIntentBits, MessageFlags } from "discord.js";

// The floor of the Discord bench, a process of its own: a discord.js bot as its guide begins one, which only replies.
const { DISCORD_API_URL = "", DISCORD_TOKEN = "" } = process.env;
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessageReactions],
  rest: { api: DISCORD_API_URL.replace(/\/$/, "") },
});
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand())
    void interaction.reply({ content: "Drafting.", flags: MessageFlags.Ephemeral });
});
client.once(Events.ClientReady, () => console.log("ready"));
await client.login(DISCORD_TOKEN);
