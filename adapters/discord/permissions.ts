import { PermissionFlagsBits as Bit } from "discord.js";

/** Something that the bot has to be allowed to do. */
export interface NeededPermission {
  /** As Discord's settings call it. */
  readonly name: string;
  readonly bit: bigint;
  /** What it is for. */
  readonly reason: string;
  /** Where it says anything: threads have a permission of their own for messages, and no threads in them. */
  readonly where: "everywhere" | "channels";
}

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags, none of them dangerous. */
export const NEEDED: readonly NeededPermission[] = [
  {
    name: "View Channels",
    bit: Bit.ViewChannel,
    reason: "to see where it was asked, and the reactions there",
    where: "everywhere",
  },
  {
    name: "Send Messages",
    bit: Bit.SendMessages,
    reason: "to show the takes",
    where: "channels",
  },
  {
    name: "Send Messages in Threads",
    bit: Bit.SendMessagesInThreads,
    reason: "to show finals in the thread of their grid",
    where: "everywhere",
  },
  {
    name: "Create Public Threads",
    bit: Bit.CreatePublicThreads,
    reason: "to open that thread",
    where: "channels",
  },
  {
    name: "Embed Links",
    bit: Bit.EmbedLinks,
    reason: "to show pictures in the frame of a message",
    where: "everywhere",
  },
  {
    name: "Attach Files",
    bit: Bit.AttachFiles,
    reason: "to upload the pictures",
    where: "everywhere",
  },
  {
    name: "Read Message History",
    bit: Bit.ReadMessageHistory,
    reason: "to find its own messages and their reactions again",
    where: "everywhere",
  },
  {
    name: "Add Reactions",
    bit: Bit.AddReactions,
    reason: "to put the reactions there that people choose with",
    where: "everywhere",
  },
];

/** All that is needed, as the integer of an invite. */
export const INVITE_PERMISSIONS = NEEDED.reduce((all, { bit }) => all | bit, 0n);

/**
 * The names of what the bot may not do in a place.
 *
 * @param appPermissions `app_permissions` of an interaction, or what was worked out for a channel.
 */
export function missingIn(appPermissions: bigint, isThread: boolean): readonly string[] {
  if ((appPermissions & Bit.Administrator) !== 0n) return [];
  return NEEDED.filter(({ where }) => where === "everywhere" || !isThread)
    .filter(({ bit }) => (appPermissions & bit) === 0n)
    .map(({ name }) => name);
}

/**
 * Where a server's admin takes the bot in, with a role that has all it needs.
 * https://docs.discord.com/developers/topics/oauth2#bot-authorization-flow
 */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: "bot applications.commands",
    permissions: `${INVITE_PERMISSIONS}`,
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
