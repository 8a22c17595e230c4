import type { InstallOptions, SlackInstall } from "./local-slack.ts";
import type { SlackMessage, SlackView } from "./slack-message.ts";

export interface SlackTeam {
  /** `T…`. */
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** `E…`, for a workspace of an organisation. */
  readonly enterprise: string | undefined;
  /** The app's bot user here; the same before and after it is installed. */
  readonly botUserId: string;
  readonly botId: string;
  addPerson(name: string, options?: PersonOptions): SlackPerson;
  addChannel(name: string, options?: ChannelOptions): SlackChannel;
  /** `handle` without `@`. */
  addGroup(handle: string, members: readonly SlackPerson[]): SlackGroup;
  /** Installs the app as an admin would on the app's page: no OAuth flow. Its scopes are these and no others. */
  install(options?: InstallOptions): SlackInstall;
  /** An admin removes the app: its tokens are revoked, then `tokens_revoked` and `app_uninstalled` go out. */
  uninstall(): void;
  /** Revokes the bot's token alone: `tokens_revoked` goes out. */
  revokeTokens(): void;
  /** The direct message between a person and the app (`D…`). */
  directChannel(person: SlackPerson): SlackChannel;
}

export interface PersonOptions {
  readonly isAdmin?: boolean;
  readonly displayName?: string;
  /** `W…` instead of `U…`, as in organisations. */
  readonly orgId?: boolean;
}

export interface ChannelOptions {
  readonly members?: readonly SlackPerson[];
  /** Whether the app's bot is a member. Default false. */
  readonly bot?: boolean;
  readonly isPrivate?: boolean;
  /** Slack Connect: workspaces that share this channel. Their people can then be members. */
  readonly sharedWith?: readonly SlackTeam[];
}

export interface SlackGroup {
  /** `S…`. */
  readonly id: string;
  readonly handle: string;
  /** Sends `subteam_members_changed`. */
  setMembers(members: readonly SlackPerson[]): void;
}

export interface SlackChannel {
  /** `C…`. */
  readonly id: string;
  readonly name: string;
  readonly team: string;
  /** Every message that is not ephemeral, replies too, by ts. */
  messages(): readonly SlackMessage[];
  /** The replies under a message, without it. */
  thread(ts: string): readonly SlackMessage[];
  message(ts: string): SlackMessage | undefined;
  /** What the app says it is doing in a thread (`assistant.threads.setStatus`); undefined for nothing. */
  status(threadTs: string): string | undefined;
  /** A person or the bot joins: `member_joined_channel` goes out. */
  join(member: SlackPerson | "bot"): void;
  leave(member: SlackPerson | "bot"): void;
  readonly isBotMember: boolean;
  archive(): void;
  rename(name: string): void;
}

/** A person with a Slack client open. What they do is sent to the app as Slack sends it. */
export interface SlackPerson {
  /** `U…` or `W…`. */
  readonly id: string;
  readonly name: string;
  readonly team: string;
  /**
   * Types a slash command. Resolves when the app has answered, or has not in 3 seconds.
   *
   * @throws Error for a command that the app has not registered, as Slack's client refuses it.
   */
  command(channel: SlackChannel, command: string, text?: string): Promise<CommandOutcome>;
  /** Writes a message; `app_mention` goes out if it mentions the bot (`<@U…>`). */
  say(channel: SlackChannel, text: string, more?: SayOptions): SlackMessage;
  /** `@app text`. */
  mention(channel: SlackChannel, text: string, more?: SayOptions): SlackMessage;
  deleteMessage(message: MessageAt): void;
  /** Presses a button by its label or action id: of a message, an ephemeral, or (with a view) a view. */
  press(on: MessageAt | SlackView, button: string): Promise<PressOutcome>;
  /** Chooses in a select or radio group of a message or view: by label or action id, then the option's label or value. */
  choose(on: MessageAt | SlackView, control: string, option: string): Promise<PressOutcome>;
  react(message: MessageAt, name: string): void;
  unreact(message: MessageAt, name: string): void;
  openHome(): void;
  openMessagesTab(): void;
  shortcut(callbackId: string): Promise<PressOutcome>;
  messageShortcut(message: MessageAt, callbackId: string): Promise<PressOutcome>;
  /** Fills fields (by label, block id or action id; options by value or label) and submits. The others keep what they start with. */
  submit(view: SlackView, answers?: Readonly<Record<string, string>>): Promise<SubmitOutcome>;
  /** Cancels a modal; `view_closed` goes out if the view wanted it. */
  closeView(view: SlackView): Promise<void>;
  /** Messages, replies and their own ephemerals, by ts. Nothing of a channel they cannot see. */
  sees(channel: SlackChannel): readonly SlackMessage[];
  /** Only what nobody else sees there. */
  whispers(channel: SlackChannel): readonly SlackMessage[];
  home(): SlackView | undefined;
  /** The modal in front; undefined when none is open. */
  modal(): SlackView | undefined;
}

/** Any snapshot of a message will do: what counts is where it is. */
export type MessageAt = Pick<SlackMessage, "channel" | "ts">;

export interface SayOptions {
  /** The ts of the thread's first message, or a message of it. */
  readonly thread?: string | SlackMessage;
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export type CommandOutcome =
  /** The app answered; `message` is what it showed to the person (or channel), if anything. */
  | { readonly kind: "acked"; readonly message: SlackMessage | undefined; readonly text: string }
  /** `/draft failed with the error "operation_timeout"`, as the person reads it. */
  | { readonly kind: "failed"; readonly error: CommandError; readonly text: string };

/** `dispatch_failed`: no connection, or an answer that is not 200. */
export type CommandError = "operation_timeout" | "dispatch_failed";

export type PressOutcome =
  | { readonly kind: "acked" }
  | { readonly kind: "failed"; readonly error: CommandError; readonly text: string };

export type SubmitOutcome =
  | { readonly kind: "closed" }
  /** By block id. */
  | { readonly kind: "errors"; readonly errors: Readonly<Record<string, string>> }
  /** Updated or pushed: this view is in front now. */
  | { readonly kind: "updated"; readonly view: SlackView }
  /** The client's own check: required and empty, too short or too long. The app heard nothing. By block id. */
  | { readonly kind: "invalid"; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: "failed"; readonly error: CommandError; readonly text: string };
