/**
 * Fair order between channels, then people: start-time fair queueing (Goyal, Vin, Cheng, 1996).
 *
 * Each person of a channel has a lane. A lane's next work starts where its last ended, but not before
 * the clock (the latest turn that has started), so that being idle earns nothing and a backlog delays
 * its own lane only. Work is counted in blocks, one grid's worth, so that a small round goes through
 * whole. People of one channel share its speed: with k of them waiting, each one's turns are k apart.
 */
export interface LaneState {
  /** The latest turn that has started in this queue. */
  readonly clock: number;
  /** Where this lane's work ends so far. */
  readonly finish: number;
  /** How many other people of the channel have work waiting. */
  readonly othersWaiting: number;
}

/** Takes of a block share a turn. A final is a block of its own. */
export const BLOCK = { takes: 4, finals: 1 } as const;

/** The turns of `count` new jobs of a lane, and where the lane ends then. Lower goes first. */
export function turnsOf(
  lane: LaneState,
  count: number,
  block: number,
): { readonly turns: readonly number[]; readonly finish: number } {
  const start = Math.max(lane.clock, lane.finish);
  const step = 1 + lane.othersWaiting;
  const turns = Array.from({ length: count }, (_, index) => start + step * Math.floor(index / block));
  return { turns, finish: start + step * Math.ceil(count / block) };
}
