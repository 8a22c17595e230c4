/** What the work comes to, unless the signal is aborted first: then its reason, at once, and the work is left to itself. */
export async function unlessAborted<T>(work: PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  return await Promise.race([work, aborted]).finally(() => signal.removeEventListener("abort", stop));
}
