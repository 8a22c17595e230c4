import { z } from "zod";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/ports/log.ts";
import type { Access, TeamAccess } from "../installs/access.ts";
import { isLimit, refusalOf, toChatError } from "../slack-errors.ts";
import { createAnswerCache } from "./answer-cache.ts";

/** Tells the people of a workspace from those of others, whom Slack Connect lets in. */
export interface People {
  /**
   * Whether a person belongs neither to the workspace nor to its organization. Without the scope
   * `users:read` nobody is taken for a stranger.
   *
   * @throws ChatError
   */
  isStranger(team: string, user: string): Promise<boolean>;
  /**
   * Those who are no strangers, in their order. Who is not known is left out, as long as somebody is, when
   * Slack will not speak of them, or not yet: a group may have more people than Slack lets us ask for in a
   * minute.
   *
   * @throws ChatError when Slack does not answer.
   */
  ours(team: string, users: readonly string[]): Promise<readonly string[]>;
  forget(team: string): void;
}

const HOUR_MS = 3_600_000;
/** An event has to be answered within 3 seconds: https://docs.slack.dev/apis/events-api. */
const PATIENCE_MS = 1_200;

/** `users.info`, 100 a minute: https://docs.slack.dev/reference/methods/users.info, https://docs.slack.dev/apis/slack-connect. */
const USERS_INFO = z.object({
  user: z.object({
    team_id: z.string().nullish(),
    enterprise_user: z.object({ enterprise_id: z.string().nullish() }).nullish(),
  }),
});

export function createPeople({ access, clock }: { access: Access; clock: Clock }): People {
  const strangers = createAnswerCache<boolean>(
    { holdsMs: HOUR_MS, patienceMs: PATIENCE_MS, pauseMs: 1_000, keysMax: 20_000 },
    clock,
  );

  const isStranger = (team: string, user: string) =>
    strangers.find(keyOf(team, user), async () => ask(await access.of(team), user));

  return {
    isStranger,
    async ours(team, users) {
      const answers = await Promise.allSettled(users.map((user) => isStranger(team, user)));
      const known = users.filter((_, index) => {
        const answer = answers[index];
        return answer?.status === "fulfilled" && !answer.value;
      });
      const failed = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
      const unheard = failed.filter(
        (error) => !(error instanceof ChatError) || (error.kind === "unavailable" && !isLimit(error)),
      );
      const [failure] = known.length === 0 ? failed : unheard;
      if (failure !== undefined) throw failure;
      return known;
    },
    forget: (team) => strangers.forget((key) => key.startsWith(keyOf(team, ""))),
  };
}

async function ask({ team, enterprise, client }: TeamAccess, user: string): Promise<boolean> {
  try {
    const { user: info } = USERS_INFO.parse(await client.users.info({ user }));
    if (info.team_id === team) return false;
    const home = info.enterprise_user?.enterprise_id;
    const isOfOrganization = enterprise !== undefined && home === enterprise;
    return !isOfOrganization;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === "missing_scope") return false;
    if (refusal === "user_not_found" || refusal === "user_not_visible") return true;
    throw toChatError(`users.info in ${team}`, error);
  }
}

function keyOf(team: string, user: string): string {
  return `${team}:${user}`;
}
