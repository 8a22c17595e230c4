/**
 * A private word to a person is possible on Discord only as an answer to something that they did: with the
 * token of an interaction, for 15 minutes after it
 * (https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages).
 */
export interface RecentInteractions {
  /** A person has used a command, a button or a form in that channel (or thread). */
  remember(interaction: RecentInteraction): void;
  /** The latest one of a person there that can still be answered. */
  find(where: Pick<RecentInteraction, "guild" | "channel" | "user">): RecentInteraction | undefined;
}

export interface RecentInteraction {
  readonly guild: string;
  /** Where it happened, which may be a thread. */
  readonly channel: string;
  readonly user: string;
  readonly application: string;
  /** Secret: whoever has it can speak in the app's name. */
  readonly token: string;
  readonly at: Date;
}
