import type { ChatInbox } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import type { Installs } from "../installs/access.ts";
import type { Answers } from "./answers.ts";
import type { Attach } from "./attached-files.ts";
import type { InProgress } from "./in-progress.ts";
import type { Membership } from "./membership.ts";
import type { KnownPeople, People } from "./people.ts";

/** Something that Slack has sent us, its sender known and its workspace ours. */
export interface Incoming {
  readonly body: unknown;
  readonly team: string;
  /** Whether the installation or who is in it could not be read just now: nothing can be recorded. */
  readonly trouble: Error | undefined;
}

/** The same, to be handled. */
export interface Delivery {
  /** As Slack sent it: read with the schemas of `payloads.ts` only. */
  readonly body: unknown;
  /** The workspace in which the app is installed. */
  readonly team: string;
  /** When it came. */
  readonly at: Date;
  /** Whether no other try follows: who waits for an answer is told when this one fails. */
  readonly isLast: boolean;
  /** Whether Slack has been answered already: what there is to say goes another way. */
  readonly isLate: boolean;
  /** What is still to be done when Slack is answered. */
  readonly progress: InProgress;
}

/** What Slack is answered with; undefined says "ok" and no more. A handler that throws is asked again later. */
export type Ack = object | undefined;

/** What handlers of deliveries work with. */
export interface Desk {
  readonly inbox: ChatInbox;
  readonly installs: Installs;
  readonly answers: Answers;
  readonly membership: Membership;
  readonly attach: Attach;
  readonly people: People;
  readonly roles: KnownPeople;
  readonly log: Log;
}
