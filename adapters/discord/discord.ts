import type { Secret } from "../../src/core/secret.ts";
import type { AssetReader } from "../../src/ports/assets.ts";
import type { ChatGateway, ChatSender } from "../../src/ports/chat.ts";
import type { Clock, Log } from "../../src/ports/log.ts";
import { createDiscordClient, type Shards } from "./discord-client.ts";
import { createRecentInteractions } from "./gateway/create-recent-interactions.ts";
import { createDiscordGateway } from "./gateway/discord-gateway.ts";
import { createOriginals } from "./originals/originals.ts";
import { createRoles, type StaffSetting } from "./roles/roles.ts";
import { createDiscordSender } from "./sender/discord-sender.ts";
import { createUploadLimits } from "./sender/upload-limits.ts";

/** Both halves of Discord. */
export interface Discord {
  readonly gateway: ChatGateway;
  readonly sender: ChatSender;
  /** Where people find it, in words. */
  place(): string;
}

export interface DiscordParts {
  readonly token: Secret;
  /** Which parts of all servers this process hears: as many as Discord advises, or some of so many. */
  readonly shards: Shards;
  readonly directors: readonly StaffSetting[];
  readonly managers: readonly StaffSetting[];
  /** Such as `https://discord.com/api/`. */
  readonly apiUrl: URL;
  /** Where people's pictures are fetched from, such as `https://cdn.discordapp.com/`. */
  readonly cdnUrl: URL;
  /** Where people get what is too large for a message. */
  readonly files: {
    /** How people's browsers reach it; undefined: there is no such place. */
    readonly publicUrl: URL | undefined;
    readonly host: string;
    readonly port: number;
  };
  readonly assets: AssetReader;
  readonly log: Log;
  readonly clock: Clock;
}

/** The client's own REST is the sender's too, so that one place knows the limits of each route. */
export function createDiscord(parts: DiscordParts): Discord {
  const { assets, files, token, log, clock } = parts;
  const client = createDiscordClient(parts);
  const { rest } = client;
  const application = () => client.application?.id ?? applicationOf(token);
  const roles = createRoles({
    ...parts,
    rest,
    application,
    guildRoles: (guild) => client.guilds.cache.get(guild)?.roles.cache.map((role) => role.id),
  });
  const limits = createUploadLimits();
  const recent = createRecentInteractions(clock);
  const originals = createOriginals({ ...files, assets, secret: token, log });
  const gateway = createDiscordGateway({ ...parts, client, roles, limits, recent });
  return {
    gateway: {
      ...gateway,
      async start(inbox) {
        await originals.start();
        await gateway.start(inbox);
      },
      async stop() {
        await gateway.stop();
        await originals.stop();
      },
    },
    sender: createDiscordSender({ rest, assets, limits, roles, recent, originals, log, clock }),
    place: () => gateway.place(),
  };
}

/** A bot's token begins with its application's id, in base64: https://docs.discord.com/developers/reference#authentication */
function applicationOf(token: Secret): string {
  const [first = ""] = token.reveal().split(".");
  return Buffer.from(first, "base64").toString();
}
