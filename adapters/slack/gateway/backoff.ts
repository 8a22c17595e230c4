/** The longest wait before the next try, in milliseconds. */
const WAIT_MS_MAX = 30_000;
const FIRST_WAIT_MS = 500;

/**
 * How long to wait after so many failures in a row, in milliseconds: none, then twice as long each time,
 * up to 30 s; shortened by chance up to a half, so that those who failed together do not come back together.
 */
export function backoffMs(failures: number): number {
  if (failures === 0) return 0;
  const full = Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 16));
  return Math.round(full * (1 - Math.random() / 2));
}
