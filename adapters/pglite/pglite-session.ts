import type { PGlite } from "@electric-sql/pglite";
import {
  errorFrame,
  type Frame,
  queryFrame,
  readStatus,
  readyFrame,
  type SessionStatus,
  splitFrames,
} from "./wire.ts";

/** One client of the session: who asks, by identity. */
export type SessionClient = object;

/** The single session of a database, taken in turns: from the start of a client's transaction to its end the others wait. */
export interface PgliteSession {
  /**
   * Runs one exchange (a simple query, or messages up to a Sync) and answers the frames of the server, in
   * order of asking. Never rejects: an engine that broke down answers with an error frame.
   */
  run(client: SessionClient, exchange: Buffer): Promise<readonly Frame[]>;
  /** Rolls back what the client left open. */
  abandon(client: SessionClient): void;
  statusOf(client: SessionClient): SessionStatus;
}

interface Turn {
  readonly client: SessionClient;
  readonly exchange: Buffer;
  readonly answer: (frames: readonly Frame[]) => void;
}

/** What every query hears once the engine has stopped, as it does when its disk is full. */
const STOPPED = "the embedded database stopped after an error: start the program again";

/** @param onStop called once, when the engine has broken down. */
export function createPgliteSession(database: PGlite, onStop: (error: Error) => void): PgliteSession {
  const turns: Turn[] = [];
  let holder: SessionClient | undefined;
  let status: SessionStatus = "I";
  let busy = false;
  let stopped = false;

  const next = (): Turn | undefined => {
    const index = holder === undefined ? 0 : turns.findIndex((turn) => turn.client === holder);
    return turns.splice(index, index < 0 ? 0 : 1)[0];
  };

  const play = async (turn: Turn): Promise<void> => {
    const frames = stopped ? systemError(STOPPED) : await exchange(database, turn.exchange);
    const after = readStatus(frames);
    status = after ?? "I";
    holder = status === "I" ? undefined : turn.client;
    if (after === undefined) {
      if (!stopped) onStop(new Error(STOPPED));
      stopped = true;
      const saidWhy = frames.some(({ type }) => type === "E");
      const { frames: end } = splitFrames(readyFrame("I"));
      turn.answer([...frames, ...(saidWhy ? [] : systemError(STOPPED)), ...end]);
    } else turn.answer(frames);
  };

  const pump = (): void => {
    if (busy) return;
    const turn = next();
    if (turn === undefined) return;
    busy = true;
    // The engine runs on this thread. Each exchange gets a round of the event loop of its own, so that
    // a row of them does not keep timers and sockets waiting.
    setImmediate(() => {
      void play(turn).then(() => {
        busy = false;
        pump();
      });
    });
  };

  const run = (client: SessionClient, bytes: Buffer): Promise<readonly Frame[]> =>
    new Promise((answer) => {
      turns.push({ client, exchange: bytes, answer });
      pump();
    });

  return {
    run,
    abandon: (client) => {
      if (holder === client) void run(client, queryFrame("ROLLBACK"));
    },
    statusOf: (client) => (holder === client ? status : "I"),
  };
}

async function exchange(database: PGlite, bytes: Buffer): Promise<readonly Frame[]> {
  const chunks: Buffer[] = [];
  try {
    // Each chunk is a view of the engine's memory: valid only now.
    await database.execProtocolRawStream(bytes, { onRawData: (chunk) => chunks.push(Buffer.from(chunk)) });
  } catch (error) {
    return systemError(error instanceof Error ? error.message : String(error));
  }
  return splitFrames(Buffer.concat(chunks)).frames;
}

/** 58000 is `system_error`. */
function systemError(reason: string): readonly Frame[] {
  return splitFrames(errorFrame("58000", reason)).frames;
}
