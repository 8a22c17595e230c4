import { startPrivateRedis } from "../test/support/redis-server.ts";
import { openServer, withFolder } from "./ground.ts";
import { atLeast, type Bench, type Line } from "./line.ts";
import { timePairs } from "./measure.ts";
import { startRoundLife } from "./round-life.ts";
import { openBareQueue, openOurQueue, openRoundPass, type RoundPass } from "./round-queue.ts";

const AT_ONCE = 16;
const BOUND = atLeast(0.6);
const LAYER = { name: "queue: a round's jobs on Redis", pairs: 9, rounds: 160 } as const;
/** Fewer rounds of ours than of the floor: each is much more work. */
const LIFE = { name: "queue: a round's life in the program", pairs: 3, ours: 32, floor: 160 } as const;

/**
 * A round's whole life through the queue, when its model takes no time, against bare BullMQ with as
 * many jobs on the same Redis. The second line is the whole program around it, which does far more
 * than queue: records in PostgreSQL, pictures on disk, a grid composed and posted. It promises nothing.
 */
export const queueBench: Bench = {
  name: "queue",
  async *run() {
    const redis = await startPrivateRedis([]);
    if (redis === undefined) {
      yield { name: LAYER.name, missing: "Redis is not installed" };
      return;
    }
    try {
      const bare = await openRoundPass(openBareQueue, redis.url);
      yield await measureLayer(redis.url, bare);
      yield await measureLife(redis.url, bare);
      await bare.close();
    } finally {
      await redis.stop();
    }
  },
};

async function measureLayer(redisUrl: string, bare: RoundPass): Promise<Line> {
  const { name, pairs, rounds } = LAYER;
  const ours = await openRoundPass(openOurQueue, redisUrl);
  const { ratio, oursMs, floorMs } = await timePairs(
    pairs,
    () => ours.pass(rounds, AT_ONCE),
    () => bare.pass(rounds, AT_ONCE),
  );
  await ours.close();
  return { name, ratio: 1 / ratio, bound: BOUND, detail: rates(rounds / oursMs, rounds / floorMs) };
}

async function measureLife(redisUrl: string, bare: RoundPass): Promise<Line> {
  const { name, pairs, ours, floor } = LIFE;
  const ground = await openServer();
  if (ground === undefined) return { name, missing: "PostgreSQL is not installed" };
  try {
    return await withFolder(async (folder) => {
      const life = await startRoundLife(ground, redisUrl, folder);
      const timed = await timePairs(
        pairs,
        () => life.pass(ours, AT_ONCE),
        () => bare.pass(floor, AT_ONCE),
      );
      await life.stop();
      const ratio = ours / floor / timed.ratio;
      return {
        name,
        ratio,
        bound: undefined,
        detail: rates(ours / timed.oursMs, floor / timed.floorMs),
      };
    });
  } finally {
    await ground.close();
  }
}

/** Takes rounds a millisecond. */
function rates(ours: number, floor: number): string {
  return `${(ours * 1000).toFixed(0)} rounds/s against ${(floor * 1000).toFixed(0)}`;
}
