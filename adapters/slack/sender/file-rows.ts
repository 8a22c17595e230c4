import type { Kysely } from "kysely";
import type { AssetId } from "../../../src/core/ids.ts";
import type { FileTables } from "./file-tables.ts";

/** What has been uploaded of an asset to a workspace. */
export interface UploadedFile {
  readonly team: string;
  readonly asset: AssetId;
  readonly file: string;
  /** `png`, `jpg`, `webp`. */
  readonly type: string;
  readonly state: "sent" | "kept" | "ready";
  readonly shared: boolean;
  readonly permalink: string | undefined;
  readonly uploadedAt: Date;
}

export interface FileRows {
  find(team: string, asset: AssetId): Promise<UploadedFile | undefined>;
  /** The latest upload of an asset is the one. */
  put(file: UploadedFile): Promise<void>;
  /** Nothing, when another file stands for the asset by now. */
  forget(file: UploadedFile): Promise<void>;
  /** Everything of a workspace. */
  forgetAll(team: string): Promise<void>;
}

export function createFileRows(db: Kysely<FileTables>): FileRows {
  return {
    async find(team, asset) {
      const row = await db
        .selectFrom("slack_files")
        .selectAll()
        .where("team", "=", team)
        .where("asset", "=", asset)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const { file, type, state, shared, permalink, uploaded_at } = row;
      return {
        team,
        asset,
        file,
        type,
        state,
        shared,
        permalink: permalink ?? undefined,
        uploadedAt: uploaded_at,
      };
    },

    async put({ team, asset, file, type, state, shared, permalink, uploadedAt }) {
      const values = { file, type, state, shared, permalink: permalink ?? null, uploaded_at: uploadedAt };
      await db
        .insertInto("slack_files")
        .values({ team, asset, ...values })
        .onConflict((conflict) => conflict.columns(["team", "asset"]).doUpdateSet(values))
        .execute();
    },

    async forget({ team, asset, file }) {
      await db
        .deleteFrom("slack_files")
        .where("team", "=", team)
        .where("asset", "=", asset)
        .where("file", "=", file)
        .execute();
    },

    async forgetAll(team) {
      await db.deleteFrom("slack_files").where("team", "=", team).execute();
    },
  };
}
