import type { REST } from "discord.js";
import type { AssetId, ChannelRef, GroupRef, UserRef } from "../../../src/core/ids.ts";
import type { Staff } from "../../../src/core/roles.ts";
import type { AssetReader } from "../../../src/ports/assets.ts";
import type { ChatSender } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import { readMark } from "../components/post-mark.ts";
import { DISCORD } from "../discord-refs.ts";
import type { RecentInteractions } from "../recent-interactions.ts";
import { createDiscord } from "./ask-discord.ts";
import { createChannelWork } from "./channel-work.ts";
import { createMessages } from "./messages.ts";
import { createOpenThread } from "./open-thread.ts";
import { createPictures } from "./pictures.ts";
import { createReadReactions } from "./read-reactions.ts";
import { createSeeding } from "./seeding.ts";
import { createSelf } from "./self.ts";
import { createShowCard } from "./show-card.ts";
import { createStandingMessages } from "./standing-messages.ts";
import { createTyping } from "./typing.ts";
import type { UploadLimits } from "./upload-limits.ts";
import { createWhisper } from "./whisper.ts";

export interface DiscordSenderParts {
  /** Made with `REST_OPTIONS`. */
  readonly rest: REST;
  readonly assets: AssetReader;
  readonly limits: UploadLimits;
  readonly roles: {
    staff(channel: ChannelRef): Promise<Staff>;
    isIn(group: GroupRef, person: UserRef): Promise<boolean>;
  };
  readonly recent: RecentInteractions;
  /** Where people get what is too large for a message; undefined: there is no such place. */
  readonly originals: { linkTo(asset: AssetId): URL | undefined };
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Says things in Discord. Nothing is tried twice in here that must not be, and nothing but reading waits for a
 * limit: whether and when a failed call is repeated is for the job to decide, and every failure says what it means.
 */
export function createDiscordSender(parts: DiscordSenderParts): ChatSender {
  const { rest, assets, limits, roles, recent, originals, log, clock } = parts;
  const discord = createDiscord(rest, clock);
  const self = createSelf(discord);
  const work = createChannelWork();
  const showCard = createShowCard(createPictures({ assets, originals }), limits);
  const standing = createStandingMessages(readMark);
  const { post, edit } = createMessages({ discord, self, showCard, standing, work, log });

  return {
    platform: DISCORD,
    post,
    edit,
    whisper: createWhisper(discord, recent),
    seed: createSeeding({ discord, work, log, clock }),
    thread: createOpenThread(discord, log),
    reactions: createReadReactions(discord),
    status: createTyping(discord),
    staff: (channel) => roles.staff(channel),
    isIn: (group, person) => roles.isIn(group, person),
  };
}
