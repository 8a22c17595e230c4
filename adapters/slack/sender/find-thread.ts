import type { TeamAccess } from "../installs/access.ts";
import type { Slack } from "./ask-slack.ts";

/**
 * The ts of the first message of the thread that a message stands in, or begins. The permalink of a reply
 * names it (`?thread_ts=…`), and asking for that needs no scope: https://docs.slack.dev/reference/methods/chat.getPermalink
 *
 * @throws ChatError
 */
export async function findThread(
  slack: Slack,
  access: TeamAccess,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): Promise<string> {
  const { permalink } = await slack.ask(access, "chat.getPermalink", (client) =>
    client.chat.getPermalink({ channel, message_ts: ts }),
  );
  const query = permalink === undefined ? undefined : new URL(permalink).searchParams;
  return query?.get("thread_ts") ?? ts;
}
