import type { Clock, Log } from "../../../src/ports/log.ts";
import type { EventLog, LeftEvent } from "../intake/event-log.ts";
import { createIntake, type Handling } from "../intake/intake.ts";
import { toCardModal } from "./card-modal.ts";
import type { Ack, Delivery, Incoming } from "./delivery.ts";
import { type Envelope, readEnvelope } from "./envelope.ts";
import { NOT_RECORDED, RESTARTING, WORKING } from "./gateway-cards.ts";
import { createInProgress } from "./in-progress.ts";
import { refuse } from "./refuse.ts";

/** Takes in what Slack delivers, and says what to answer. */
export interface Reception {
  /** Rejects when Slack must not hear "ok". */
  receive(incoming: Incoming): Promise<Ack>;
  /** Begins to look for what was left behind. */
  start(): void;
  /** Takes no more, and waits for what is being done. */
  stop(): Promise<void>;
}

interface Parts {
  readonly dispatch: (delivery: Delivery, kind: string) => Promise<Ack>;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** What asks for nothing but to look at something, for as long as somebody is there to look, is not kept. */
const NOT_KEPT: ReadonlySet<string> = new Set([
  "message_action",
  "shortcut",
  "app_home_opened",
  "member_joined_channel",
  "subteam_created",
  "subteam_updated",
  "subteam_members_changed",
]);

/** After so many tries more, some seconds, people are told that what they did came to nothing. */
const TRIES_MAX = 3;
/** Most of what handling takes is waiting for the database. */
const AT_ONCE = 16;

export function createReception({ dispatch, events, clock, log }: Parts): Reception {
  const passing = createInProgress((error) => log.error("slack.delivery_failed", error));
  let isStopping = false;

  function handle(delivery: Omit<Delivery, "progress">, kind: string): Handling<Ack> {
    const progress = createInProgress((error) => log.error("slack.delivery_failed", error));
    const ack = dispatch({ ...delivery, progress }, kind);
    const worked = ack.then(() => progress.worked());
    return { ack, worked, ended: worked.then(() => progress.settled()) };
  }

  const intake = createIntake<Ack>({
    events,
    clock,
    log,
    atOnce: AT_ONCE,
    handle(event, isLate) {
      const { team, body } = decode(event);
      return handle(
        { team, body, at: event.at, isLast: event.tries >= TRIES_MAX, isLate },
        readEnvelope(body).kind,
      );
    },
  });

  return {
    async receive(incoming) {
      const { team, body, trouble } = incoming;
      if (isStopping) return refuse(incoming, RESTARTING);
      if (trouble !== undefined) {
        log.warn("slack.delivery_refused", { team, reason: trouble.message });
        return refuse(incoming, NOT_RECORDED);
      }
      const { kind, id } = readEnvelope(body);
      if (id === undefined || NOT_KEPT.has(kind)) {
        const { ack, ended } = handle({ team, body, at: clock(), isLast: true, isLate: false }, kind);
        passing.tell(ended);
        return ack;
      }
      try {
        return await intake.take({ id: `${team} ${id}`, body: encode(incoming) }, whileItWaits(kind));
      } catch (error) {
        log.error("slack.event_not_recorded", error, { kind });
        return refuse(incoming, NOT_RECORDED);
      }
    },
    start: intake.start,
    async stop() {
      isStopping = true;
      await intake.stop();
      await passing.settled();
    },
  };
}

/** Slack's token for verification is of no use to us, and is not kept. */
function encode({ team, body }: Incoming): string {
  return JSON.stringify({ team, body }, (key, value) => (key === "token" ? undefined : value));
}

function decode({ body }: LeftEvent): Pick<Incoming, "team" | "body"> {
  return JSON.parse(body);
}

/** What the person reads while their turn has not come. */
function whileItWaits(kind: Envelope["kind"]): Ack {
  if (kind === "command") return refuse({ body: { command: "" } }, WORKING);
  return kind === "view_submission" ? { response_action: "update", view: toCardModal(WORKING) } : undefined;
}
