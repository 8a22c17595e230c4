/** Runs work, at most so many pieces at once; the others wait in order. */
export type FewAtOnce = <T>(work: () => Promise<T>) => Promise<T>;

export function createFewAtOnce(max: number): FewAtOnce {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
