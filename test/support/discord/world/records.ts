// What Discord's cloud remembers. These records change; what tests hold are snapshots of them.

export type Json = Readonly<Record<string, unknown>>;

export interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
  readonly locale: string;
  /** Bytes; 0 for what everybody may send. */
  readonly attachmentLimit: number;
}

export interface RoleRecord {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
  readonly position: number;
  /** The bot's own. */
  readonly isManaged: boolean;
}

export interface MemberRecord {
  readonly user: UserRecord;
  /** Role ids, without the role of everybody. */
  roles: string[];
  readonly joinedAt: number;
}

export interface GuildRecord {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly premiumTier: number;
  /** Bytes. */
  readonly attachmentLimit: number;
  readonly roles: Map<string, RoleRecord>;
  /** The bot is among them while it is in the guild. */
  readonly members: Map<string, MemberRecord>;
  readonly channels: Map<string, ChannelRecord>;
  readonly commands: CommandRecord[];
  /** By command id. */
  readonly commandPermissions: Map<string, readonly CommandPermissionRecord[]>;
  readonly botRole: string;
  readonly peopleRole: string;
  isUnavailable: boolean;
}

export interface CommandRecord {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly version: string;
  readonly guild: string | undefined;
  /** As it was put. */
  readonly body: Json;
}

/** https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object */
export interface CommandPermissionRecord {
  readonly id: string;
  /** 1 role, 2 user, 3 channel. */
  readonly type: number;
  readonly permission: boolean;
}

export interface OverwriteRecord {
  readonly id: string;
  /** 0 role, 1 member. */
  readonly type: number;
  readonly allow: bigint;
  readonly deny: bigint;
}

export interface ChannelRecord {
  readonly id: string;
  readonly guild: GuildRecord | undefined;
  readonly type: number;
  readonly name: string;
  /** Of a thread: the channel that it belongs to. */
  readonly parent: ChannelRecord | undefined;
  overwrites: readonly OverwriteRecord[];
  readonly isAgeRestricted: boolean;
  /** Of a direct conversation: the person. */
  readonly recipient: UserRecord | undefined;
  readonly messages: Map<string, MessageRecord>;
  lastMessage: string | null;
  readonly thread: ThreadRecord | undefined;
  isDeleted: boolean;
}

export interface ThreadRecord {
  readonly owner: string;
  /** Minutes. */
  readonly autoArchive: number;
  isArchived: boolean;
  isLocked: boolean;
  readonly members: Set<string>;
  readonly createdAt: number;
  archivedAt: number;
  /** Forgets that the thread is to be archived when nothing happens in it. */
  giveUpArchiving: () => void;
}

export interface MessageRecord {
  readonly id: string;
  readonly channel: ChannelRecord;
  readonly author: UserRecord;
  readonly type: number;
  content: string;
  flags: number;
  /** As the app sent them, with ids filled in; `attachment://` still stands in them. */
  components: readonly Json[];
  embeds: readonly Json[];
  attachments: readonly AttachmentRecord[];
  mentions: Mentions;
  /** By emoji, in the order of their first appearance. */
  readonly reactions: Map<string, ReactionRecord>;
  readonly createdAt: number;
  editedAt: number | undefined;
  edits: number;
  readonly nonce: string | number | undefined;
  readonly replyTo: string | undefined;
  /** What it answers to. */
  readonly interaction: InteractionRecord | undefined;
  /** Who alone sees it. */
  readonly ephemeralFor: string | undefined;
  thread: ChannelRecord | undefined;
}

export interface ReactionRecord {
  readonly normal: Set<string>;
  readonly burst: Set<string>;
}

export interface Mentions {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly everyone: boolean;
}

export interface AttachmentRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** The channel in its address. */
  readonly channel: string;
  readonly isEphemeral: boolean;
}

export interface InteractionRecord {
  readonly id: string;
  readonly token: string;
  /** 2 command, 3 component, 4 autocomplete, 5 form. */
  readonly type: number;
  readonly user: UserRecord;
  readonly channel: ChannelRecord;
  /** With the button, or that the form came from. */
  readonly message: MessageRecord | undefined;
  readonly targetMessage: string | undefined;
  readonly attachmentLimit: number;
  /** Discord's time. */
  readonly createdAt: number;
  /** Real time, for the 3 seconds. */
  readonly sentAt: number;
  payload: Json;
  sentTo: number;
  /** The time for an answer is over. */
  isLate: boolean;
  /** The type of the answer. */
  answer: number | undefined;
  answeredAt: number | undefined;
  /** Answers that came when there was one already. */
  refused: number;
  /** What the answer created or (type 6 and 7) is about. */
  original: MessageRecord | undefined;
  readonly followUps: Map<string, MessageRecord>;
  /** A modal or choices. */
  shown: Json | undefined;
  /** Tells the person's client. */
  readonly onAnswer: (interaction: InteractionRecord) => void;
}

/** What goes out to the gateway's sessions. */
export interface Dispatch {
  readonly type: string;
  readonly guild: GuildRecord | undefined;
  /** What a session has to see for it; undefined: anybody. */
  readonly channel: ChannelRecord | undefined;
  readonly data: Json;
}
