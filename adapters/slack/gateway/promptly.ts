import type { Delivery } from "./delivery.ts";

/** Slack waits 3 s for an answer (https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response); some of it goes to the way there and back. */
const PATIENCE_MS = 2500;

export type Prompt<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "late" };

/** What work comes to, or that it takes longer than Slack waits: it goes on then. */
export async function promptly<T>({ at, isLate }: Delivery, work: Promise<T>): Promise<Prompt<T>> {
  if (isLate) return { kind: "late" };
  // It may have waited for its turn.
  const leftMs = PATIENCE_MS - (Date.now() - at.getTime());
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Prompt<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "late" }), leftMs);
  });
  try {
    return await Promise.race([late, work.then((value): Prompt<T> => ({ kind: "done", value }))]);
  } finally {
    clearTimeout(timer);
  }
}
