import type { Log } from "../../src/ports/log.ts";

/** Keeps what is warned of, and throws what is an error: nothing may go wrong in a way that is only logged. */
export function createStrictLog(logged: string[]): Log {
  return {
    debug: () => {},
    info: () => {},
    warn: (event) => void logged.push(event),
    error: (event, error) => {
      throw new Error(event, { cause: error });
    },
  };
}
