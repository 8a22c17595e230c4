import type { Changes } from "../wire.ts";

/** The stream of changes, opened again by itself whenever it is lost, from where it was. */
export interface Stream {
  close(): void;
}

export interface StreamWatcher {
  /** Number the changes are wanted after, now. */
  readonly since: () => number;
  readonly onChanges: (changes: Changes) => void;
  readonly onState: (state: "live" | "lost") => void;
}

/** Silence after which a stream counts as lost, in milliseconds: two of the server's heartbeats. */
const SILENCE_MS = 32_000;
const RETRY_MS = 1500;

export function openStream(as: string, { since, onChanges, onState }: StreamWatcher): Stream {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function connect(): void {
    clearTimeout(retry);
    source?.close();
    source = new EventSource(`/api/stream?${new URLSearchParams({ as, since: String(since()) })}`);
    source.addEventListener("ready", heard);
    source.addEventListener("heartbeat", heard);
    source.addEventListener("changes", (event) => {
      heard();
      onChanges(JSON.parse(event.data) as Changes);
    });
    // The browser would try again by itself, but gives up for good on some answers: we ask anew.
    source.addEventListener("error", lost);
    hear();
  }

  function heard(): void {
    onState("live");
    hear();
  }

  function hear(): void {
    clearTimeout(silence);
    silence = setTimeout(lost, SILENCE_MS);
  }

  function lost(): void {
    source?.close();
    clearTimeout(silence);
    onState("lost");
    clearTimeout(retry);
    retry = setTimeout(connect, RETRY_MS);
  }

  function close(): void {
    clearTimeout(retry);
    clearTimeout(silence);
    source?.close();
    window.removeEventListener("online", connect);
  }

  window.addEventListener("online", connect);
  connect();
  return { close };
}
