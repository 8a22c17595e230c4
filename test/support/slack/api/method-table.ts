import type { Method } from "./method.ts";
import { ASSISTANT_METHODS } from "./methods/assistant.ts";
import { AUTH_METHODS } from "./methods/auth.ts";
import { CHAT_METHODS } from "./methods/chat.ts";
import { CONVERSATION_METHODS } from "./methods/conversations.ts";
import { FILE_METHODS } from "./methods/files.ts";
import { BARE_METHODS } from "./methods/oauth.ts";
import { PEOPLE_METHODS } from "./methods/people.ts";
import { REACTION_METHODS } from "./methods/reactions.ts";
import { VIEW_METHODS } from "./methods/views.ts";

/** Every method that the local Slack knows, by name. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  [
    ...ASSISTANT_METHODS,
    ...AUTH_METHODS,
    ...CHAT_METHODS,
    ...CONVERSATION_METHODS,
    ...FILE_METHODS,
    ...BARE_METHODS,
    ...PEOPLE_METHODS,
    ...REACTION_METHODS,
    ...VIEW_METHODS,
  ].map((method) => [method.name, method]),
);
