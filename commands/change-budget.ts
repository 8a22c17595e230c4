import { formatMoment } from "../src/cards/moments.ts";
import { plainCard } from "../src/core/card.ts";
import { inCredits } from "../src/core/credits.ts";
import type { EventId } from "../src/core/ids.ts";
import type { Permit } from "../src/gate/gate.ts";
import type { Reply } from "../src/ports/chat.ts";
import type { AllowanceWish, GrantOrder } from "./budget-orders.ts";
import type { QuotaParts } from "./quota-change.ts";
import { whisper } from "./replies.ts";

// What managers do to a budget, typed or by a form. The same event does it once: what is said then is
// what was done, although a form may be sent again with other answers.

export async function grantCredits(
  { database, clock }: QuotaParts,
  event: EventId,
  permit: Permit,
  { amount, memo }: GrantOrder,
): Promise<Reply> {
  const { ledger } = database.records;
  const { account } = permit.channel;
  const at = clock();
  const result = await ledger.grant({ id: event, account, amount, by: permit.person, memo, at });
  const { available } = await ledger.balance(account, at);
  const added =
    result.status === "exists_with_different_amount"
      ? `This form has added ${inCredits(result.amount)} before. To add more, open it again.`
      : `Added ${inCredits(amount)}: ${memo}.`;
  return said(`${added} Now ${available} left.`);
}

export async function changeAllowance(
  parts: QuotaParts,
  event: EventId,
  permit: Permit,
  wish: AllowanceWish,
): Promise<Reply> {
  const { account } = permit.channel;
  const { ledger } = parts.database.records;
  const at = parts.clock();
  const before = wish.timeZone ?? (await ledger.balance(account, at)).recurs?.timeZone;
  const recurs = { every: wish.every, timeZone: before ?? parts.timeZone };
  await ledger.setAllowance({ id: event, account, amount: wish.amount, recurs, by: permit.person, at });
  const now = await ledger.balance(account, at);
  const { every, timeZone } = now.recurs ?? recurs;
  const renews = now.resetsAt ? ` It renews ${formatMoment(now.resetsAt, timeZone)}.` : "";
  return said(
    `The allowance is ${now.allowance} per ${every}.${renews} What is used in this ${every} stays used. Now ${now.available} left.`,
  );
}

function said(sentence: string): Reply {
  return whisper(plainCard("ok", sentence));
}
