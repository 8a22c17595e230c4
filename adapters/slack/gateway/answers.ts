import { setTimeout as sleep } from "node:timers/promises";
import type { HomeView, ModalView } from "@slack/web-api";
import type { Card } from "../../../src/core/card.ts";
import type { UserRef } from "../../../src/core/ids.ts";
import { ChatError, type ChatSender, type Place } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import { toEphemeral } from "../blocks/to-message.ts";
import type { Access } from "../installs/access.ts";
import { toChatError } from "../slack-errors.ts";
import { readMember, readMessage } from "../slack-refs.ts";
import { toSlackAddress } from "./slack-addresses.ts";

/** Ways to tell the person who acted. None of them fails: what was recorded stays recorded, and the log says what was not heard. */
export interface Answers {
  /** In a channel, seen by that person only. */
  whisper(place: Place, person: UserRef, card: Card): Promise<void>;
  /** The same by the `response_url` of what they did, which needs no membership; as a whisper when that fails. */
  respond(at: Respondable, card: Card): Promise<void>;
  /** A modal, for as long as the trigger is good: 3 s, once. False when it was not shown. */
  open(team: string, trigger: string, view: ModalView): Promise<boolean>;
  /** Puts another modal in the place of one. False when that is no longer open. */
  update(team: string, view: string, next: ModalView): Promise<boolean>;
  /** A person's own page. */
  publish(person: UserRef, view: HomeView): Promise<void>;
}

export interface Respondable {
  readonly url: string;
  readonly place: Place;
  readonly person: UserRef;
}

interface Parts {
  readonly access: Access;
  readonly whisper: ChatSender["whisper"];
  readonly apiUrl: string;
  readonly log: Log;
}

const TRIES_MAX = 3;
/** Who has asked is not looking any more after that. */
const WAIT_MS_MAX = 10_000;
const RESPOND_MS_MAX = 10_000;

export function createAnswers({ access, whisper, apiUrl, log }: Parts): Answers {
  async function tryToWhisper(place: Place, person: UserRef, card: Card, triesLeft: number): Promise<void> {
    try {
      if (await whisper(place, person, card)) return;
      log.warn("slack.answer_not_shown", {
        way: "whisper",
        channel: place.channel,
        reason: "not in the channel",
      });
    } catch (error) {
      const waitMs = error instanceof ChatError ? (error.retryAfterMs ?? 500) : 500;
      const isWorthIt = error instanceof ChatError && error.kind === "unavailable" && waitMs <= WAIT_MS_MAX;
      if (!isWorthIt || triesLeft <= 1) {
        log.warn("slack.answer_not_shown", {
          way: "whisper",
          channel: place.channel,
          reason: reasonOf(error),
        });
        return;
      }
      await sleep(waitMs);
      await tryToWhisper(place, person, card, triesLeft - 1);
    }
  }

  async function call(
    way: string,
    team: string,
    make: (access: Awaited<ReturnType<Access["of"]>>) => Promise<unknown>,
  ) {
    try {
      await make(await access.of(team));
      return true;
    } catch (error) {
      log.warn("slack.answer_not_shown", { way, team, reason: reasonOf(toChatError(way, error)) });
      return false;
    }
  }

  const answers: Answers = {
    whisper: (place, person, card) => tryToWhisper(place, person, card, TRIES_MAX),

    async respond({ url, place, person }, card) {
      const reason = await post(toSlackAddress(url, apiUrl), place, card);
      if (reason === undefined) return;
      log.warn("slack.answer_not_shown", { way: "response_url", channel: place.channel, reason });
      await answers.whisper(place, person, card);
    },

    open: (team, trigger, view) =>
      call("views.open", team, ({ client }) => client.views.open({ trigger_id: trigger, view })),

    update: (team, view, next) =>
      call("views.update", team, ({ client }) => client.views.update({ view_id: view, view: next })),

    async publish(person, view) {
      const { team, id } = readMember(person);
      await call("views.publish", team, ({ client }) => client.views.publish({ user_id: id, view }));
    },
  };
  return answers;
}

/**
 * Never instead of the message that was clicked. Resolves with why it was not shown.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses (5 times, within 30 minutes)
 */
async function post(url: URL | undefined, { thread }: Place, card: Card): Promise<string | undefined> {
  if (url === undefined) return "not an address of Slack's";
  const body = {
    response_type: "ephemeral",
    replace_original: false,
    ...toEphemeral(card),
    ...(thread === undefined ? {} : { thread_ts: readMessage(thread).ts }),
  };
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(RESPOND_MS_MAX),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
