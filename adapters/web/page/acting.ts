import type { Emoji, Form } from "../../../src/core/card.ts";
import type { Answer, MessageView } from "../wire.ts";
import { type ActBody, type ActPath, type Result, send } from "./remote.ts";
import { type Pending, type Place, placeKey, type State } from "./state.ts";
import type { Watching } from "./watching.ts";

/**
 * What the acting person does. Each gesture gets one event id, which its retries keep; so does the same
 * gesture made again while the page says that it was not confirmed.
 */
export interface Acting {
  say(place: Place, text: string): Promise<void>;
  retrySaying(pending: Pending): Promise<void>;
  /** Takes a text that was not confirmed back into the composer. */
  takeBack(pending: Pending): void;
  press(message: MessageView, action: string): Promise<void>;
  react(message: MessageView, emoji: Emoji, on: boolean): Promise<void>;
  dismiss(message: MessageView): Promise<void>;
  submit(answers: Readonly<Record<string, string>>): Promise<void>;
  closeForm(): void;
}

interface Parts {
  readonly state: State;
  readonly changed: () => void;
  readonly watching: Watching;
}

export function createActing({ state, changed, watching }: Parts): Acting {
  function follow(answer: Answer, place: Place): void {
    if (answer.kind === "message") watching.take([answer.message]);
    if (answer.kind === "form") openForm(answer.form, place);
    changed();
  }

  function openForm(form: Form, place: Place): void {
    const event = crypto.randomUUID();
    state.form = { form, place, event, isSending: false, refused: undefined, problem: undefined };
  }

  async function say(place: Place, text: string): Promise<void> {
    const { as, pending } = state;
    const isSame = (one: Pending) =>
      one.text === text && one.as === as && placeKey(one.place) === placeKey(place);
    const unconfirmed = pending.find((one) => one.problem !== undefined && isSame(one));
    await sayPending(unconfirmed ?? { event: crypto.randomUUID(), place, as, text, problem: undefined });
  }

  async function sayPending(pending: Pending): Promise<void> {
    const { event, place, as, text } = pending;
    state.pending = [
      ...state.pending.filter((one) => one.event !== event),
      { ...pending, problem: undefined },
    ];
    changed();
    const body = { as, event, channel: place.channel, thread: place.thread ?? null, text };
    const result = await send("say", body);
    if (result.status === "ok") {
      state.pending = state.pending.filter((one) => one.event !== event);
      follow(result.value, place);
      return;
    }
    state.pending = state.pending.map((one) =>
      one.event === event ? { ...one, problem: result.problem } : one,
    );
    changed();
  }

  function takeBack(pending: Pending): void {
    state.pending = state.pending.filter((one) => one.event !== pending.event);
    const key = placeKey(pending.place);
    const kept = state.remembered.drafts[key] ?? "";
    state.remembered.drafts[key] = kept === "" ? pending.text : `${pending.text}\n${kept}`;
    changed();
  }

  /** Does something once at a time; when it was not confirmed, offers to do the very same again. */
  async function once(busyKey: string, path: ActPath, body: ActBody): Promise<Answer | undefined> {
    if (state.busy.has(busyKey)) return undefined;
    state.busy.add(busyKey);
    state.notice = undefined;
    changed();
    const result: Result<Answer> = await send(path, body);
    state.busy.delete(busyKey);
    changed();
    if (result.status === "ok") return result.value;
    return new Promise((resolve) => {
      const retry = () => resolve(once(busyKey, path, body));
      state.notice = { problem: result.problem, retry, body };
      changed();
    });
  }

  async function press(message: MessageView, action: string): Promise<void> {
    const { as, notice } = state;
    const gesture = { as, message: message.id, action };
    const isUnconfirmed = Object.entries(gesture).every(([name, value]) => notice?.body?.[name] === value);
    if (isUnconfirmed) return notice?.retry();
    const body = { ...gesture, event: crypto.randomUUID() };
    const answer = await once(`press ${message.id}`, "press", body);
    if (answer !== undefined) follow(answer, placeOf(message));
  }

  async function react(message: MessageView, emoji: Emoji, on: boolean): Promise<void> {
    state.picker = undefined;
    await once(`react ${message.id} ${emoji}`, "react", { as: state.as, message: message.id, emoji, on });
  }

  async function dismiss(message: MessageView): Promise<void> {
    await once(`dismiss ${message.id}`, "dismiss", { as: state.as, message: message.id });
  }

  async function submit(answers: Readonly<Record<string, string>>): Promise<void> {
    const open = state.form;
    if (open === undefined || open.isSending) return;
    state.form = { ...open, isSending: true, refused: undefined, problem: undefined };
    changed();
    const { form, place, event } = open;
    const body = {
      as: state.as,
      event,
      channel: place.channel,
      thread: place.thread ?? null,
      form: form.id,
      answers,
    };
    const result = await send("submit", body);
    if (result.status === "failed") {
      state.form = { ...open, problem: result.problem, refused: undefined };
    } else if (result.value.kind === "refused") {
      // Other answers are another event.
      state.form = { ...open, event: crypto.randomUUID(), refused: result.value.card, problem: undefined };
    } else {
      state.form = undefined;
      follow(result.value, place);
    }
    changed();
  }

  function closeForm(): void {
    state.form = undefined;
    changed();
  }

  return { say, retrySaying: sayPending, takeBack, press, react, dismiss, submit, closeForm };
}

const placeOf = (message: MessageView): Place => ({
  channel: message.channel,
  thread: message.thread ?? undefined,
});
