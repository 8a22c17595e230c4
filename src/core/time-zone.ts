/** Zones to choose from, as the runtime calls them. Others mean the same or are out of use: `toTimeZone` takes them too. */
export const TIME_ZONES: readonly string[] = ["UTC", ...Intl.supportedValuesOf("timeZone")];

/**
 * The zone in its usual spelling; undefined when there is none of that name. Offsets such as `+02:00`
 * are no zones: they know no daylight saving, and PostgreSQL reads their sign the other way round.
 */
export function toTimeZone(name: string): string | undefined {
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    const resolved = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    // V8 answers some zones by a name of long ago (Asia/Calcutta), which not every PostgreSQL knows.
    return resolved.toLowerCase() === name.toLowerCase() ? resolved : name;
  } catch {
    return undefined;
  }
}
