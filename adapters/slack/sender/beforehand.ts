import { ChatError } from "../../../src/ports/chat.ts";

/** What has to be done before a message is posted: when that fails, there is no doubt that nothing was posted. */
export async function beforehand<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ChatError) || !error.inDoubt) throw error;
    const { kind, message, retryAfterMs, cause } = error;
    const later = retryAfterMs === undefined ? {} : { retryAfterMs };
    throw new ChatError(kind, message, { ...later, inDoubt: false, cause });
  }
}
