/**
 * Names of things, as branded strings: a take's id cannot be passed where a round's is wanted.
 *
 * Refs (`ChannelRef`, `MessageRef`, …) are made by a chat adapter and read by that adapter only;
 * everything else carries them untouched. Their form is `{platform}:{…}`, so that a ref says at once
 * which platform may open it.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type ConceptId = Branded<"ConceptId">;
export type RoundId = Branded<"RoundId">;
export type TakeId = Branded<"TakeId">;
export type FinalId = Branded<"FinalId">;
export type AssetId = Branded<"AssetId">;
export type PostId = Branded<"PostId">;
export type AccountId = Branded<"AccountId">;
export type ReservationId = Branded<"ReservationId">;

/** `{platform}:{workspace}`: a Slack workspace, a Discord guild, the local studio. */
export type WorkspaceRef = Branded<"WorkspaceRef">;
/** `{platform}:{workspace}:{channel}`: a place where people talk, and the unit that owns a budget. */
export type ChannelRef = Branded<"ChannelRef">;
/** A conversation under one message of a channel. */
export type ThreadRef = Branded<"ThreadRef">;
/** One message as its platform knows it. */
export type MessageRef = Branded<"MessageRef">;
/** One person as their platform knows them. */
export type UserRef = Branded<"UserRef">;
/** `{platform}:{workspace}:@{group}`: several people under one name that their platform keeps, such as a Slack user group or a Discord role. */
export type GroupRef = Branded<"GroupRef">;
/** Whom a list of people names. */
export type MemberRef = UserRef | GroupRef;
/** One thing that happened on a platform (a command, a click). The same event carries the same id, however often it is delivered. */
export type EventId = Branded<"EventId">;

/** Makes a fresh id: 26 characters, letters and digits, sortable by time, without `:` (queues refuse it). */
export type IdSource = () => string;

/** The platform that made a ref, such as `studio` or `slack`. */
export function platformOf(ref: ChannelRef | MessageRef | UserRef | GroupRef | ThreadRef): string {
  const end = ref.indexOf(":");
  if (end <= 0) throw new RangeError(`a ref starts with its platform: ${ref}`);
  return ref.slice(0, end);
}

/** The workspace that a channel belongs to. */
export function workspaceOf(ref: ChannelRef): WorkspaceRef {
  const [platform, workspace] = ref.split(":");
  if (!platform || !workspace) throw new RangeError(`a ref names its workspace: ${ref}`);
  return `${platform}:${workspace}` as WorkspaceRef;
}

export function isGroup(member: MemberRef): member is GroupRef {
  return member.split(":")[2]?.startsWith("@") ?? false;
}
