/** What a call of a model cost in money. */
export interface Cost {
  /** US dollars. */
  readonly usd: number;
  /** As the provider said it, by the tokens it counted, or by its price list alone. */
  readonly basis: "reported" | "tokens" | "list";
}
