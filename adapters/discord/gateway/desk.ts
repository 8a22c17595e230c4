import type { EventId, UserRef } from "../../../src/core/ids.ts";
import type { ChatInbox } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { RecentInteractions } from "../recent-interactions.ts";
import type { Roles } from "../roles/roles.ts";
import type { UploadLimits } from "../sender/upload-limits.ts";
import type { Answer } from "./answer.ts";
import type { Attach } from "./attached-files.ts";
import type { Callbacks } from "./callbacks.ts";
import type { OpenForms } from "./open-forms.ts";
import type { OurMessages } from "./our-messages.ts";
import type { Site, Whereabouts } from "./whereabouts.ts";

/** What handlers of events work with. */
export interface Desk {
  readonly inbox: ChatInbox;
  readonly callbacks: Callbacks;
  readonly whereabouts: Whereabouts;
  readonly roles: Pick<Roles, "saw" | "usedQuota" | "forget">;
  readonly limits: Pick<UploadLimits, "learn">;
  readonly recent: RecentInteractions;
  readonly forms: OpenForms;
  readonly ours: OurMessages;
  readonly attach: Attach;
  /** The bot's own id; undefined before it is connected. */
  readonly bot: () => string | undefined;
  /** Whether the bot is in a server, be that out of reach or not. */
  readonly isIn: (guild: string) => boolean;
  /** The boosts of a server; undefined while it is not known. */
  readonly premiumTier: (guild: string) => number | undefined;
  /** Aborted once nothing new is taken. */
  readonly stopping: AbortSignal;
  readonly log: Log;
  readonly clock: Clock;
}

/** Something that a person did in a server, and the way to answer them. */
export interface Encounter<Interaction> {
  readonly interaction: Interaction;
  readonly event: EventId;
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
  readonly site: Site;
  readonly person: UserRef;
  readonly answer: Answer;
}
