import { describe, expect, it } from "vitest";
import { unlessAborted } from "../../../adapters/ai-sdk/unless-aborted.ts";

const REASON = new Error("nobody wants it any more");
const never = new Promise<never>(() => {});

describe("work that may be cut off", () => {
  it("comes to what it comes to", async () => {
    const { signal } = new AbortController();
    expect(await unlessAborted(Promise.resolve(1), signal)).toBe(1);
    expect(await unlessAborted(Promise.resolve(2), undefined)).toBe(2);
    await expect(unlessAborted(Promise.reject(REASON), signal)).rejects.toBe(REASON);
  });

  it("ends with the signal's reason, before or while it goes on", async () => {
    await expect(unlessAborted(never, AbortSignal.abort(REASON))).rejects.toBe(REASON);
    const cutting = new AbortController();
    const work = unlessAborted(never, cutting.signal);
    cutting.abort(REASON);
    await expect(work).rejects.toBe(REASON);
  });

  it("may fail later, unheard", async () => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    await expect(unlessAborted(late, AbortSignal.abort(REASON))).rejects.toBe(REASON);
    // An unhandled rejection would fail the test run.
    reject(new Error("late"));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it("leaves no listener behind", async () => {
    const { signal } = new AbortController();
    const listening = { added: 0, removed: 0 };
    const { addEventListener: add, removeEventListener: remove } = signal;
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listening.added += 1;
      add.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listening.removed += 1;
      remove.apply(signal, args);
    };
    await unlessAborted(Promise.resolve(), signal);
    expect(listening).toEqual({ added: 1, removed: 1 });
  });
});
