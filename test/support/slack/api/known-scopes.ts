/** The bot scopes that mean something here. https://docs.slack.dev/reference/scopes */
export const KNOWN_SCOPES: readonly string[] = [
  "app_mentions:read",
  "assistant:write",
  "channels:history",
  "channels:join",
  "channels:read",
  "chat:write",
  "chat:write.public",
  "commands",
  "files:read",
  "files:write",
  "groups:history",
  "groups:read",
  "im:history",
  "im:read",
  "im:write",
  "reactions:read",
  "reactions:write",
  "team:read",
  "usergroups:read",
  "users:read",
];

/** What an installation has when a test does not say: all but posting without membership, which hides a missing join. */
export const USUAL_SCOPES: readonly string[] = KNOWN_SCOPES.filter((scope) => scope !== "chat:write.public");
