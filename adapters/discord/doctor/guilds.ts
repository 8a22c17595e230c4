import { type REST, Routes } from "discord.js";
import { z } from "zod";

/** A server that the bot is in. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  /** What the bot may do there, before what its channels say. */
  readonly permissions: bigint;
  readonly isOwner: boolean;
}

/** https://docs.discord.com/developers/resources/user#get-current-user-guilds */
const PAGE = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    owner: z.boolean().default(false),
    permissions: z.string().regex(/^\d+$/).transform(BigInt),
  }),
);
/** "Max number of guilds to return (1-200)". */
const PAGE_LENGTH = 200;
const PAGES_MAX = 10;

/** The servers that the bot is in: the first 2,000 of them. @throws what `REST` does. */
export async function readGuilds(rest: REST): Promise<readonly Guild[]> {
  const guilds: Guild[] = [];
  for (let page = 0; page < PAGES_MAX; page++) {
    const after = guilds.at(-1)?.id;
    const query = new URLSearchParams({ limit: `${PAGE_LENGTH}`, ...(after ? { after } : {}) });
    const found = PAGE.parse(await rest.get(Routes.userGuilds(), { query }));
    guilds.push(...found.map(({ owner: isOwner, ...guild }) => ({ ...guild, isOwner })));
    if (found.length < PAGE_LENGTH) break;
  }
  return guilds;
}

const NAMES_MAX = 8;

/** "Atelier, North and 3 more" */
export function inWords(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_MAX).join(", ");
  return names.length > NAMES_MAX ? `${shown} and ${names.length - NAMES_MAX} more` : shown;
}
