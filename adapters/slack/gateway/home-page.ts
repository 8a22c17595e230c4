import type { UserRef } from "../../../src/core/ids.ts";
import type { ChatInbox } from "../../../src/ports/chat.ts";
import type { Log } from "../../../src/ports/log.ts";
import { toHome } from "../blocks/to-home.ts";
import type { Access } from "../installs/access.ts";
import { readMember, workspaceRef } from "../slack-refs.ts";
import type { Answers } from "./answers.ts";
import { HOME_UNREADABLE } from "./gateway-cards.ts";

interface Parts {
  readonly inbox: ChatInbox;
  readonly installs: Access;
  readonly answers: Answers;
  readonly log: Log;
}

/** Shows a person their own page as it is now. Nothing is recorded by that: when it fails, the page says so. */
export async function showHome({ inbox, installs, answers, log }: Parts, person: UserRef): Promise<void> {
  const { team } = readMember(person);
  try {
    const cards = await inbox.home(workspaceRef(team), person);
    await answers.publish(person, toHome(cards, (await installs.of(team)).url));
  } catch (error) {
    log.error("slack.home_not_shown", error);
    await answers.publish(person, toHome([HOME_UNREADABLE]));
  }
}
