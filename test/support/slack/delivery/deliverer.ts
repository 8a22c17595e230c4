import type { SlackFaultBox } from "../faults.ts";
import type { SlackDelivery } from "../local-slack.ts";
import type { World } from "../world/world.ts";
import { createFaultyAttempt } from "./faulty-attempt.ts";
import { logged } from "./log-delivery.ts";
import type { Answer, Outgoing, Retry, Transport } from "./outgoing.ts";

/** "The first retry is sent nearly immediately, the second after 1 minute, the third after 5 minutes": https://docs.slack.dev/apis/events-api#retries */
const RETRY_AFTER_MS = [0, 60_000, 5 * 60_000];

export interface Deliverer {
  readonly log: readonly SlackDelivery[];
  /** Tries and retries under way. */
  readonly pending: number;
  /** Of these, retries whose time has not come. */
  readonly waiting: number;
  /** An event: tried again until it is acked, three times. */
  tell(outgoing: Outgoing): void;
  /** A command or an interaction: one try, which a person waits for. */
  ask(outgoing: Outgoing): Promise<Answer>;
}

export function createDeliverer(world: World, faults: SlackFaultBox, transport: () => Transport): Deliverer {
  const log: SlackDelivery[] = [];
  let pending = 0;
  let waiting = 0;

  const attempt = createFaultyAttempt(faults, (outgoing, retry) =>
    logged(world, log, transport(), outgoing, retry),
  );

  const deliver = async (outgoing: Outgoing) => {
    let answer = await attempt(outgoing, undefined);
    for (const [index, wait] of RETRY_AFTER_MS.entries()) {
      if (answer.outcome === "acked") return;
      if (answer.outcome === "refused" && answer.wantsNoRetry) return;
      const reason = reasonOf(answer, transport().name);
      waiting += 1;
      await passTime(world, wait);
      waiting -= 1;
      answer = await attempt(outgoing, { attempt: index + 1, reason });
    }
  };

  const count = async <T>(work: Promise<T>): Promise<T> => {
    pending += 1;
    try {
      return await work;
    } finally {
      pending -= 1;
      world.changed();
    }
  };

  return {
    log,
    get pending() {
      return pending;
    },
    get waiting() {
      return waiting;
    },
    tell: (outgoing) => void count(deliver(outgoing)),
    ask: (outgoing) => count(attempt(outgoing, undefined)),
  };
}

function reasonOf(answer: Answer, by: SlackDelivery["by"]): Retry["reason"] {
  if (answer.outcome === "refused") return "http_error";
  if (answer.outcome === "lost") return "connection_failed";
  return by === "http" ? "http_timeout" : "timeout";
}

function passTime(world: World, ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => void world.clock.after(ms, resolve));
}
