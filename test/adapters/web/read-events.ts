import type { Changes } from "../../../adapters/web/wire.ts";

/** The events with changes after a number, as a browser asks for them when it comes back. */
export async function* readEvents(
  url: string,
  person: string,
  lastId: string,
): AsyncGenerator<Changes, void> {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/stream?as=${person}&since=99999`, {
    headers: { "last-event-id": lastId },
    signal: stop.signal,
  });
  let text = "";
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = (text + chunk).split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const data = /^event: changes\ndata: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) yield JSON.parse(data);
      }
    }
  } finally {
    stop.abort();
  }
}
