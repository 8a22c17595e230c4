import { z } from "zod";
import { type Finding, fine, warn } from "../../../src/ports/finding.ts";
import { trouble } from "./trouble.ts";
import type { Workspace } from "./workspace.ts";

/** https://docs.slack.dev/reference/methods/users.conversations */
const PAGE = z.object({
  channels: z.array(z.object({ name: z.string().optional() })).default([]),
  response_metadata: z.object({ next_cursor: z.string().default("") }).default({ next_cursor: "" }),
});
/** "An integer with a max value of 999", of which Slack recommends 200 at most. */
const PAGE_LENGTH = 200;
const PAGES_MAX = 5;
const NAMES_MAX = 8;

/** Which channels the bot is in, as far as it may know. */
export async function checkChannels(workspace: Workspace, api: URL): Promise<readonly Finding[]> {
  const { scopes, botName } = workspace;
  const types = [
    ...(scopes.has("channels:read") ? ["public_channel"] : []),
    ...(scopes.has("groups:read") ? ["private_channel"] : []),
  ];
  if (types.length === 0) return [];
  try {
    const names = await readNames(workspace, types.join(","));
    if (names.length === 0) {
      return [
        warn(`@${botName} is in no channel.`, `Type /invite @${botName} in the one where it is to work.`),
      ];
    }
    const shown = names.slice(0, NAMES_MAX).map((name) => `#${name}`);
    const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
    return [fine(`@${botName} is in ${shown.join(", ")}${more}.`)];
  } catch (error) {
    return [trouble(error, "users.conversations", api)];
  }
}

async function readNames({ client, team }: Workspace, types: string): Promise<readonly string[]> {
  const names: string[] = [];
  let cursor = "";
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = PAGE.parse(
      await client.users.conversations({
        types,
        team_id: team,
        exclude_archived: true,
        limit: PAGE_LENGTH,
        ...(cursor === "" ? {} : { cursor }),
      }),
    );
    names.push(...answer.channels.map((each) => each.name ?? "?"));
    cursor = answer.response_metadata.next_cursor;
    if (cursor === "") break;
  }
  return names;
}
