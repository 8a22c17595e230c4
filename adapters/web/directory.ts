import type { Kysely } from "kysely";
import type { Role } from "../../src/core/roles.ts";
import type { StudioTables } from "./studio-tables.ts";
import type { ChannelView, PersonView } from "./wire.ts";

/** Who and what there is in the studio. */
export interface Directory {
  people(): Promise<readonly PersonView[]>;
  channels(): Promise<readonly ChannelView[]>;
  hasPerson(person: string): Promise<boolean>;
  hasChannel(channel: string): Promise<boolean>;
  /** By the studio's own settings. */
  staff(channel: string, role: Role): Promise<readonly string[]>;
}

export function createDirectory(db: Kysely<StudioTables>): Directory {
  const people = () =>
    db.selectFrom("studio_people").select(["id", "name", "hue"]).orderBy("position").execute();

  async function channels(): Promise<readonly ChannelView[]> {
    const [rows, latest] = await Promise.all([
      db.selectFrom("studio_channels").select(["id", "topic"]).orderBy("position").execute(),
      db
        .selectFrom("studio_messages")
        .select((e) => ["channel", e.fn.max("position").as("position")])
        .where("thread", "is", null)
        .where("audience", "is", null)
        .groupBy("channel")
        .execute(),
    ]);
    return rows.map((row) => ({
      ...row,
      latest: latest.find((one) => one.channel === row.id)?.position ?? 0,
    }));
  }

  async function hasPerson(person: string): Promise<boolean> {
    return (
      (await db.selectFrom("studio_people").select("id").where("id", "=", person).executeTakeFirst()) !==
      undefined
    );
  }

  async function hasChannel(channel: string): Promise<boolean> {
    return (
      (await db.selectFrom("studio_channels").select("id").where("id", "=", channel).executeTakeFirst()) !==
      undefined
    );
  }

  async function staff(channel: string, role: Role): Promise<readonly string[]> {
    const rows = await db
      .selectFrom("studio_staff")
      .select("person")
      .where("channel", "=", channel)
      .where("role", "=", role)
      .orderBy("person")
      .execute();
    return rows.map((row) => row.person);
  }

  return { people, channels, hasPerson, hasChannel, staff };
}
