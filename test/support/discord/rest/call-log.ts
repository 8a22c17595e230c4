import type { DiscordAnswer, DiscordCall } from "../local-discord.ts";

/** A call that is being answered. */
export type OpenCall = { -readonly [Key in keyof DiscordCall]: DiscordCall[Key] };

export function noteAnswer(call: OpenCall, answer: DiscordAnswer): void {
  call.answer = answer;
}

/** Whether a route (`POST /channels/{channel}/messages`) is meant by a pattern in which `*` stands for anything. */
export function matchesRoute(pattern: string, route: string): boolean {
  const literal = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${literal}$`).test(route);
}
