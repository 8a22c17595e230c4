/** What is being done, so that stopping can wait for it. */
export interface InProgress {
  add(work: Promise<unknown>): void;
  /** Resolves when nothing is left, or when the time is over. */
  settled(msMax: number): Promise<void>;
}

/** @param onFailure hears of work that failed. */
export function createInProgress(onFailure: (error: unknown) => void): InProgress {
  const running = new Set<Promise<unknown>>();
  return {
    add(work) {
      running.add(work);
      work.catch(onFailure).finally(() => running.delete(work));
    },
    async settled(msMax) {
      const over = AbortSignal.timeout(msMax);
      const deadline = new Promise<void>((resolve) => over.addEventListener("abort", () => resolve()));
      while (running.size > 0 && !over.aborted)
        await Promise.race([deadline, Promise.allSettled([...running])]);
    },
  };
}
