/** How often to look whether work is still wanted, in milliseconds: soon enough for whoever has cancelled it. */
const LOOK_MS = 1_000;

/** Why a signal was aborted. */
export class NotWanted extends Error {
  override readonly name = "NotWanted";
}

/**
 * Runs work whose signal is aborted with `NotWanted` when nobody wants it any more, besides when `signal` is.
 * A look that fails is a look that says nothing.
 */
export async function whileWanted<T>(
  signal: AbortSignal,
  isWanted: () => Promise<boolean>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const unwanted = new AbortController();
  const timer = setInterval(() => {
    isWanted().then(
      (wanted) => wanted || unwanted.abort(new NotWanted("nobody wants it any more")),
      () => undefined,
    );
  }, LOOK_MS);
  try {
    return await work(AbortSignal.any([signal, unwanted.signal]));
  } finally {
    clearInterval(timer);
  }
}
