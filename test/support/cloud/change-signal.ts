/** Tells whoever waits that something has changed. */
export interface ChangeSignal {
  changed(): void;
  /**
   * Looks again at every change, and now and then for what is outside of the world.
   *
   * @throws Error with `describe()` when `find` finds nothing in time.
   */
  until<T>(find: () => T | undefined | false | null, timeoutMs: number, describe: () => string): Promise<T>;
}

const OUTSIDE_MS = 25;

export function createChangeSignal(): ChangeSignal {
  const waiting = new Set<() => void>();
  return {
    changed() {
      for (const look of [...waiting]) look();
    },
    until(find, timeoutMs, describe) {
      return new Promise((resolve, reject) => {
        const finish = () => {
          waiting.delete(look);
          clearTimeout(timer);
          clearInterval(glances);
        };
        const look = () => {
          try {
            const found = find();
            if (found === undefined || found === false || found === null) return;
            finish();
            resolve(found);
          } catch (error) {
            finish();
            reject(error);
          }
        };
        const timer = setTimeout(() => {
          finish();
          reject(new Error(`not found within ${timeoutMs} ms; there is\n${describe()}`));
        }, timeoutMs);
        const glances = setInterval(look, OUTSIDE_MS);
        waiting.add(look);
        look();
      });
    },
  };
}
