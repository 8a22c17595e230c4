import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NotWanted, whileWanted } from "../../src/assets/while-wanted.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount(), "nobody looks any more").toBe(0);
  vi.useRealTimers();
});

const OPEN = new AbortController().signal;
/** Until it is cut off. */
const endless = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

describe("work", () => {
  it("is cut off within a second when nobody wants it any more", async () => {
    let isWanted = true;
    const work = whileWanted(OPEN, async () => isWanted, endless);
    const ended = expect(work).rejects.toBeInstanceOf(NotWanted);
    await vi.advanceTimersByTimeAsync(5_000);
    isWanted = false;
    await vi.advanceTimersByTimeAsync(1_000);
    await ended;
  });

  it("is cut off for the reason of its signal", async () => {
    const stopping = new AbortController();
    const work = whileWanted(stopping.signal, async () => true, endless);
    stopping.abort("stopping");
    await expect(work).rejects.toBe("stopping");
  });

  it("comes to what it comes to, while it is wanted and while nobody can be asked", async () => {
    const looks = [async () => true, () => Promise.reject(new Error("the database is away"))];
    for (const isWanted of looks) {
      const done = Promise.withResolvers<string>();
      const work = whileWanted(OPEN, isWanted, (signal) =>
        done.promise.then((made) => (signal.aborted ? "cut off" : made)),
      );
      await vi.advanceTimersByTimeAsync(10_000);
      done.resolve("made");
      expect(await work).toBe("made");
    }
  });

  it("that fails by itself fails as it did", async () => {
    await expect(
      whileWanted(
        OPEN,
        async () => true,
        () => Promise.reject(new Error("busy")),
      ),
    ).rejects.toThrow("busy");
  });
});
