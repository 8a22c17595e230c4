import {
  type APIInteraction,
  type GatewayApplicationCommandPermissionsUpdateDispatchData,
  type GatewayChannelDeleteDispatchData,
  GatewayDispatchEvents,
  type GatewayGuildCreateDispatchData,
  type GatewayGuildDeleteDispatchData,
  type GatewayMessageReactionAddDispatchData,
  type GatewayMessageReactionRemoveDispatchData,
  type GatewayReadyDispatchData,
} from "discord.js";
import type { DiscordClient } from "../discord-client.ts";
import type { Desk } from "./desk.ts";
import type { InProgress } from "./in-progress.ts";
import { createInTurn } from "./in-turn.ts";
import type { LookAgain } from "./look-again.ts";
import { createGuilds } from "./on-guild.ts";
import { onInteraction } from "./on-interaction.ts";
import { onReaction } from "./on-reaction.ts";

interface Parts {
  readonly client: DiscordClient;
  readonly desk: Desk;
  readonly lookAgain: LookAgain;
  readonly work: InProgress;
  /** What is only said while stopping. */
  readonly farewells: InProgress;
}

/** Reactions may be cleared one message after the other. Of others' messages it happens all the time. */
const CLEARED_MS = 5_000;

/**
 * Hears what Discord says, as it says it. The events that discord.js makes of it would leave out reactions in threads
 * that it has not seen, and those taken off by people whom it has not, whichever partials it is given; and hold back
 * everything until all shards are there.
 */
export function listen({ client, desk, lookAgain, work, farewells }: Parts): void {
  const inTurn = createInTurn();
  const guilds = createGuilds(desk, inTurn, () => lookAgain.ask(0));
  const { ws } = client;

  /** Events that ask for no answer. */
  function hear<Data>(event: GatewayDispatchEvents, handle: (data: Data) => Promise<void>) {
    ws.on(event, (data: Data) => {
      if (!desk.stopping.aborted) work.add(handle(data));
    });
  }

  ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
    (desk.stopping.aborted ? farewells : work).add(onInteraction(desk, interaction));
  });
  hear(GatewayDispatchEvents.MessageReactionAdd, (data: GatewayMessageReactionAddDispatchData) =>
    onReaction(desk, inTurn, { on: true, data }),
  );
  hear(GatewayDispatchEvents.MessageReactionRemove, (data: GatewayMessageReactionRemoveDispatchData) =>
    onReaction(desk, inTurn, { on: false, data }),
  );
  for (const cleared of [
    GatewayDispatchEvents.MessageReactionRemoveAll,
    GatewayDispatchEvents.MessageReactionRemoveEmoji,
  ]) {
    hear(cleared, async ({ message_id }: { readonly message_id: string }) => {
      if (desk.ours.has(message_id)) lookAgain.ask(CLEARED_MS);
    });
  }
  // The admins have given a command to somebody, or taken it away.
  hear(
    GatewayDispatchEvents.ApplicationCommandPermissionsUpdate,
    async ({ guild_id }: GatewayApplicationCommandPermissionsUpdateDispatchData) =>
      desk.roles.forget(guild_id),
  );
  hear(GatewayDispatchEvents.Ready, (data: GatewayReadyDispatchData) =>
    guilds.began(data.guilds, data.shard ?? [0, 1]),
  );
  hear(GatewayDispatchEvents.GuildCreate, (data: GatewayGuildCreateDispatchData) => guilds.came(data));
  hear(GatewayDispatchEvents.GuildDelete, (data: GatewayGuildDeleteDispatchData) => guilds.went(data));
  hear(GatewayDispatchEvents.ChannelDelete, (data: GatewayChannelDeleteDispatchData) =>
    guilds.channelDeleted(data),
  );
}
