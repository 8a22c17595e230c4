import { z } from "zod";
import type { Wire } from "../wire.ts";

const SUBMITTED = z.object({ request_id: z.string() });

/** What the queue calls the request, or what a header calls an answer that came before it was in the queue. */
export function requestIdOf({ exchanges }: Wire): string | undefined {
  const submitted = SUBMITTED.safeParse(exchanges[0]?.json).data;
  return submitted?.request_id ?? exchanges[0]?.headers.get("x-fal-request-id") ?? undefined;
}
