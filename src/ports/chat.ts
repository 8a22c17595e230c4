import type { Card, Emoji, Form } from "../core/card.ts";
import type {
  ChannelRef,
  EventId,
  GroupRef,
  MemberRef,
  MessageRef,
  PostId,
  ThreadRef,
  UserRef,
  WorkspaceRef,
} from "../core/ids.ts";
import type { Staff } from "../core/roles.ts";
import type { CommandSpec } from "./command-spec.ts";

/** The inbound half of a platform. Runs only where events arrive. */
export interface ChatGateway {
  readonly platform: string;
  /** Begins to deliver events. Resolves when people can talk to it. */
  start(inbox: ChatInbox): Promise<void>;
  /** Takes no more events, then waits for those already being handled. */
  stop(): Promise<void>;
}

/**
 * What a gateway delivers to; implemented by `commands/`. A resolved promise means the event is
 * durably recorded: only then may a gateway acknowledge it. A rejection means it is not.
 */
export interface ChatInbox {
  /** For completion, help and registration. No others are delivered. */
  readonly commands: readonly CommandSpec[];
  command(call: CommandCall): Promise<Reply>;
  press(press: Press): Promise<Reply>;
  submit(submission: Submission): Promise<Reply>;
  /**
   * What came of showing a reply that is a post of ours (see `started`): its message, or undefined when
   * the platform did not take it, so that it is posted like any other. Nothing is said while nobody knows:
   * then it is looked for.
   */
  answered(post: PostId, message: MessageRef | undefined): Promise<void>;
  reaction(change: ReactionChange): Promise<void>;
  /** The gateway was out of touch for a while: what people did meanwhile is to be looked for. */
  reconnected(platform: string): Promise<void>;
  /** Who directs and manages in a channel, all settings taken together, for a platform that shows it. */
  staff(channel: ChannelRef): Promise<Staff>;
  /**
   * A person's own page, for a platform that has one: what they have under way in a workspace, and
   * the budgets that they manage there. One card a paragraph, the first for everybody.
   */
  home(workspace: WorkspaceRef, person: UserRef): Promise<readonly Card[]>;
  /** The workspaces of a platform that something is kept of and that are not known to have left: one may have, unheard. */
  workspacesOf(platform: string): Promise<readonly WorkspaceRef[]>;
  /** The app was taken out of a workspace, or came back. What is kept of one that left goes when its time has come. */
  workspace(workspace: WorkspaceRef, change: "left" | "returned"): Promise<void>;
  /** A channel was deleted, or the app shut out of it: what waits for it is ended, and its credits go back. */
  channelGone(channel: ChannelRef): Promise<void>;
}

/** Where in a channel something happened. */
export interface Place {
  readonly channel: ChannelRef;
  readonly thread: ThreadRef | undefined;
}

export interface CommandCall {
  readonly event: EventId;
  readonly place: Place;
  readonly person: UserRef;
  /** Without the slash. */
  readonly name: string;
  /** Everything after the name, as typed. */
  readonly text: string;
  /**
   * The options by name, a flag as "yes", on a platform that asks for each by itself: `text` is then the words (or
   * the subcommand with what follows it) alone, and is not searched for options. Undefined: they stand in `text`.
   */
  readonly options: Readonly<Record<string, string>> | undefined;
  /** The people and groups whom the text names. */
  readonly mentions: readonly Mention[];
  /** Pictures that came with it, to go by. */
  readonly attachments: readonly Attachment[];
  readonly isLive: IsLive;
}

/**
 * Whether everybody in the place sees the reply, so that it can be the one live message of what it starts:
 * then the reply names the post that it is to be.
 */
export type IsLive = boolean;

/** `@ada`, as it stands in the text, and whom it means. */
export interface Mention {
  readonly typed: string;
  readonly who: MemberRef;
}

/** A file that a person has sent along. */
export interface Attachment {
  /** As the person named it. */
  readonly name: string;
  /**
   * Untrusted bytes, of at most `bytesMax`.
   *
   * @throws ChatError `refused` for one that is larger or is not to be had, `unavailable` when asking again may help.
   */
  read(bytesMax: number): Promise<Uint8Array>;
}

/** A click on an action of a card. */
export interface Press {
  readonly event: EventId;
  readonly place: Place;
  readonly person: UserRef;
  /** The message that carried the action, as the platform (not the client) knows it; undefined on a person's own page. */
  readonly message: MessageRef | undefined;
  readonly action: string;
}

/** A filled-in form. */
export interface Submission {
  readonly event: EventId;
  readonly place: Place;
  readonly person: UserRef;
  readonly form: string;
  readonly answers: Readonly<Record<string, string>>;
  /** Pictures that the form was opened with. */
  readonly attachments: readonly Attachment[];
  readonly isLive: IsLive;
}

/** A reaction was put on (`on`) or taken off a message. The bot's own are not reported. */
export interface ReactionChange {
  readonly message: MessageRef;
  readonly place: Place;
  readonly person: UserRef;
  readonly emoji: Emoji;
  readonly on: boolean;
}

/** What the person who acted gets back at once. What the channel sees comes later, through a `ChatSender`. */
export type Reply =
  /** The card or thread shows it; nothing more to say. */
  | { readonly kind: "done" }
  /**
   * Work has begun. Where a message does not show it at once, the card says so to that person. With `post` (only
   * to what is live) the card is that post's: whoever shows it says `answered` with the message, in `ANSWER_MS` at most.
   */
  | { readonly kind: "started"; readonly card: Card; readonly post: PostId | undefined }
  /** Visible to that person only. */
  | { readonly kind: "whisper"; readonly card: Card }
  | { readonly kind: "form"; readonly form: Form }
  /** To a submission: its answers were not accepted, and the form may be filled in again. */
  | { readonly kind: "refused"; readonly card: Card };

/** The outbound half of a platform, over cards. */
export interface ChatSender {
  readonly platform: string;
  /**
   * Posts a card. The same `key` is the same message: a repeated post returns the first one's ref
   * wherever the platform can tell. `inDoubtSince` says that an earlier try, not before that time, may
   * have gone out, so that an adapter for a platform that cannot tell looks before it posts again.
   *
   * @throws ChatError
   */
  post(
    place: Place,
    card: Card,
    post: { readonly key: string; readonly inDoubtSince: Date | undefined },
  ): Promise<MessageRef>;
  /**
   * Shows in passing that work is under way, where a message for it would be noise. Resolves with the
   * milliseconds after which to ask again, when the work still goes on; undefined when the platform has
   * no such thing, or the work has gone on too long for it: the busy card is then to be posted.
   *
   * @param since when the work was asked for.
   */
  status(place: Place, card: Card, since: Date): Promise<number | undefined>;
  /** @throws ChatError */
  edit(message: MessageRef, card: Card): Promise<void>;
  /**
   * Shows a card to one person; `false` when the platform has no way to.
   *
   * @throws ChatError
   */
  whisper(place: Place, person: UserRef, card: Card): Promise<boolean>;
  /**
   * Puts the bot's own reactions on a message, in order. Repeatable. Resolves with the milliseconds
   * after which to ask again, when the platform's limits let no more through for now; undefined when it
   * is done, or too late to be of use.
   */
  seed(message: MessageRef, reactions: readonly Emoji[]): Promise<number | undefined>;
  /** The thread under a message, opened when there is none. Repeatable. */
  thread(message: MessageRef, title: string): Promise<ThreadRef>;
  /** Who has which reaction on a message now, without the bot's own. */
  reactions(message: MessageRef): Promise<readonly ReactionLevel[]>;
  /** Who directs and manages in a channel by the platform's own settings. */
  staff(channel: ChannelRef): Promise<Staff>;
  /**
   * Whether a person belongs to a group as it is now; nobody does, when there is no such group.
   *
   * @throws ChatError `unavailable` when that is not to be had for now.
   */
  isIn(group: GroupRef, person: UserRef): Promise<boolean>;
}

/** How long a reply that is a post may take to be shown, in milliseconds. After that it is looked for, and posted if need be. */
export const ANSWER_MS = 10_000;

export interface ReactionLevel {
  readonly emoji: Emoji;
  readonly people: readonly UserRef[];
}

/** A platform's failure. `gone` (deleted channel or message) is final; `unavailable` is worth another try. */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly kind: "gone" | "refused" | "unavailable";
  readonly retryAfterMs: number | undefined;
  /** Whether what failed may have happened all the same: there was no answer. */
  readonly inDoubt: boolean;

  /** @param details.inDoubt default: of what is `unavailable`, nobody knows. */
  constructor(
    kind: ChatError["kind"],
    message: string,
    details: { retryAfterMs?: number; inDoubt?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.retryAfterMs = details.retryAfterMs;
    this.inDoubt = details.inDoubt ?? kind === "unavailable";
  }
}
