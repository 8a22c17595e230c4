/** A permission that the app asks a workspace for. */
export interface Scope {
  readonly name: string;
  /** What it is for, to the person who installs the app. */
  readonly reason: string;
  /** Whether an installer may decline it. What then does not work is said in `reason`. */
  readonly optional: boolean;
}

/**
 * Every scope of the bot's token, the least that all of Draftroom needs.
 *
 * Names: https://docs.slack.dev/reference/scopes. Optional ones:
 * https://docs.slack.dev/changelog/2026/03/16/optional-scopes.
 */
export const SCOPES: readonly Scope[] = [
  { name: "commands", reason: "Offer /draft, /quota, /help and the shortcuts.", optional: false },
  { name: "chat:write", reason: "Post grids and finals, and answer people privately.", optional: false },
  {
    name: "app_mentions:read",
    reason: "Hear “@draftroom a red fox”, which works in threads, where Slack has no slash commands.",
    optional: false,
  },
  {
    name: "reactions:read",
    reason: "Count reactions on its grids and finals as votes, picks and approvals.",
    optional: false,
  },
  { name: "reactions:write", reason: "Put the numbers under a grid, ready to click.", optional: false },
  { name: "files:write", reason: "Upload the pictures that it makes.", optional: false },
  {
    name: "files:read",
    reason: "See when Slack has processed a picture, and read pictures that people attach to a request.",
    optional: false,
  },
  {
    name: "channels:read",
    reason: "See whether it is in a public channel before it makes anything for it.",
    optional: false,
  },
  {
    name: "groups:read",
    reason: "See whether it is in a private channel before it makes anything for it.",
    optional: false,
  },
  {
    name: "channels:join",
    reason: "Join a public channel when asked for a draft there. Without it, people invite it with /invite.",
    optional: true,
  },
  {
    name: "usergroups:read",
    reason: "Take art directors and managers from user groups. Without it, list people one by one.",
    optional: true,
  },
  {
    name: "users:read",
    reason:
      "Tell your own people from those of other organizations. Without it, everybody who is listed has their role.",
    optional: true,
  },
  {
    name: "channels:history",
    reason:
      "After a network failure, look in a public channel for its own message before posting it again. Without it, that message may appear twice.",
    optional: true,
  },
  { name: "groups:history", reason: "The same in private channels.", optional: true },
];
