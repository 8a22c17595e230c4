/** Discord's epoch, 2015: https://docs.discord.com/developers/reference#snowflakes. */
const EPOCH_MS = 1_420_070_400_000;
const TIME_SHIFT = 22n;

/** The least snowflake of a time: whatever was made from then on has a greater one. */
export function snowflakeAt(at: Date): string {
  return String(BigInt(Math.max(0, at.getTime() - EPOCH_MS)) << TIME_SHIFT);
}
