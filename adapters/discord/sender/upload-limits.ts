/** How large a file may be that is sent to a guild. */
export interface UploadLimits {
  /** In bytes. */
  of(guild: string): number;
  /** Discord has said how large, by the guild's boosts or with an interaction (`attachment_size_limit`). */
  learn(guild: string, bytes: number): void;
  /** Discord has refused a file that should have fitted: the guild's limit is the one of all guilds again. */
  tooLarge(guild: string): void;
}

/** What every guild takes. Discord's page has named larger defaults since; a guild with one says so with each interaction. https://docs.discord.com/developers/reference#uploading-files */
export const UPLOAD_BYTES_DEFAULT = 10 * 1024 * 1024;

export function createUploadLimits(): UploadLimits {
  const said = new Map<string, number>();
  const refuted = new Map<string, number>();
  return {
    of: (guild) => said.get(guild) ?? UPLOAD_BYTES_DEFAULT,
    learn(guild, bytes) {
      // An interaction's limit is the greater one of its person's own (Nitro) and the guild's, and Nitro does not help a bot.
      if (bytes !== refuted.get(guild)) said.set(guild, bytes);
    },
    tooLarge(guild) {
      const limit = said.get(guild);
      if (limit === undefined) return;
      said.delete(guild);
      refuted.set(guild, limit);
    },
  };
}
