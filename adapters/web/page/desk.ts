import type { Acting } from "./acting.ts";
import type { Composing } from "./composing.ts";
import type { Navigation } from "./navigation.ts";
import type { Scrolling } from "./scrolling.ts";
import type { State } from "./state.ts";
import type { Watching } from "./watching.ts";

/** What every view is drawn from, and talks to. */
export interface Desk {
  readonly state: State;
  readonly acting: Acting;
  readonly watching: Watching;
  readonly navigation: Navigation;
  readonly composing: Composing;
  readonly scrolling: Scrolling;
  readonly changed: () => void;
}
