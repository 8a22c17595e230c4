import { ChatError } from "../../../src/ports/chat.ts";
import type { TeamAccess } from "../installs/access.ts";
import { slackWord } from "../slack-errors.ts";
import type { Slack } from "./ask-slack.ts";
import { beforehand } from "./beforehand.ts";

/**
 * Does what needs the bot in a channel. If it is not there, it joins a public one where it is allowed to.
 *
 * @throws ChatError `refused`, with how to invite it, when it cannot.
 */
export async function inChannel<T>(
  slack: Slack,
  access: TeamAccess,
  channel: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (slackWord(error) !== "not_in_channel" || !(await join(slack, access, channel))) throw error;
    return work();
  }
}

/** False where only an invitation helps. https://docs.slack.dev/reference/methods/conversations.join */
async function join(slack: Slack, access: TeamAccess, channel: string): Promise<boolean> {
  if (!access.scopes.has("channels:join")) return false;
  try {
    const joined = slack.ask(access, "conversations.join", (client) =>
      client.conversations.join({ channel }),
    );
    await beforehand(joined);
    return true;
  } catch (error) {
    if (error instanceof ChatError && error.kind === "refused") return false;
    throw error;
  }
}
