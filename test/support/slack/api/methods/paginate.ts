import { Refusal } from "../../world/refusal.ts";
import type { Arguments } from "../arguments.ts";

/** A page of a list, by `limit` and `cursor`. https://docs.slack.dev/apis/web-api/pagination. @throws Refusal `invalid_cursor | invalid_limit` */
export function paginate<T>(
  items: readonly T[],
  args: Arguments,
  limitDefault: number,
): { readonly items: readonly T[]; readonly nextCursor: string } {
  const limit = args.number("limit") ?? limitDefault;
  if (limit < 1 || limit > 1000) throw new Refusal("invalid_limit");
  const cursor = args.text("cursor");
  const start =
    cursor === undefined ? 0 : Number(Buffer.from(cursor, "base64").toString().replace("next:", ""));
  if (!Number.isInteger(start) || start < 0) throw new Refusal("invalid_cursor");
  const end = start + limit;
  return {
    items: items.slice(start, end),
    nextCursor: end < items.length ? Buffer.from(`next:${end}`).toString("base64") : "",
  };
}
