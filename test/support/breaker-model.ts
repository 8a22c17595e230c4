import {
  ASK_AGAIN_MS,
  FAILURES_MAX,
  OPEN_MS_MAX,
  OPEN_MS_MIN,
  TRIAL_MS_MAX,
} from "../../adapters/postgres/breakers.ts";

/** What a breaker has to answer, in plain words: times in milliseconds. */
export class BreakerModel {
  failures = 0;
  #state:
    | { readonly is: "closed" }
    | { readonly is: "open"; readonly until: number; readonly forMs: number }
    | {
        readonly is: "trying";
        readonly until: number;
        readonly forMs: number;
        readonly opened: number;
      } = { is: "closed" };

  get openUntil(): number | undefined {
    if (this.#state.is === "closed") return undefined;
    return this.#state.is === "open" ? this.#state.until : this.#state.opened;
  }

  /** Until when it is open for whoever asks; undefined: they are admitted. */
  admit(now: number): number | undefined {
    const state = this.#state;
    if (state.is === "closed") return undefined;
    if (now < state.until) return state.is === "open" ? state.until : now + ASK_AGAIN_MS;
    const opened = state.is === "open" ? state.until : state.opened;
    this.#state = { is: "trying", until: now + TRIAL_MS_MAX, forMs: state.forMs, opened };
    return undefined;
  }

  succeeded(): void {
    this.failures = 0;
    this.#state = { is: "closed" };
  }

  failed(now: number): "counted" | "opened" {
    const state = this.#state;
    this.failures += 1;
    if (state.is === "open" || (state.is === "closed" && this.failures < FAILURES_MAX)) return "counted";
    const forMs = state.is === "closed" ? OPEN_MS_MIN : Math.min(2 * state.forMs, OPEN_MS_MAX);
    this.#state = { is: "open", until: now + forMs, forMs };
    return "opened";
  }
}
