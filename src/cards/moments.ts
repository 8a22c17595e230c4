/** "Tue 1 Dec 2026, 00:00 (Europe/Madrid)". */
export function formatMoment(at: Date, timeZone: string): string {
  const words = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
  return `${words} (${timeZone})`;
}
