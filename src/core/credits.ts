declare const unit: unique symbol;
/** A whole, non-negative number of credits. Never a float. */
export type Credits = number & { readonly [unit]: "Credits" };

/** @throws RangeError when `amount` is not a whole number from 0 to 2^53 - 1. */
export function credits(amount: number): Credits {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`credits must be a whole number: ${amount}`);
  if (amount < 0) throw new RangeError(`credits must not be negative: ${amount}`);
  return amount as Credits;
}

/** "1 credit", "4 credits". */
export function inCredits(amount: number): string {
  return `${amount} credit${amount === 1 ? "" : "s"}`;
}
