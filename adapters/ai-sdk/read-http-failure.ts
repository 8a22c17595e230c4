import { ModelError, type ModelErrorDetails, type ModelFailureKind } from "../../src/ports/image-model.ts";
import { readRetryAfterMs } from "./retry-after.ts";
import type { Exchange, Wire } from "./wire.ts";

/**
 * What a call came to by the last answer's HTTP status alone (RFC 9110, §15.5 and §15.6): nothing that was
 * refused is paid for. Without a whole answer nobody knows. A 2xx that no package could read may have been
 * paid for. What never went out, the package itself did not accept.
 */
export function readHttpFailure(provider: string, wire: Wire): ModelError {
  if (wire.asked === 0) {
    return new ModelError("invalid", `no request that can be put to ${provider}`, {
      retryable: false,
      billed: "no",
    });
  }
  const last = wire.asked > wire.exchanges.length ? undefined : wire.exchanges.at(-1);
  if (last === undefined) {
    return new ModelError("overloaded", `no answer from ${provider}`, { retryable: true, billed: "unknown" });
  }
  const { kind, ...details } = meaningOf(last);
  return new ModelError(kind, `${provider} answered ${last.status}`, details);
}

function meaningOf(last: Exchange): ModelErrorDetails & { readonly kind: ModelFailureKind } {
  const retryAfterMs = readRetryAfterMs(last.headers);
  const { status } = last;
  const final = { retryable: false, billed: "no" } as const;
  const again = { retryable: true, billed: "no", retryAfterMs } as const;
  if (status < 400) return { kind: "no_image", retryable: true, billed: "unknown" };
  if (status === 401 || status === 403) return { kind: "auth", ...final };
  if (status === 402) return { kind: "quota", ...final };
  if (status === 404 || status === 410) return { kind: "no_model", ...final };
  if (status === 408) return { kind: "timeout", ...again };
  if (status === 429) return { kind: "rate_limited", ...again };
  if (status < 500) return { kind: "invalid", ...final };
  if (status === 504) return { kind: "timeout", ...again, billed: "unknown" };
  return { kind: "overloaded", ...again };
}
