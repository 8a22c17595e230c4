import { z } from "zod";
import { ModelError, type ModelFailureKind } from "../../src/ports/image-model.ts";
import type { Answer } from "./ask.ts";

type Meaning = readonly [kind: ModelFailureKind, retryable: boolean];

/**
 * What the web UI says with a 500, by the name of the error in its code. Out of GPU memory: the same picture
 * will not fit the next time either, but another model may have room for it. Not a number: the numbers of
 * this picture ran away, those of the next try may not.
 */
const ERRORS: Readonly<Record<string, Meaning>> = {
  OutOfMemoryError: ["overloaded", false],
  NansException: ["no_image", true],
};

const failed = z.object({ error: z.string().regex(/^\w{1,60}$/) });

/** What an answer means that is not 200. Its text may repeat the prompt, and is left alone but for an error's name. */
export function readFailure({ status, json }: Answer): ModelError {
  const error = failed.safeParse(json).data?.error;
  const [kind, retryable] = meaningOf(status, error);
  const message = `the sdapi server answered ${status}${error === undefined ? "" : ` (${error})`}`;
  return new ModelError(kind, message, { retryable, billed: "no" });
}

function meaningOf(status: number, error: string | undefined): Meaning {
  const known = ERRORS[error ?? ""];
  if (status === 500 && known !== undefined) return known;
  if (status < 300) return ["no_image", true];
  if (status === 401 || status === 403) return ["auth", false];
  // Without its own words, there is no such route: the server is another, or was started without its API.
  if (status === 404) return [error === undefined ? "no_model" : "invalid", false];
  if (status === 408 || status === 504) return ["timeout", true];
  if (status === 429) return ["rate_limited", true];
  if (status < 500) return ["invalid", false];
  return ["overloaded", true];
}
