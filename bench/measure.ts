/** How long the work took, in milliseconds. */
export async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The value below which `share` (0 to 1) of the values lie: the nearest rank. NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(share * values.length));
  return values.toSorted((a, b) => a - b)[rank - 1] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export interface Pairs {
  /** Medians, in milliseconds. */
  readonly oursMs: number;
  readonly floorMs: number;
  /** The median of the pairs' own ratios of time, ours to the floor. */
  readonly ratio: number;
}

/**
 * Times both again and again, one after the other and each first in turn, so that a busy machine
 * slows both. One pair more goes before, to warm up, and is not counted.
 */
export async function timePairs(
  count: number,
  ours: () => Promise<unknown>,
  floor: () => Promise<unknown>,
): Promise<Pairs> {
  const times: { ours: number; floor: number }[] = [];
  for (let pair = 0; pair <= count; pair++) {
    if (pair % 2 === 0) {
      const first = await elapsedMs(floor);
      times.push({ ours: await elapsedMs(ours), floor: first });
    } else {
      const first = await elapsedMs(ours);
      times.push({ ours: first, floor: await elapsedMs(floor) });
    }
  }
  const counted = times.slice(1);
  return {
    oursMs: median(counted.map((pair) => pair.ours)),
    floorMs: median(counted.map((pair) => pair.floor)),
    ratio: median(counted.map((pair) => pair.ours / pair.floor)),
  };
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
