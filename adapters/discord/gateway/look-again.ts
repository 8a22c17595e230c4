/** Asks for all reactions to be looked at again. */
export interface LookAgain {
  /** In so many milliseconds, or sooner if that was asked for. */
  ask(inMs: number): void;
  stop(): void;
}

export function createLookAgain(look: () => void): LookAgain {
  let due: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;
  return {
    ask(inMs) {
      const at = Date.now() + inMs;
      if (due !== undefined && due.at <= at) return;
      clearTimeout(due?.timer);
      const timer = setTimeout(() => {
        due = undefined;
        look();
      }, inMs);
      due = { at, timer };
    },
    stop() {
      clearTimeout(due?.timer);
      due = undefined;
    },
  };
}
