/** A message as it stands now: a snapshot, not a live view. All ids are snowflakes, as decimal digits. */
export interface DiscordMessage {
  readonly guildId: string;
  /** Where it stands, which may be a thread. */
  readonly channelId: string;
  readonly id: string;
  readonly authorId: string;
  readonly byApp: boolean;
  /** 0: said; 19: a reply; 20: the answer to a slash command; 21: the head of a thread; 23: to a message command. */
  readonly type: number;
  readonly flags: number;
  readonly content: string;
  /** As the API shows them: `attachment://` is resolved to addresses on the CDN, component ids are filled in. */
  readonly components: readonly DiscordJson[];
  /** The content and every text display, line by line. Mentions as `<@id>`, markup as it was written. */
  readonly words: string;
  /** Whom it mentions: ids of users and roles, `everyone`, `here`. By the latest write: one without `allowed_mentions` mentions by default. */
  readonly pings: readonly string[];
  /** The pictures that people see: of galleries and thumbnails; the attachments of a message without Components V2. */
  readonly images: readonly DiscordImage[];
  /** Buttons that lead somewhere are among `links`. */
  readonly buttons: readonly DiscordButton[];
  /** File components; the attachments that are no pictures, without Components V2. */
  readonly files: readonly DiscordFile[];
  /** Link buttons, masked links and bare addresses. */
  readonly links: readonly DiscordLink[];
  /** User ids by emoji, in the order in which they were first put on; super reactions too. */
  readonly reactions: Readonly<Record<string, readonly string[]>>;
  /** Of these, the super reactions. */
  readonly bursts: Readonly<Record<string, readonly string[]>>;
  /** Whether only one person sees it. */
  readonly isPrivate: boolean;
  /** "… is thinking": an answer that was put off. */
  readonly isThinking: boolean;
  readonly nonce: string | undefined;
  /** How often its author has edited it. */
  readonly edits: number;
  /** The message that it replies to. */
  readonly replyTo: string | undefined;
  /** The thread that hangs under it: the same id as the message's. */
  readonly thread: string | undefined;
  /** Every attachment, shown or not. */
  readonly attachments: readonly DiscordFile[];
}

export type DiscordJson = Readonly<Record<string, unknown>>;

export interface DiscordImage {
  readonly name: string;
  /** Empty when it has none. */
  readonly alt: string;
  readonly url: string;
  /** Empty for a picture that is not on this CDN. */
  readonly bytes: Uint8Array;
  /** In bytes. */
  readonly size: number;
  /** In pixels. */
  readonly width: number | undefined;
  readonly height: number | undefined;
}

export interface DiscordButton {
  readonly label: string;
  readonly customId: string;
  /** 1 primary, 2 secondary, 3 success, 4 danger. */
  readonly style: number;
  readonly isDisabled: boolean;
  readonly emoji: string | undefined;
}

export interface DiscordFile {
  readonly id: string;
  readonly name: string;
  readonly alt: string;
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly contentType: string;
}

export interface DiscordLink {
  readonly label: string;
  readonly url: string;
}

/** A modal as its person has it open. */
export interface DiscordForm {
  readonly customId: string;
  readonly title: string;
  readonly fields: readonly DiscordField[];
  /** Text displays between the fields. */
  readonly words: string;
  readonly components: readonly DiscordJson[];
}

export interface DiscordField {
  readonly label: string;
  readonly customId: string;
  /** 3 string select, 4 text input, 19 file upload, 21 radio group, … */
  readonly type: number;
  readonly isRequired: boolean;
  readonly isMultiline: boolean;
  /** What it starts with. */
  readonly value: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
  readonly hint: string | undefined;
}
