import { inspect } from "node:util";
import type { Log, LogFields } from "../../src/ports/log.ts";

/** A log that keeps what was said. */
export interface RecordingLog extends Log {
  readonly lines: readonly LogLine[];
  /** Everything that was said, as deep as it goes. */
  words(): string;
}

export interface LogLine {
  readonly event: string;
  readonly fields: LogFields;
}

export function createRecordingLog(): RecordingLog {
  const lines: LogLine[] = [];
  const errors: unknown[] = [];
  const say = (event: string, fields: LogFields = {}) => void lines.push({ event, fields });
  return {
    lines,
    words: () => inspect([lines, errors], { depth: 20, showHidden: true }),
    debug: say,
    info: say,
    warn: say,
    error(event, error, fields) {
      say(event, fields);
      errors.push(error);
    },
  };
}
