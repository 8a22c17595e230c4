import { sql } from "kysely";
import type { Emoji } from "../../src/core/card.ts";
import type { UserRef } from "../../src/core/ids.ts";
import type { ReactionStore } from "../../src/ports/posts.ts";
import type { Db } from "./tables.ts";

export function createReactionStore(db: Db): ReactionStore {
  return {
    async find(post, person, emoji) {
      const row = await db
        .selectFrom("reactions")
        .select(["present", "adds"])
        .where("post", "=", post)
        .where("person", "=", person)
        .where("emoji", "=", emoji)
        .executeTakeFirst();
      return { person, emoji, present: row?.present ?? false, adds: row?.adds ?? 0 };
    },
    async set(post, person, emoji, present) {
      await sql`
        insert into reactions (post, person, emoji, present, adds)
        values (${post}, ${person}, ${emoji}, ${present}, ${present ? 1 : 0})
        on conflict (post, person, emoji) do update
        set present = excluded.present, adds = reactions.adds + excluded.adds
        where reactions.present <> excluded.present`.execute(db);
    },
    async all(post) {
      const rows = await db
        .selectFrom("reactions")
        .select(["person", "emoji", "present", "adds"])
        .where("post", "=", post)
        .execute();
      return rows.map((row) => ({ ...row, person: row.person as UserRef, emoji: row.emoji as Emoji }));
    },
  };
}
