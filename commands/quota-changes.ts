import { formatMoment } from "../src/cards/moments.ts";
import { plainCard } from "../src/core/card.ts";
import { credits, inCredits } from "../src/core/credits.ts";
import { checkPrompt } from "../src/core/prompt.ts";
import { toTimeZone } from "../src/core/time-zone.ts";
import { PERIODS, type Period } from "../src/ports/ledger.ts";
import type { Change, QuotaParts } from "./quota-change.ts";
import { correction, whisper } from "./replies.ts";

/** More than any team needs, and far inside what every column and chart can hold. */
const CREDITS_MAX = 1_000_000;
const MEMO_LENGTH_MAX = 200;

/** `grant 100 for the spring launch` */
export const grant: Change = async (parts, call, rest, permit) => {
  const match = /^(\S+)\s*(.*)$/u.exec(rest.trim());
  const amount = readAmount(match?.[1]);
  const memo = checkPrompt(match?.[2] ?? "");
  if (amount === undefined || amount === 0) {
    return correction(`Say how many credits, 1 to ${CREDITS_MAX}, and why: /quota grant 100 spring launch`);
  }
  if (memo.status === "empty")
    return correction(`Say why, for the history: /quota grant ${amount} spring launch`);
  if (memo.status === "too_long" || memo.prompt.length > MEMO_LENGTH_MAX) {
    return correction(`Say why in ${MEMO_LENGTH_MAX} characters or fewer.`);
  }
  const { account } = permit.channel;
  await parts.database.records.ledger.grant({
    id: call.event,
    account,
    amount: credits(amount),
    by: call.person,
    memo: memo.prompt,
    at: parts.clock(),
  });
  return said(parts, account, `Added ${inCredits(amount)}: ${memo.prompt}.`);
};

/** `set 500 per month Europe/Madrid` */
export const setAllowance: Change = async (parts, call, rest, permit) => {
  const [first, ...others] = rest.trim().split(/\s+/u);
  const amount = readAmount(first);
  const [unit, zone, ...more] = others.filter((word) => !/^(per|a|an|every|\/)$/iu.test(word));
  const every = toPeriod(unit);
  if (amount === undefined || every === undefined || more.length > 0) {
    return correction(
      `Say how many credits, 0 to ${CREDITS_MAX}, and how often: /quota set 500 per month, per week or per day. A time zone may follow, such as Europe/Madrid.`,
    );
  }
  const { account } = permit.channel;
  const { ledger } = parts.database.records;
  const timeZone = zone ?? (await ledger.balance(account, parts.clock())).recurs?.timeZone ?? parts.timeZone;
  const known = toTimeZone(timeZone);
  if (known === undefined)
    return correction(`There is no time zone ${timeZone}. Write it like Europe/Madrid or UTC.`);
  await ledger.setAllowance({
    id: call.event,
    account,
    amount: credits(amount),
    recurs: { every, timeZone: known },
    by: call.person,
    at: parts.clock(),
  });
  const { resetsAt } = await ledger.balance(account, parts.clock());
  const renews = resetsAt ? ` It renews ${formatMoment(resetsAt, known)}.` : "";
  return said(
    parts,
    account,
    `The allowance is ${amount} per ${every}.${renews} What is used in this ${every} stays used.`,
  );
};

export const freeze: Change = async (parts, call, _rest, permit) => {
  const result = await parts.database.records.ledger.freeze(
    permit.channel.account,
    call.person,
    parts.clock(),
  );
  return whisper(
    plainCard(
      "ok",
      result === "frozen"
        ? "Frozen: nothing new can start here. What was started goes on. Undo with /quota unfreeze."
        : "It was frozen already. Undo with /quota unfreeze.",
    ),
  );
};

export const unfreeze: Change = async (parts, _call, _rest, permit) => {
  const result = await parts.database.records.ledger.unfreeze(permit.channel.account);
  return whisper(
    plainCard("ok", result === "unfrozen" ? "Unfrozen: things can start again." : "It was not frozen."),
  );
};

async function said(
  parts: QuotaParts,
  account: Parameters<Change>[3]["channel"]["account"],
  sentence: string,
) {
  const { available } = await parts.database.records.ledger.balance(account, parts.clock());
  return whisper(plainCard("ok", `${sentence} Now ${available} left.`));
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
