const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SPAN = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/;

/**
 * When the last of the limits that are used up is renewed, in milliseconds from now: `x-ratelimit-remaining-requests: 0`
 * with `x-ratelimit-reset-requests: 6m0s`, and so for tokens. See https://platform.openai.com/docs/guides/rate-limits.
 */
export function readResetMs(headers: Headers): number | undefined {
  const spans = [...headers]
    .filter(([name, value]) => name.startsWith("x-ratelimit-remaining-") && Number(value) === 0)
    .map(([name]) => toMs(headers.get(name.replace("-remaining-", "-reset-")) ?? ""))
    .filter((ms) => ms !== undefined);
  return spans.length === 0 ? undefined : Math.max(...spans);
}

function toMs(span: string): number | undefined {
  if (!SPAN.test(span)) return undefined;
  const parts = [...span.matchAll(/([\d.]+)(ms|[smhd])/g)];
  return Math.ceil(parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0));
}
