import type { Route } from "./route.ts";
import { APP_ROUTES } from "./routes/apps.ts";
import { INTERACTION_ROUTES } from "./routes/interactions.ts";
import { MESSAGE_ROUTES } from "./routes/messages.ts";
import { REACTION_ROUTES } from "./routes/reactions.ts";
import { THREAD_ROUTES } from "./routes/threads.ts";

/** Everything of Discord's API that a Draftroom may need. Where two fit, the first is meant. */
export const ROUTES: readonly Route[] = [
  ...APP_ROUTES,
  ...MESSAGE_ROUTES,
  ...REACTION_ROUTES,
  ...THREAD_ROUTES,
  ...INTERACTION_ROUTES,
];
