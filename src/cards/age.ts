const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "just now", "5 minutes ago", "3 hours ago", "2 days ago". */
export function ageOf(since: Date, now: Date): string {
  const ms = now.getTime() - since.getTime();
  if (ms < MINUTE_MS) return "just now";
  if (ms < HOUR_MS) return ago(ms / MINUTE_MS, "minute");
  if (ms < DAY_MS) return ago(ms / HOUR_MS, "hour");
  return ago(ms / DAY_MS, "day");
}

function ago(count: number, unit: string): string {
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? "" : "s"} ago`;
}
