import { type DestinationStream, destination, pino } from "pino";
import type { Log } from "../../src/ports/log.ts";

/** JSON lines, one an event. Written to standard error, so that standard output is for people. */
export function createPinoLog(
  level: string,
  stream: DestinationStream = destination({ fd: 2, sync: true }),
): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  return {
    debug: (event, fields) => logger.debug({ event, ...fields }),
    info: (event, fields) => logger.info({ event, ...fields }),
    warn: (event, fields) => logger.warn({ event, ...fields }),
    error: (event, error, fields) => logger.error({ event, ...fields, error: describe(error) }),
  };
}

/** What went wrong and where, without what an error may carry along (a query's values, a request). */
function describe(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { value: error };
  const code = "code" in error ? error.code : undefined;
  const cause = error.cause === undefined ? undefined : describe(error.cause);
  return { name: error.name, message: error.message, code, stack: error.stack, cause };
}
