import type { SlackFaultBox } from "../faults.ts";
import type { Answer, Outgoing, Retry } from "./outgoing.ts";

const REORDER_MS_MAX = 500;
const DUPLICATE_AFTER_MS = 20;

export type Attempt = (outgoing: Outgoing, retry: Retry | undefined) => Promise<Answer>;

/** One try, with what goes wrong on the way. */
export function createFaultyAttempt(faults: SlackFaultBox, attempt: Attempt): Attempt {
  const held: (() => void)[] = [];
  const waitForNext = () =>
    new Promise<void>((resolve) => {
      held.push(resolve);
      setTimeout(resolve, REORDER_MS_MAX);
    });

  return async (outgoing, retry) => {
    const fault = faults.takeEventFault(outgoing.type);
    if (fault?.kind === "delay") await sleep(fault.ms);
    if (fault?.kind === "reorder") await waitForNext();
    const sent = attempt(outgoing, retry);
    if (fault?.kind !== "reorder") for (const release of held.splice(0)) setTimeout(release, 1);
    if (fault?.kind === "duplicate") {
      await sleep(DUPLICATE_AFTER_MS);
      await attempt(outgoing, retry);
    }
    const answer = await sent;
    return fault?.kind === "lost_ack" && answer.outcome === "acked" ? { outcome: "timeout" } : answer;
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
