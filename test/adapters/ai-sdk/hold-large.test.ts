import { describe, expect, it } from "vitest";
import { holdLarge } from "../../../adapters/ai-sdk/hold-large.ts";

const MIB = 1024 * 1024;

/** An answer of so many bytes, with how many of them were taken. */
function answering(bytes: number) {
  const counted = { taken: 0 };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (counted.taken >= bytes) return controller.close();
        const chunk = new Uint8Array(Math.min(MIB / 2, bytes - counted.taken));
        counted.taken += chunk.byteLength;
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  return { counted, fetch: async () => new Response(body, { status: 201, headers: { "x-id": "7" } }) };
}

const take = async (fetch: typeof globalThis.fetch) => (await fetch("http://localhost/")).arrayBuffer();

describe("large answers", () => {
  it("come in two at a time, and small ones whenever they like", async () => {
    const ended = [1, 2, 3].map(() => Promise.withResolvers<void>());
    const answers = ended.map(({ promise }) => {
      const { counted, fetch } = answering(5 * MIB);
      return { counted, whole: take(holdLarge(fetch, promise)) };
    });
    const [first, second, third] = answers;
    expect((await Promise.all([first?.whole, second?.whole])).map((each) => each?.byteLength)).toEqual([
      5 * MIB,
      5 * MIB,
    ]);
    const small = answering(MIB / 2);
    expect((await take(holdLarge(small.fetch, new Promise(() => {})))).byteLength).toBe(MIB / 2);
    expect(third?.counted.taken, "no more than says that it is large").toBeLessThanOrEqual(1.5 * MIB);
    ended[0]?.resolve();
    expect((await third?.whole)?.byteLength).toBe(5 * MIB);
    for (const each of ended) each.resolve();
  });

  it("that wait for room hear at once that nobody waits for them", { timeout: 5_000 }, async () => {
    const others = [1, 2].map(() => Promise.withResolvers<void>());
    for (const { promise } of others) await take(holdLarge(answering(5 * MIB).fetch, promise));
    const cut = new AbortController();
    const { counted, fetch } = answering(5 * MIB);
    const waiting = await holdLarge(fetch, Promise.resolve())("http://localhost/", { signal: cut.signal });
    const whole = waiting.arrayBuffer();
    cut.abort();
    await whole;
    expect(counted.taken).toBe(5 * MIB);
    for (const each of others) each.resolve();
  });

  it("keep their status and headers", async () => {
    const response = await holdLarge(answering(1).fetch, Promise.resolve())("http://localhost/");
    expect([response.status, response.headers.get("x-id")]).toEqual([201, "7"]);
  });
});
