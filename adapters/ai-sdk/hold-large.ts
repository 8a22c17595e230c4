import { createFewAtOnce } from "../../src/core/few-at-once.ts";
import type { Fetch } from "./wire.ts";

/** 1 MiB: with an image in it. */
const LARGE_BYTES = 1024 * 1024;

/**
 * An image of 4096² is 60 MB in JSON, and is held several times over until it is read: in one process no more
 * than two come in at the same time. The others wait in their connections.
 */
const fewLarge = createFewAtOnce(2);

/** Two that come to a stop midway hold up the others for so long, in milliseconds: an image more in memory is the lesser evil. */
const WAIT_MS_MAX = 20_000;

/** A `fetch` that takes in no more than 1 MiB of an answer before there is room for it, which it then has until `ended`. */
export function holdLarge(fetch: Fetch, ended: Promise<void>): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null) return response;
    const { status, statusText, headers } = response;
    const room = () => findRoom(ended, init?.signal ?? undefined);
    return new Response(heldBack(response.body, room), { status, statusText, headers });
  };
}

/** Resolves too when the call is cut off: reading on then says so. */
function findRoom(ended: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((found) => {
    const waited = setTimeout(found, WAIT_MS_MAX);
    const begin = () => {
      clearTimeout(waited);
      found();
    };
    if (signal?.aborted) begin();
    signal?.addEventListener("abort", begin, { once: true });
    void fewLarge(() => {
      begin();
      return ended;
    });
  });
}

function heldBack(
  body: NonNullable<Response["body"]>,
  findRoom: () => Promise<void>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let bytes = 0;
  const next = async (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>) => {
    const { done, value } = await reader.read();
    if (done) return controller.close();
    if (bytes <= LARGE_BYTES && bytes + value.byteLength > LARGE_BYTES) await findRoom();
    bytes += value.byteLength;
    controller.enqueue(value);
  };
  return new ReadableStream({ pull: next, cancel: (reason) => reader.cancel(reason) }, { highWaterMark: 0 });
}
