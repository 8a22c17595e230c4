/** A message as it stands now: a snapshot, not a live view. */
export interface SlackMessage {
  readonly team: string;
  readonly channel: string;
  readonly ts: string;
  /** The ts of the thread's first message; undefined outside of threads. */
  readonly threadTs: string | undefined;
  /** A user id; of the bot user for the app's messages. */
  readonly author: string;
  readonly byApp: boolean;
  /** The top-level text, as it was sent (mrkdwn). */
  readonly text: string;
  readonly blocks: readonly SlackJson[];
  readonly files: readonly SlackFileView[];
  /** In the order in which they were first put on. */
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  readonly edited: boolean;
  /** The one person who sees it; undefined for a message of the channel. */
  readonly ephemeralFor: string | undefined;
  readonly metadata: SlackJson | undefined;
  /** Everything in it that a person reads, line by line: `text` only where there are no blocks. Mentions as `<@U…>`, literal text as it is. */
  readonly words: string;
  readonly buttons: readonly SlackButton[];
  readonly images: readonly SlackImage[];
  /** Whom it mentions, by text or blocks: `<@U…>`, `<!channel>`, `<!subteam^S…>`, `<#C…>`. Literal text mentions nobody. */
  readonly mentions: readonly string[];
  /** Where its links go, those that Slack makes of bare addresses too. */
  readonly links: readonly string[];
}

export type SlackJson = Readonly<Record<string, unknown>>;

export interface SlackButton {
  readonly label: string;
  readonly actionId: string;
  readonly blockId: string;
  readonly value: string | undefined;
  readonly style: string | undefined;
  readonly url: string | undefined;
}

export interface SlackImage {
  readonly alt: string;
  /** `F…`; undefined for an image by address. */
  readonly file: string | undefined;
  readonly url: string | undefined;
}

export interface SlackFileView {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** Empty while it is being processed. */
  readonly mimetype: string;
  readonly size: number;
  readonly urlPrivate: string;
}

/** A modal or an App Home. */
export interface SlackView {
  readonly id: string;
  readonly type: "modal" | "home";
  readonly callbackId: string;
  readonly title: string;
  readonly submit: string | undefined;
  readonly close: string | undefined;
  readonly privateMetadata: string;
  readonly hash: string;
  readonly blocks: readonly SlackJson[];
  readonly fields: readonly SlackViewField[];
  /** As in `SlackMessage.words`. */
  readonly words: string;
  readonly buttons: readonly SlackButton[];
}

export interface SlackViewField {
  readonly label: string;
  readonly blockId: string;
  readonly actionId: string;
  /** `plain_text_input`, `static_select`, … */
  readonly type: string;
  readonly optional: boolean;
  /** What it is filled with, or starts with: the text, the option's value, the conversation's id. */
  readonly value: string | undefined;
  readonly options: readonly { readonly label: string; readonly value: string }[];
  readonly hint: string | undefined;
}
