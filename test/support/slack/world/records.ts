// What Slack's cloud remembers. These records change; what tests hold are snapshots of them.

export type Json = Readonly<Record<string, unknown>>;

export interface EnterpriseRecord {
  readonly id: string;
  readonly name: string;
}

export interface TeamRecord {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly enterprise: EnterpriseRecord | undefined;
  readonly paid: boolean;
  readonly botUserId: string;
  readonly botId: string;
}

export interface UserRecord {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly displayName: string;
  readonly isAdmin: boolean;
  readonly isBot: boolean;
}

export interface ChannelRecord {
  readonly id: string;
  readonly team: string;
  name: string;
  readonly kind: "public" | "private" | "im";
  archived: boolean;
  readonly members: Set<string>;
  /** Slack Connect: the other workspaces of this channel. */
  readonly sharedWith: ReadonlySet<string>;
  readonly messages: MessageRecord[];
  /** By thread ts. */
  readonly statuses: Map<string, string>;
}

export interface MessageRecord {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly broadcast: boolean;
  readonly user: string;
  readonly byApp: boolean;
  /** What a person's client called it. */
  readonly clientId: string;
  text: string;
  blocks: readonly Json[];
  attachments: readonly Json[];
  files: readonly string[];
  /** Users by emoji name, in the order of their first appearance. */
  readonly reactions: Map<string, string[]>;
  edited: boolean;
  metadata: Json | undefined;
  readonly ephemeralFor: string | undefined;
  /** Deleted, but its thread still hangs under it. */
  isTombstone: boolean;
}

export interface FileRecord {
  readonly id: string;
  readonly team: string;
  readonly owner: string;
  readonly name: string;
  title: string;
  readonly declaredSize: number;
  readonly altText: string | undefined;
  bytes: Uint8Array | undefined;
  /** When Slack has processed it, in ms since the epoch; undefined before the upload is completed. */
  readyAt: number | undefined;
  readonly shares: { readonly channel: string; readonly ts: string; readonly threadTs: string | undefined }[];
  readonly createdAt: number;
}

export interface ViewRecord {
  readonly id: string;
  readonly team: string;
  readonly user: string;
  readonly type: "modal" | "home";
  readonly rootId: string;
  readonly previousId: string | undefined;
  /** As the app sent it, with block ids filled in. */
  view: Json;
  hash: string;
  /** What the person has chosen or typed so far, by block id and action id. */
  state: Record<string, Record<string, Json>>;
  /** Where a modal was opened from, for `default_to_current_conversation`. */
  readonly channel: string | undefined;
}

export interface GroupRecord {
  readonly id: string;
  readonly team: string;
  readonly handle: string;
  members: string[];
}

export interface InstallRecord {
  readonly team: string | undefined;
  readonly enterprise: string | undefined;
  scopes: readonly string[];
  isLive: boolean;
}

export interface TokenRecord {
  readonly value: string;
  readonly install: InstallRecord;
  readonly expiresAt: number | undefined;
  state: "live" | "revoked" | "app_removed";
}

export interface RefreshTokenRecord {
  readonly value: string;
  readonly install: InstallRecord;
  isUsed: boolean;
}

export interface OAuthCodeRecord {
  readonly team: string | undefined;
  readonly enterprise: string | undefined;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string | undefined;
  readonly expiresAt: number;
}

export interface TriggerRecord {
  readonly id: string;
  readonly team: string;
  readonly user: string;
  readonly channel: string | undefined;
  readonly expiresAt: number;
  isUsed: boolean;
}

export interface ResponseUrlRecord {
  readonly path: string;
  readonly team: string;
  readonly user: string;
  readonly channel: string;
  /** The message with the control that was used; undefined for a command or shortcut. */
  readonly messageTs: string | undefined;
  readonly threadTs: string | undefined;
  readonly expiresAt: number;
  uses: number;
}

/** Something that an app can subscribe to. */
export type WorldEvent =
  | {
      readonly type: "reaction";
      readonly on: boolean;
      readonly message: MessageRecord;
      readonly user: string;
      readonly name: string;
    }
  | { readonly type: "message"; readonly message: MessageRecord }
  | { readonly type: "joined"; readonly channel: ChannelRecord; readonly user: string }
  | { readonly type: "home_opened"; readonly user: UserRecord; readonly tab: "home" | "messages" }
  | {
      readonly type: "group_members";
      readonly group: GroupRecord;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | { readonly type: "tokens_revoked"; readonly install: InstallRecord }
  | { readonly type: "uninstalled"; readonly install: InstallRecord };
