import type { Clock, Log } from "../../../src/ports/log.ts";
import type { EventLog, LeftEvent } from "./event-log.ts";

/**
 * Keeps what Slack delivers before it says "ok", and then handles it: at once when there is room, which
 * is nearly always; in its turn when much comes at the same time; and again, by whichever process is
 * there, when it was not handled to its end.
 */
export interface Intake<Ack> {
  /**
   * Resolves with what to answer Slack once the delivery is durable.
   *
   * @param late what to answer when its turn does not come soon, or it could not be handled yet.
   * @throws when it could not be kept: Slack must not hear "ok".
   */
  take(event: { readonly id: string; readonly body: string }, late: Ack): Promise<Ack | undefined>;
  /** Begins to look for what was left behind. */
  start(): void;
  /** Handles nothing new, and waits for what is being handled. What waits for its turn is another's. */
  stop(): Promise<void>;
}

/** One delivery being handled. */
export interface Handling<Ack> {
  /** What to answer Slack, within its patience. Rejects when it could not be handled, as the others do. */
  readonly ack: Promise<Ack>;
  /** What there is to do is done: nobody need do it again. Somebody may still have to be told. */
  readonly worked: Promise<void>;
  /** Nothing is left. */
  readonly ended: Promise<void>;
}

export interface IntakeParts<Ack> {
  readonly events: EventLog;
  /** @param isLate Slack has been answered: what there is to say goes another way. */
  readonly handle: (event: LeftEvent, isLate: boolean) => Handling<Ack>;
  readonly clock: Clock;
  readonly log: Log;
  /** How many are handled at the same time. */
  readonly atOnce: number;
}

interface Waiting {
  readonly event: LeftEvent;
  /** Whose it is until then. */
  readonly until: Date;
  begin(): void;
}

/** How many may wait for their turn unanswered: what comes in a rush has its turn within a moment. */
const WAITING_MAX = 48;
/** Of the 3 s that Slack waits, the rest is for handling. */
const PATIENCE_MS = 1_000;
/** Longer than handling takes. What takes longer may be handled twice, to no effect: events have ids. */
const CLAIM_MS = 20_000;
const LOOK_MS = 5_000;
const LOOK_MAX = 100;
/** After so many tries, more than half an hour, it is given up. */
export const TRIES_MAX = 12;
const LONGEST_WAIT_MS = 600_000;
/** Slack delivers again for a day at most. https://docs.slack.dev/apis/events-api#retries */
const REMEMBERED_MS = 25 * 60 * 60 * 1000;

export function createIntake<Ack>(parts: IntakeParts<Ack>): Intake<Ack> {
  const { events, handle, clock, log, atOnce } = parts;
  const waiting: Waiting[] = [];
  let running = 0;
  const open = new Set<Promise<unknown>>();
  let isStopping = false;
  /** The last look did not see to the end of what was left. */
  let isMore = false;
  let timer: NodeJS.Timeout | undefined;

  const claimEnd = () => new Date(clock().getTime() + CLAIM_MS);

  function run(event: LeftEvent, isLate: boolean): Promise<Ack> {
    const handling = handle(event, isLate);
    running += 1;
    const goOn = () => {
      running -= 1;
      next();
    };
    handling.worked.then(goOn, goOn);
    const concluded = conclude(event, handling.worked);
    const ended = Promise.allSettled([concluded, handling.ended]);
    open.add(ended);
    void ended.then(() => open.delete(ended));
    return handling.ack;
  }

  /** Whatever becomes of it is written down, or left for the one who takes it over. */
  async function conclude(event: LeftEvent, worked: Promise<void>): Promise<void> {
    try {
      const failure = await worked.then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      if (failure === undefined) return await events.done(event.id);
      if (event.tries < TRIES_MAX) {
        log.warn("slack.event_failed", {
          delivery: event.id,
          tries: event.tries,
          reason: reasonOf(failure.error),
        });
        const later = waitMs(event.tries);
        await events.giveBack(event.id, new Date(clock().getTime() + later));
        setTimeout(() => isStopping || void look(), later).unref();
        return;
      }
      log.error("slack.event_given_up", failure.error, { delivery: event.id });
      await events.done(event.id);
    } catch (error) {
      log.warn("slack.event_left", { delivery: event.id, reason: reasonOf(error) });
    }
  }

  function next(): void {
    while (!isStopping && running < atOnce) {
      const first = waiting.shift();
      if (first === undefined) {
        if (isMore) void look();
        return;
      }
      // Past its claim it is another's, or comes back with what was left.
      if (clock() < first.until) first.begin();
    }
  }

  function waitLate(event: LeftEvent, until: Date): void {
    waiting.push({ event, until, begin: () => void run(event, true).catch(() => undefined) });
  }

  /** Slack is answered with what came of it, or after a while that it is late. */
  function waitForTurn(event: LeftEvent, until: Date, late: Ack): Promise<Ack> {
    return new Promise((resolve) => {
      let isLate = false;
      const patience = setTimeout(() => {
        isLate = true;
        resolve(late);
      }, PATIENCE_MS);
      const begin = () => {
        clearTimeout(patience);
        run(event, isLate).then(resolve, () => resolve(late));
      };
      waiting.push({ event, until, begin });
    });
  }

  async function look(): Promise<void> {
    if (waiting.length > 0) return;
    isMore = false;
    try {
      const until = claimEnd();
      const left = await events.takeOver(clock(), until, LOOK_MAX);
      isMore = left.length === LOOK_MAX;
      for (const event of left) waitLate(event, until);
      next();
      await events.forget(new Date(clock().getTime() - REMEMBERED_MS));
    } catch (error) {
      log.warn("slack.events_not_read", { reason: reasonOf(error) });
    }
  }

  return {
    async take({ id, body }, late) {
      const event: LeftEvent = { id, body, at: clock(), tries: 0 };
      const until = claimEnd();
      if (!(await events.keep(event, until))) return undefined;
      if (!isStopping && running < atOnce) return run(event, false).catch(() => late);
      if (waiting.length < WAITING_MAX) return waitForTurn(event, until, late);
      waitLate(event, until);
      return late;
    },
    start() {
      const again = () => {
        timer = setTimeout(() => void look().then(() => isStopping || again()), LOOK_MS);
      };
      void look().then(() => isStopping || again());
    },
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await Promise.all(open);
      await Promise.allSettled(waiting.splice(0).map(({ event }) => events.giveBack(event.id, clock())));
    },
  };
}

/** 1 s, 2 s, 4 s and so on, up to ten minutes. */
function waitMs(tries: number): number {
  return Math.min(1000 * 2 ** tries, LONGEST_WAIT_MS);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
