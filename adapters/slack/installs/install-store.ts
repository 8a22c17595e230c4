import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { InstallTables } from "./install-tables.ts";
import { decodeInstallation, encodeInstallation, type Installation } from "./installation.ts";
import { type TokenVault, VaultError } from "./token-vault.ts";

/** Keeps installations, encrypted, and who is refreshing which. Rejects with the database's error. */
export interface InstallStore {
  /**
   * The installation that serves a workspace: its own, or else that of its organization.
   *
   * @throws VaultError for a record that cannot be read.
   */
  findFor(team: string): Promise<Kept | undefined>;
  /** @throws VaultError */
  find(id: string): Promise<Kept | undefined>;
  /** When it was installed; for records that cannot be read, too. */
  findDate(id: string): Promise<Date | undefined>;
  /** Replaces the one before. */
  keep(installation: Installation): Promise<void>;
  /** `false` when another has taken its place. Repeatable. */
  remove(id: string, installedAt: Date): Promise<boolean>;

  /**
   * The sole right to refresh the token of an installation, for some time; undefined when another has
   * it, or the record is no longer the one that was found.
   */
  claim(kept: Kept, ms: number): Promise<string | undefined>;
  /** Ends a claim with new tokens; `false` when it was no longer held. */
  replace(claim: string, installation: Installation): Promise<boolean>;
  /** Ends a claim, and lets nobody claim for so long. */
  release(claim: string, pauseMs: number): Promise<void>;

  /** Workspaces with an installation of their own or of their organization. */
  teams(): Promise<readonly string[]>;
  /** Those of the workspaces that have none. */
  without(teams: readonly string[]): Promise<readonly string[]>;
  /** The workspaces that are known to belong to an organization. */
  teamsOf(enterprise: string): Promise<readonly string[]>;
  /** Undefined: it belongs to none. */
  assign(team: string, enterprise: string | undefined): Promise<void>;
}

export interface Kept {
  readonly id: string;
  readonly installation: Installation;
  readonly installedAt: Date;
  /** The record as it stands: it changes with every write. */
  readonly sealed: string;
}

interface Parts {
  readonly db: Kysely<InstallTables>;
  readonly vault: TokenVault;
  readonly clock: Clock;
  readonly log: Log;
}

/** No statement here is part of a longer transaction: whatever Slack has given is kept at once. */
export function createInstallStore({ db, vault, clock, log }: Parts): InstallStore {
  const seal = (installation: Installation) => vault.seal(encodeInstallation(installation), installation.id);

  async function open(row: Pick<Kept, "id" | "sealed"> & { installed_at: Date }): Promise<Kept> {
    const { words, isOldKey } = vault.open(row.sealed, row.id);
    const installation = decodeInstallation(row.id, words);
    if (installation === undefined)
      throw new VaultError("broken", `the record of ${row.id} has another form`);
    const kept = { id: row.id, installation, installedAt: row.installed_at };
    if (!isOldKey) return { ...kept, sealed: row.sealed };
    const sealed = seal(installation);
    const { numUpdatedRows } = await db
      .updateTable("slack_installs")
      .set({ sealed })
      .where("id", "=", row.id)
      .where("sealed", "=", row.sealed)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) log.info("slack.install_resealed", { install: row.id });
    return { ...kept, sealed: numUpdatedRows > 0n ? sealed : row.sealed };
  }

  const rows = () => db.selectFrom("slack_installs").select(["id", "sealed", "installed_at"]);
  const served = () =>
    db
      .selectFrom("slack_workspaces as w")
      .innerJoin("slack_installs as i", "i.id", "w.enterprise")
      .select("w.team as team")
      .union(db.selectFrom("slack_installs").select("id as team").where("id", "like", "T%"));

  return {
    async findFor(team) {
      const enterprise = db.selectFrom("slack_workspaces").select("enterprise").where("team", "=", team);
      const row = await rows()
        .where((where) => where.or([where("id", "=", team), where("id", "=", enterprise)]))
        .orderBy(sql`id = ${team}`, "desc")
        .limit(1)
        .executeTakeFirst();
      return row && open(row);
    },

    async find(id) {
      const row = await rows().where("id", "=", id).executeTakeFirst();
      return row && open(row);
    },

    async findDate(id) {
      return (await rows().where("id", "=", id).executeTakeFirst())?.installed_at;
    },

    async keep(installation) {
      const record = {
        sealed: seal(installation),
        installed_at: clock(),
        // Whoever refreshes the tokens of the one before has nothing more to say.
        lease: null,
        lease_until: null,
      };
      await db
        .insertInto("slack_installs")
        .values({ id: installation.id, ...record })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(record))
        .execute();
    },

    async remove(id, installedAt) {
      const { numDeletedRows } = await db
        .deleteFrom("slack_installs")
        .where("id", "=", id)
        .where("installed_at", "=", installedAt)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async claim({ id, sealed }, ms) {
      const lease = randomUUID();
      const { numUpdatedRows } = await db
        .updateTable("slack_installs")
        .set({ lease, lease_until: fromNow(ms) })
        .where("id", "=", id)
        .where("sealed", "=", sealed)
        .where((where) =>
          where.or([where("lease_until", "is", null), where("lease_until", "<", sql<Date>`now()`)]),
        )
        .executeTakeFirst();
      return numUpdatedRows > 0n ? lease : undefined;
    },

    async replace(claim, installation) {
      const { numUpdatedRows } = await db
        .updateTable("slack_installs")
        .set({ sealed: seal(installation), lease: null, lease_until: null })
        .where("id", "=", installation.id)
        .where("lease", "=", claim)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async release(claim, pauseMs) {
      await db
        .updateTable("slack_installs")
        .set({ lease: null, lease_until: fromNow(pauseMs) })
        .where("lease", "=", claim)
        .execute();
    },

    async teams() {
      return (await served().execute()).map(({ team }) => team).sort();
    },

    async without(teams) {
      const has = new Set((await served().execute()).map(({ team }) => team));
      return teams.filter((team) => !has.has(team));
    },

    async teamsOf(enterprise) {
      const found = await db
        .selectFrom("slack_workspaces")
        .select("team")
        .where("enterprise", "=", enterprise)
        .orderBy("team")
        .execute();
      return found.map(({ team }) => team);
    },

    async assign(team, enterprise) {
      if (enterprise === undefined) {
        await db.deleteFrom("slack_workspaces").where("team", "=", team).execute();
        return;
      }
      await db
        .insertInto("slack_workspaces")
        .values({ team, enterprise })
        .onConflict((conflict) => conflict.column("team").doUpdateSet({ enterprise }))
        .execute();
    },
  };
}

/** By the database's clock, which is the same for all processes. */
function fromNow(ms: number) {
  return sql<Date>`now() + ${ms} * interval '1 millisecond'`;
}
