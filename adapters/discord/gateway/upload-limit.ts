const MIB = 1024 * 1024;
/** By the boosts of a server: https://support.discord.com/hc/en-us/articles/360028038352 */
const BY_TIER: ReadonlyMap<number, number> = new Map([
  [0, 10 * MIB],
  [1, 10 * MIB],
  [2, 50 * MIB],
  [3, 100 * MIB],
]);

/**
 * How large a file may be that is sent to a server, in bytes. What comes with an interaction is the larger one of the
 * server's limit and the person's own, which is not the bot's
 * (https://docs.discord.com/developers/reference#uploading-files): the server's boosts bound it.
 *
 * @param tier the server's boosts; undefined while they are not known.
 * @param bytes the interaction's; undefined when there is none.
 */
export function uploadLimit(tier: number | undefined, bytes: number | undefined): number | undefined {
  const ofServer = BY_TIER.get(tier ?? -1);
  return ofServer === undefined ? bytes : Math.min(ofServer, bytes ?? ofServer);
}
