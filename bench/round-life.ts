import sharp from "sharp";
import { createBullRunner } from "../adapters/bullmq/bull-runner.ts";
import { createPinoLog } from "../adapters/pino/pino-log.ts";
import type { Card } from "../src/core/card.ts";
import type { ImageModel } from "../src/ports/image-model.ts";
import { TEST_LANES } from "../test/support/models.ts";
import { PLATFORM, startBenchProgram } from "./bench-program.ts";
import type { Ground } from "./ground.ts";
import { CONCURRENCY } from "./round-queue.ts";

/** Pixels. Small, so that little of the time is sharp's. */
const TAKE_SIDE = 256;

/** Rounds through the whole program. */
export interface RoundLife {
  /** So many rounds, from the typed `/draft` to the posted grid, `atOnce` of them at the same time. */
  pass(rounds: number, atOnce: number): Promise<void>;
  stop(): Promise<void>;
}

/** The program with a model that answers at once, records on `ground`, its queue on Redis and pictures in `folder`. */
export async function startRoundLife(ground: Ground, redisUrl: string, folder: string): Promise<RoundLife> {
  const backend = { kind: "redis", url: redisUrl, prefix: "{life}" } as const;
  const posted = new Map<string, PromiseWithResolvers<void>>();
  const program = await startBenchProgram({
    pool: ground.pool,
    backend,
    folder,
    runner: createBullRunner({
      backend,
      log: createPinoLog("warn"),
      platforms: [PLATFORM],
      models: TEST_LANES,
      concurrency: CONCURRENCY,
      leaseMs: 30_000,
      retryLadderMs: undefined,
    }),
    model: await createReadyModel(),
    onCard: (channel: string, card: Card) => {
      if (card.tone === "error") posted.get(channel)?.reject(new Error(card.summary));
      if (card.picture !== undefined) posted.get(channel)?.resolve();
    },
  });
  let events = 0;
  return {
    async pass(rounds, atOnce) {
      let left = rounds;
      // One round at a time in a channel: its picture is then that round's.
      const lane = async (channel: string) => {
        while (left-- > 0) {
          const grid = Promise.withResolvers<void>();
          posted.set(channel, grid);
          await program.draft({ event: `life${events++}`, channel, person: "ana" });
          await grid.promise;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, (_, index) => lane(`c${index}`)));
    },
    stop: () => program.stop(),
  };
}

/** Answers with one and the same picture. */
async function createReadyModel(): Promise<ImageModel> {
  const background = { r: 180, g: 120, b: 60 };
  const picture = sharp({ create: { width: TAKE_SIDE, height: TAKE_SIDE, channels: 3, background } });
  const bytes = await picture.png().toBuffer();
  return {
    generate: async ({ seed }) => ({
      bytes,
      modelVersion: undefined,
      seed,
      requestId: undefined,
      cost: undefined,
    }),
    check: async () => ({ status: "reachable", how: "it is a picture" }),
  };
}
