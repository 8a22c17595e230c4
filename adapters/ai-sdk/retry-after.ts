/** How long a provider wants to be left alone, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110, §10.2.3). */
export function readRetryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const ms = toNumber(headers.get("retry-after-ms"));
  if (ms !== undefined) return ms;
  const after = headers.get("retry-after");
  const seconds = toNumber(after);
  if (seconds !== undefined) return seconds * 1000;
  // Only what is a date for HTTP: `Date.parse` makes a date of nearly anything.
  const at = after?.endsWith("GMT") ? Date.parse(after) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function toNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,12}(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
