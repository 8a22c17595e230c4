import { type Credits, credits } from "../src/core/credits.ts";
import { checkPrompt } from "../src/core/prompt.ts";
import { toTimeZone } from "../src/core/time-zone.ts";
import { PERIODS, type Period } from "../src/ports/ledger.ts";

/** More than any team needs, and far inside what every column and chart can hold. */
export const CREDITS_MAX = 1_000_000;
/** As it is said: "1,000,000". */
export const CREDITS_MAX_WORDS = CREDITS_MAX.toLocaleString("en");
export const MEMO_LENGTH_MAX = 200;

export interface GrantOrder {
  readonly amount: Credits;
  readonly memo: string;
}

export interface AllowanceWish {
  readonly amount: Credits;
  readonly every: Period;
  /** Undefined: as it is, or that of the settings. */
  readonly timeZone: string | undefined;
}

export type OrderCheck<Order> =
  | { readonly status: "ok"; readonly order: Order }
  /** `how`: what to type instead, for whoever has typed it. */
  | { readonly status: "bad"; readonly sentence: string; readonly how: string | undefined };

/** Reads credits to add from words, as typed after `/quota grant` or into a form. */
export function readGrant(words: {
  readonly credits: string | undefined;
  readonly why: string | undefined;
}): OrderCheck<GrantOrder> {
  const amount = readAmount(words.credits);
  const memo = checkPrompt(words.why ?? "");
  if (amount === undefined || amount === 0) {
    return bad(`Say how many credits, 1 to ${CREDITS_MAX_WORDS}, and why`, "/quota grant 100 spring launch");
  }
  if (memo.status === "empty") return bad("Say why, for the history", `/quota grant ${amount} spring launch`);
  if (memo.status === "too_long" || memo.prompt.length > MEMO_LENGTH_MAX) {
    return bad(`Say why in ${MEMO_LENGTH_MAX} characters or fewer`);
  }
  return { status: "ok", order: { amount: credits(amount), memo: memo.prompt } };
}

/** Reads an allowance from words, as typed after `/quota set` or into a form. */
export function readAllowance(words: {
  readonly credits: string | undefined;
  readonly every: string | undefined;
  readonly timeZone: string | undefined;
}): OrderCheck<AllowanceWish> {
  const amount = readAmount(words.credits);
  const every = toPeriod(words.every);
  if (amount === undefined || every === undefined) return badAllowance();
  if (!words.timeZone)
    return { status: "ok", order: { amount: credits(amount), every, timeZone: undefined } };
  const timeZone = toTimeZone(words.timeZone);
  return timeZone === undefined
    ? bad(`There is no time zone ${words.timeZone}. Write it like Europe/Madrid or UTC`)
    : { status: "ok", order: { amount: credits(amount), every, timeZone } };
}

export function badAllowance() {
  return bad(
    `Say how many credits, 0 to ${CREDITS_MAX_WORDS}, and how often`,
    "/quota set 500 per month, per week or per day. A time zone may follow, such as Europe/Madrid.",
  );
}

function bad(sentence: string, how?: string) {
  return { status: "bad", sentence, how } as const;
}

/** Digits only, with `,` or `.` between thousands allowed as people write them. */
function readAmount(word: string | undefined): number | undefined {
  if (word === undefined || !/^\d{1,7}$|^\d{1,3}([.,'’]\d{3})+$/u.test(word)) return undefined;
  const amount = Number(word.replace(/\D/gu, ""));
  return amount <= CREDITS_MAX ? amount : undefined;
}

function toPeriod(word: string | undefined): Period | undefined {
  const plain = word?.toLowerCase().replace(/^\//, "");
  if (plain === "monthly") return "month";
  if (plain === "weekly") return "week";
  if (plain === "daily") return "day";
  return PERIODS.find((period) => period === plain);
}
