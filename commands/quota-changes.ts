import { plainCard } from "../src/core/card.ts";
import type { CommandCall, Reply } from "../src/ports/chat.ts";
import { badAllowance, type OrderCheck, readAllowance, readGrant } from "./budget-orders.ts";
import { changeAllowance, grantCredits } from "./change-budget.ts";
import { styleOf } from "./option-style.ts";
import type { Change } from "./quota-change.ts";
import { correction, whisper } from "./replies.ts";

/** `grant 100 for the spring launch` */
export const grant: Change = async (parts, call, rest, permit) => {
  const [, amount, why] = /^(\S+)\s*(.*)$/u.exec(rest.trim()) ?? [];
  const checked = readGrant({ credits: amount, why });
  return checked.status === "bad"
    ? corrected(call, checked)
    : grantCredits(parts, call.event, permit, checked.order);
};

/** `set 500 per month Europe/Madrid` */
export const setAllowance: Change = async (parts, call, rest, permit) => {
  const [amount, ...others] = rest.trim().split(/\s+/u);
  const [every, timeZone, ...more] = others.filter((word) => !/^(per|a|an|every|\/)$/iu.test(word));
  const checked = more.length > 0 ? badAllowance() : readAllowance({ credits: amount, every, timeZone });
  return checked.status === "bad"
    ? corrected(call, checked)
    : changeAllowance(parts, call.event, permit, checked.order);
};

function corrected(
  call: CommandCall,
  { sentence, how }: Extract<OrderCheck<never>, { status: "bad" }>,
): Reply {
  const isTyped = styleOf(call) === "typed";
  return correction(how === undefined || !isTyped ? `${sentence}.` : `${sentence}: ${how}`);
}

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
