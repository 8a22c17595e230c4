// What Discord's JSON error codes mean: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json.
// Words are for people: they stand on cards and in logs.

/** What it was about is no more: nothing will bring it back. */
export const GONE: ReadonlyMap<number, string> = new Map([
  [10003, "The channel or thread was deleted."],
  [10004, "Draftroom is not in this server any more."],
  [10008, "The message was deleted."],
]);

const WRONG_CHANNEL = "Discord does not allow that in this kind of channel.";
const TOKEN = "Discord does not accept the bot token. Whoever runs Draftroom has to check DISCORD_TOKEN.";

/**
 * Asking again changes nothing until a person changes something, and then it does: they give a permission, unlock
 * a thread, set another token. 50013 has words of its own.
 */
export const REFUSED: ReadonlyMap<number, string> = new Map([
  [40001, TOKEN],
  [50014, TOKEN],
  // Discord says the same to a bot that was removed from the server.
  [
    50001,
    "Draftroom cannot see this channel. Give it View Channel there, or invite it to the server again if it was removed.",
  ],
  [50005, "Discord lets Draftroom change its own messages only."],
  [50008, WRONG_CHANNEL],
  [50024, WRONG_CHANNEL],
  [40058, WRONG_CHANNEL],
  [50083, "The thread is archived, and Draftroom may not open it again. Give it Manage Threads."],
  [160002, "Draftroom may not read this channel. Give it Read Message History there."],
  [160005, "The thread is locked. Unlock it, or give Draftroom Manage Threads."],
  [40005, "The file is larger than this server takes."],
  [50045, "The file is larger than this server takes."],
  [20009, "Discord holds the picture to be explicit, and does not show it here."],
  [50095, "This server is not available where Draftroom runs."],
  [90001, "Discord does not let Draftroom react here."],
  [200000, "The server's AutoMod has blocked the message. Exempt Draftroom's role from that rule."],
  [200001, "The server's AutoMod has blocked the title. Exempt Draftroom's role from that rule."],
  [240000, "Discord holds a link in the message to be harmful."],
]);

/** A person has to do something first, in milliseconds: they should not wait long once they have. */
export const REFUSED_RETRY_MS = 60_000;

/**
 * Discord's own trouble, or a limit, which passes; in how many milliseconds to try again, where Discord does not
 * say. None of it has had any effect.
 */
export const UNAVAILABLE: ReadonlyMap<number, number> = new Map([
  [20016, 10_000],
  [20022, 60_000],
  [20028, 10_000],
  [20029, 10_000],
  [30046, 30_000],
  [40004, 60_000],
  [40006, 60_000],
  [40062, 5_000],
  [40333, 60_000],
  [130000, 5_000],
]);

/** A thread is archived: nothing but posting is possible in it, until it is opened again. */
export const ARCHIVED = 50083;
export const LACKS_PERMISSION = 50013;
/** More than the guild takes, at Discord's door or behind it. */
export const TOO_LARGE: ReadonlySet<number> = new Set([40005, 50045]);
