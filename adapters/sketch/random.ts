/** A stream of numbers in [0, 1), the same for the same keys on every machine. */
export type Random = () => number;

/** Separate streams for separate concerns: drawing more texture must not move a lemon. */
export function createRandom(...keys: readonly (string | number)[]): Random {
  let state = hashOf(keys.join("\u0000"));
  // Mulberry32, by Tommy Ettinger (public domain).
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 32-bit FNV-1a over UTF-16 code units, with a last mix so that near strings lie far apart. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

export function pick<Item>(list: readonly Item[], index: number): Item {
  const item = list[((Math.floor(index) % list.length) + list.length) % list.length];
  if (item === undefined) throw new RangeError("cannot pick from an empty list");
  return item;
}
