import type { DiscordForm, DiscordJson, DiscordMessage } from "./discord-message.ts";

/** A server, as its owner sees it. */
export interface DiscordGuild {
  readonly id: string;
  readonly name: string;
  /** Everybody's role: its id is the guild's. It allows nothing, so that the bot's own role counts. */
  readonly everyone: DiscordRole;
  /** `permissions`: bits. Default: none. */
  addRole(name: string, permissions?: bigint): DiscordRole;
  addPerson(name: string, options?: PersonOptions): DiscordPerson;
  addChannel(name: string, options?: ChannelOptions): DiscordChannel;
  /** The channel (or thread) with that id. */
  channel(id: string): DiscordChannel | undefined;
  deleteChannel(id: string): void;
  /** All roles that a person has from now on, besides the one that everybody here has. */
  setRoles(person: DiscordPerson, roles: readonly DiscordRole[]): void;
  /** What the bot may do from now on. Default: the eight permissions that Draftroom asks for. */
  setBotPermissions(permissions: bigint): void;
  /** Server Settings → Integrations: who may use a command, for roles, people and channels. */
  setCommandPermissions(command: string, permissions: readonly CommandPermission[]): void;
  /** Someone kicks the bot. Its guild is gone for it: no events, and every call is refused. */
  removeBot(): void;
  /** The bot is invited (again). */
  addBot(): void;
  /** The guild is out of reach for a while, as in an outage of Discord's; and back. */
  setUnavailable(isUnavailable: boolean): void;
}

export interface DiscordRole {
  readonly id: string;
  readonly name: string;
}

export interface PersonOptions {
  readonly roles?: readonly DiscordRole[];
  /** What everybody may do who is no admin by default, and these as well. Bits. */
  readonly permissions?: bigint;
  /** The language of their client, such as `de`. Default `en-US`. */
  readonly locale?: string;
  /** They may send larger files than others (Nitro), in bytes. */
  readonly attachmentLimit?: number;
}

export interface CommandPermission {
  readonly who: DiscordRole | DiscordPerson | DiscordChannel;
  readonly isAllowed: boolean;
}

export interface ChannelOptions {
  readonly type?: "text" | "announcement" | "voice" | "forum";
  readonly overwrites?: readonly Overwrite[];
  readonly isAgeRestricted?: boolean;
}

export interface Overwrite {
  readonly who: DiscordRole | DiscordPerson | "bot" | "everyone";
  readonly allow?: bigint;
  readonly deny?: bigint;
}

/** A channel, a thread, a forum or a direct conversation with the bot. */
export interface DiscordChannel {
  readonly id: string;
  readonly name: string;
  /** The direct conversation with the bot has none. */
  readonly guildId: string | undefined;
  /** Of a thread: the channel that it belongs to. */
  readonly parentId: string | undefined;
  /** 0 text, 1 direct, 2 voice, 5 announcements, 11 public thread, 15 forum. */
  readonly type: number;
  /** Every message that is not private, by id. */
  messages(): readonly DiscordMessage[];
  message(id: string): DiscordMessage | undefined;
  /** The threads in it, archived ones too. */
  threads(): readonly DiscordChannel[];
  /** The thread that hangs under a message. */
  threadOf(message: MessageAt): DiscordChannel | undefined;
  /** Somebody opens a thread by hand; in a forum, a post with `firstWords`. */
  openThread(name: string, by?: DiscordPerson, firstWords?: string): DiscordChannel;
  openPrivateThread(name: string, by: DiscordPerson): DiscordChannel;
  /** Of a private thread: somebody mentions the bot in it. */
  inviteBot(): void;
  /** Of a thread: what a moderator, or time, does to it. */
  archive(options?: { readonly lock?: boolean }): void;
  setOverwrites(overwrites: readonly Overwrite[]): void;
  /** A moderator deletes a message. */
  deleteMessage(id: string): void;
}

/** A person with the Discord client open. What they do is sent to the app as Discord sends it. */
export interface DiscordPerson {
  readonly id: string;
  readonly name: string;
  /** Their direct conversation with the bot. */
  readonly direct: DiscordChannel;
  /**
   * Uses a slash command: `quota grant` is a subcommand. Options by name, each in the type that the command
   * has registered; a required one must be there.
   *
   * @throws Error for what Discord's client would not offer: a command that is not registered or not for this person
   * or place, an option that it does not have, a value out of range.
   */
  command(channel: DiscordChannel, command: string, options?: CommandOptions): Promise<DiscordOutcome>;
  /** Types in an option with autocomplete: what is offered then. `others`: the options filled in so far. */
  autocomplete(
    channel: DiscordChannel,
    command: string,
    option: string,
    typed: string,
    others?: CommandOptions,
  ): Promise<AutocompleteOutcome>;
  /** Apps → a command on a message. */
  messageCommand(name: string, message: MessageAt): Promise<DiscordOutcome>;
  /** Presses a button by its label or custom id. @throws Error when there is none to press. */
  press(message: MessageAt, button: string): Promise<DiscordOutcome>;
  /** Presses a button with a custom id of one's own making, as if Discord let a tampered client do so. */
  forgePress(message: MessageAt, customId: string): Promise<DiscordOutcome>;
  /** Fills in the open form, by label or custom id, and submits it; the other fields keep what they start with. */
  submit(answers?: Readonly<Record<string, string | readonly string[]>>): Promise<DiscordOutcome>;
  /** The open form; undefined when none is open. */
  form(): DiscordForm | undefined;
  closeForm(): void;
  react(message: MessageAt, emoji: string, options?: { readonly burst?: boolean }): void;
  unreact(message: MessageAt, emoji: string, options?: { readonly burst?: boolean }): void;
  say(channel: DiscordChannel, text: string, options?: SayOptions): DiscordMessage;
  deleteMessage(message: MessageAt): void;
  /** Messages and their own private ones, by id. Nothing of a channel they cannot see. */
  sees(channel: DiscordChannel): readonly DiscordMessage[];
  /** Only what nobody else sees there. */
  privates(channel: DiscordChannel): readonly DiscordMessage[];
  /** Reloads the client: private messages and forms are gone. */
  reload(): void;
}

/** Any snapshot of a message will do: what counts is where it is. */
export type MessageAt = Pick<DiscordMessage, "channelId" | "id">;

export type CommandOptions = Readonly<Record<string, OptionInput>>;

/** A person, role or channel for an option of that type; a file for an attachment. */
export type OptionInput = string | number | boolean | DiscordUpload | { readonly id: string };

export interface DiscordUpload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface SayOptions {
  readonly files?: readonly DiscordUpload[];
  readonly replyTo?: MessageAt;
}

/** What the person sees at once. */
export type DiscordOutcome =
  /** An answer, to everybody or privately. */
  | { readonly kind: "replied"; readonly message: DiscordMessage }
  /** "… is thinking". */
  | { readonly kind: "deferred"; readonly message: DiscordMessage }
  /** The message with the button has changed. */
  | { readonly kind: "updated"; readonly message: DiscordMessage }
  /** Nothing to see. */
  | { readonly kind: "acked" }
  | { readonly kind: "form"; readonly form: DiscordForm }
  /** No answer within the 3 seconds, or one that Discord could not take. */
  | { readonly kind: "failed"; readonly text: string }
  /** The client's own check of a form: the app heard nothing. By custom id. */
  | { readonly kind: "invalid"; readonly errors: Readonly<Record<string, string>> };

export type AutocompleteOutcome =
  | { readonly kind: "choices"; readonly choices: readonly DiscordChoice[] }
  /** "Loading options failed". */
  | { readonly kind: "failed"; readonly text: string };

export interface DiscordChoice {
  readonly name: string;
  readonly value: string | number;
}

/** An application command, as `PUT /applications/{application}/commands` takes it. */
export type CommandJson = DiscordJson;
