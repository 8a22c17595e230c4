import type { Answer, Changes, MessagePage, MessageView, Problem, Session } from "../../adapters/web/wire.ts";
import type { Emoji } from "../../src/core/card.ts";

/** The studio from outside: says what the page says, and reads what it reads. */
export interface StudioClient {
  as(person: string): StudioPerson;
  session(): Promise<Session>;
  /** The bytes of a stored picture. */
  picture(asset: string): Promise<{ readonly mime: string; readonly bytes: Uint8Array }>;
  /** Any request, with the cookie if there is one. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** One of the studio's people. Every act throws a `StudioProblem` when it was not recorded. */
export interface StudioPerson {
  /** Types something: a command with a slash, or plain words. The same `eventId` is the same event. */
  say(channel: string, text: string, more?: { thread?: string; eventId?: string }): Promise<Answer>;
  /** The same, and its name says that it is a command. */
  command(channel: string, text: string, more?: { thread?: string; eventId?: string }): Promise<Answer>;
  press(message: string, action: string, more?: { eventId?: string }): Promise<Answer>;
  submit(
    channel: string,
    form: string,
    answers: Readonly<Record<string, string>>,
    more?: { thread?: string; eventId?: string },
  ): Promise<Answer>;
  react(message: string, emoji: Emoji): Promise<Answer>;
  unreact(message: string, emoji: Emoji): Promise<Answer>;
  dismiss(message: string): Promise<Answer>;
  messages(place: { channel: string } | { thread: string }): Promise<readonly MessageView[]>;
  /**
   * The first thing that `find` makes of everything this person can see, asked again at each change.
   * Survives a restart of the studio.
   *
   * @throws Error, with what there was to see, when it is not found in time.
   */
  until<T>(find: (messages: readonly MessageView[]) => T | undefined | false, timeoutMs?: number): Promise<T>;
}

/** An act or reading that the studio refused, or did not record. */
export class StudioProblem extends Error {
  override readonly name = "StudioProblem";
  readonly status: number;

  constructor(status: number, words: string) {
    super(`${status}: ${words}`);
    this.status = status;
  }
}

const UNTIL_MS = 45_000;
const RECONNECT_MS = 50;

/** @throws StudioProblem when the token is not the studio's. */
export async function connectStudio(url: string, options: { token?: string } = {}): Promise<StudioClient> {
  const cookie = options.token === undefined ? undefined : await fetchCookie(url, options.token);
  const request = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (cookie !== undefined) headers.set("cookie", cookie);
    return fetch(new URL(path, url), { ...init, headers });
  };
  return {
    as: (person) => createPerson(person, request),
    session: () => readJson<Session>(request("/api/session")),
    async picture(asset) {
      const response = await request(`/assets/${asset}`);
      if (!response.ok) throw new StudioProblem(response.status, asset);
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { mime: response.headers.get("content-type") ?? "", bytes };
    },
    fetch: request,
  };
}

type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

async function fetchCookie(url: string, token: string): Promise<string> {
  const response = await fetch(new URL(`/?token=${encodeURIComponent(token)}`, url), { redirect: "manual" });
  const [cookie] = response.headers.getSetCookie();
  if (cookie === undefined) throw new StudioProblem(response.status, await response.text());
  return cookie.split(";")[0] ?? "";
}

async function readJson<T>(asked: Promise<Response>): Promise<T> {
  const response = await asked;
  const answer: unknown = await response.json();
  if (!response.ok) throw new StudioProblem(response.status, (answer as Problem).problem);
  return answer as T;
}

function createPerson(person: string, request: Fetch): StudioPerson {
  const act = (name: string, body: Readonly<Record<string, unknown>>) =>
    readJson<Answer>(
      request(`/api/${name}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ as: person, ...body }),
      }),
    );
  const event = (more: { eventId?: string } | undefined) => more?.eventId ?? crypto.randomUUID();
  const thread = (more: { thread?: string } | undefined) => more?.thread ?? null;
  const say: StudioPerson["say"] = (channel, text, more) =>
    act("say", { event: event(more), channel, thread: thread(more), text });

  return {
    say,
    command: say,
    press: (message, action, more) => act("press", { event: event(more), message, action }),
    submit: (channel, form, answers, more) =>
      act("submit", { event: event(more), channel, thread: thread(more), form, answers }),
    react: (message, emoji) => act("react", { message, emoji, on: true }),
    unreact: (message, emoji) => act("react", { message, emoji, on: false }),
    dismiss: (message) => act("dismiss", { message }),
    async messages(place) {
      const path = "thread" in place ? `/api/threads/${place.thread}` : `/api/channels/${place.channel}`;
      const page = await readJson<MessagePage>(request(`${path}/messages?as=${person}`));
      return page.messages;
    },
    until: (find, timeoutMs = UNTIL_MS) => watchUntil(request, person, find, AbortSignal.timeout(timeoutMs)),
  };
}

async function watchUntil<T>(
  request: Fetch,
  person: string,
  find: (messages: readonly MessageView[]) => T | undefined | false,
  timedOut: AbortSignal,
): Promise<T> {
  const known = new Map<string, MessageView>();
  let since = 0;
  const ended = new AbortController();
  const signal = AbortSignal.any([timedOut, ended.signal]);
  try {
    while (!timedOut.aborted) {
      for await (const changes of readStream(request, person, since, signal)) {
        since = changes.sequence;
        for (const message of changes.messages) known.set(message.id, message);
        const seen = [...known.values()].filter((one) => !one.isDismissed);
        const found = find(seen.sort((a, b) => a.position - b.position));
        if (found !== undefined && found !== false) return found;
      }
      // The studio is away: there is no event for its coming back.
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  } finally {
    ended.abort();
  }
  const seen = [...known.values()].map(
    (one) => `${one.channel} ${one.author}: ${JSON.stringify(one.content)}`,
  );
  throw new Error(`not seen in time by ${person}; there was:\n${seen.join("\n")}`);
}

/** The stream's events after a number, until it ends, is lost, or the signal aborts. */
async function* readStream(
  request: Fetch,
  person: string,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<Changes, void> {
  const lost = () => undefined;
  const response = await request(`/api/stream?as=${person}&since=${since}`, { signal }).catch(lost);
  if (response === undefined) return;
  if (!response.ok || response.body === null) throw new StudioProblem(response.status, await response.text());
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const read = await reader.read().catch(lost);
    if (read === undefined || read.done) return;
    text += read.value;
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data !== undefined && /^event: changes$/m.test(event)) yield JSON.parse(data) as Changes;
    }
  }
}
