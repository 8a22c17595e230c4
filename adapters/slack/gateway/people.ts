import type { MemberRef } from "../../../src/core/ids.ts";
import type { Mention } from "../../../src/ports/chat.ts";
import type { Access } from "../installs/access.ts";
import { groupRef, userRef } from "../slack-refs.ts";
import type { Named } from "./read-text.ts";

/** Who people are, as far as what they say depends on it. */
export interface People {
  /** The bot of a workspace, as it is mentioned. */
  bot(team: string): Promise<string>;
  /**
   * Whom a text names. Strangers, and the bot itself, are left out: they can have no role.
   *
   * @throws ChatError when Slack could not be asked who somebody is.
   */
  mentions(team: string, named: readonly Named[]): Promise<readonly Mention[]>;
}

/** What is remembered of who is who. */
export interface KnownPeople {
  /** Whether a person belongs neither to the workspace nor to its organization. */
  isStranger(team: string, user: string): Promise<boolean>;
  /** Something has changed in a user group (`S…`) of a workspace; undefined for any of them. */
  forget(team: string, group: string | undefined): void;
}

interface Parts {
  readonly access: Access;
  readonly roles: KnownPeople;
}

export function createPeople({ access, roles }: Parts): People {
  const bot = async (team: string) => (await access.of(team)).botUser;

  async function memberRef(team: string, id: string): Promise<MemberRef | undefined> {
    if (id.startsWith("S")) return groupRef(team, id);
    const isOurs = id !== (await bot(team)) && !(await roles.isStranger(team, id));
    return isOurs ? userRef(team, id) : undefined;
  }

  return {
    bot,
    async mentions(team, named) {
      const meant = await Promise.all(
        named.map(async ({ typed, id }) => ({ typed, who: await memberRef(team, id) })),
      );
      return meant.flatMap(({ typed, who }) => (who === undefined ? [] : [{ typed, who }]));
    },
  };
}
