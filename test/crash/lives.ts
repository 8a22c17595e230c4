import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { DidNotStart, type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";
import { connectStudio, type StudioClient, StudioProblem } from "../support/studio-client.ts";

/** The program, as long as somebody starts it again whenever it dies. */
export interface Lives {
  /** Does something with the program. When it dies meanwhile: the same again, with the next one. */
  live<T>(step: (studio: StudioClient) => Promise<T>): Promise<T>;
  /** Lets it finish what there is to do and stop by itself. */
  end(): Promise<void>;
  /** Leaves nothing running, however the test went. */
  abandon(): Promise<void>;
  deaths(): number;
}

export interface LivesOrder {
  readonly env: Readonly<Record<string, string>>;
  /** Where the first life ends, the second, and so on; the life after those is not doomed. */
  readonly dooms: readonly Doomed[];
  readonly onDeath: () => Promise<void>;
}

/** A place in the program, or how many milliseconds it has been ready. */
export type Doomed = { readonly place: string } | { readonly afterMs: number };

interface Life {
  readonly process: DraftroomProcess;
  readonly studio: StudioClient;
  readonly died: Promise<void>;
}

const MAIN = new URL("./doomed-main.ts", import.meta.url).pathname;
/** A request that a death cut short may fail before the death is known. */
const NEWS_MS = 5_000;
/** The longest that the rest of the work may take. */
const END_MS = 60_000;

export function createLives({ env, dooms, onDeath }: LivesOrder): Lives {
  let deaths = 0;
  let life: Life | undefined;

  async function mourn(): Promise<void> {
    life = undefined;
    deaths += 1;
    await onDeath();
  }

  async function begin(): Promise<Life> {
    for (;;) {
      const doom = dooms[deaths];
      try {
        const doomed = doom !== undefined && "place" in doom ? { DOOM: doom.place } : undefined;
        const process = await startDraftroom({ ...env, ...doomed }, MAIN);
        const died = once(process.child, "exit").then(() => {});
        if (doom !== undefined && "afterMs" in doom) after(doom.afterMs).then(() => process.kill());
        return { process, died, studio: await connectStudio(process.url) };
      } catch (error) {
        if (!(error instanceof DidNotStart) || error.exitCode !== null || doom === undefined) throw error;
        await mourn();
      }
    }
  }

  async function current(): Promise<Life> {
    life ??= await begin();
    return life;
  }

  /** @throws Error when nobody has doomed it. */
  async function wake({ process }: Life): Promise<void> {
    if (process.child.signalCode !== "SIGKILL" || dooms[deaths] === undefined) {
      throw new Error(`the program ended by itself:\n${process.log()}`);
    }
    await mourn();
  }

  return {
    deaths: () => deaths,
    async live(step) {
      for (;;) {
        const now = await current();
        const died = now.died.then(() => undefined);
        const done = step(now.studio).then((value) => ({ value }));
        const outcome = await Promise.race([done, died]).catch(async (error: unknown) => {
          if (error instanceof StudioProblem) throw withLog(error, now);
          await Promise.race([died, after(NEWS_MS).then(() => Promise.reject(withLog(error, now)))]);
        });
        if (outcome !== undefined) return outcome.value;
        await wake(now);
      }
    },
    async end() {
      for (;;) {
        const now = await current();
        const late = after(END_MS, "late", { ref: false });
        const code = await Promise.race([now.process.stop(), late]);
        if (code === "late") throw withLog(new Error("it never came to rest"), now);
        if (code === 0) {
          life = undefined;
          return;
        }
        await wake(now);
      }
    },
    async abandon() {
      await life?.process.kill();
    },
  };
}

function withLog(cause: unknown, { process }: Life): Error {
  return new Error(`${cause instanceof Error ? cause.message : cause}\n${process.log()}`, { cause });
}
