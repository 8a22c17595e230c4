const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const dated = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

const DAY_MS = 86_400_000;

export const timeOf = (at: string): string => clock.format(new Date(at));
export const momentOf = (at: string): string => whole.format(new Date(at));

/** "Today", "Yesterday", "Monday 3 March", or with the year once that is another one. */
export function dayOf(at: string, now: Date): string {
  const day = new Date(at);
  const days = Math.round((startOfDay(now) - startOfDay(day)) / DAY_MS);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return (day.getFullYear() === now.getFullYear() ? weekday : dated).format(day);
}

/** "14:02" today, otherwise with the day. */
export function whenOf(at: string, now: Date): string {
  const day = dayOf(at, now);
  return day === "Today"
    ? timeOf(at)
    : `${day.toLowerCase() === "yesterday" ? "yesterday" : day}, ${timeOf(at)}`;
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
