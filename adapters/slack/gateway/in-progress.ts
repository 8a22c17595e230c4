/** What is being done, so that stopping can wait for it. */
export interface InProgress {
  add<T>(work: Promise<T>): Promise<T>;
  /** Work that keeps nothing else from being done: telling somebody, when all there is to do is done. */
  tell(work: Promise<unknown>): void;
  /** The same with what came of work that was added; nobody is told of what failed. */
  tellAfter<T>(work: Promise<T>, tell: (value: T) => unknown): void;
  /**
   * Resolves when nothing is left but telling, of what is there now or comes from it.
   *
   * @throws what the first of the added work has failed with.
   */
  worked(): Promise<void>;
  /** Resolves when nothing at all is left. */
  settled(): Promise<void>;
}

/** @param onUntold hears of telling that failed. */
export function createInProgress(onUntold: (error: unknown) => void): InProgress {
  const running = new Set<Promise<unknown>>();
  const telling = new Set<Promise<unknown>>();
  let failure: { readonly error: unknown } | undefined;

  function keep(
    work: Promise<unknown>,
    among: Set<Promise<unknown>>,
    onFailure: (error: unknown) => void,
  ): void {
    among.add(work);
    work.catch(onFailure).finally(() => among.delete(work));
  }

  function tell(work: Promise<unknown>): void {
    keep(work, telling, onUntold);
  }

  return {
    add(work) {
      keep(work, running, (error) => {
        failure ??= { error };
      });
      return work;
    },
    tell,
    tellAfter: (work, tellOf) => tell(work.then(tellOf, () => undefined)),
    async worked() {
      while (running.size > 0) await Promise.allSettled(running);
      if (failure !== undefined) throw failure.error;
    },
    async settled() {
      while (running.size + telling.size > 0) await Promise.allSettled([...running, ...telling]);
    },
  };
}
