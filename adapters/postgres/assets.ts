import type { ImageMime, Recipe } from "../../src/core/asset.ts";
import type { AssetId } from "../../src/core/ids.ts";
import type { AssetStore } from "../../src/ports/records.ts";
import type { Db } from "./tables.ts";

export function createAssetStore(db: Db): AssetStore {
  return {
    async add(asset, at) {
      await db
        .insertInto("assets")
        .values({
          ...asset,
          recipe: asset.recipe === undefined ? null : JSON.stringify(asset.recipe),
          parents: [...asset.parents],
          created_at: at,
        })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
    },
    async find(id) {
      const row = await db.selectFrom("assets").selectAll().where("id", "=", id).executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        id,
        kind: row.kind,
        mime: row.mime as ImageMime,
        width: row.width,
        height: row.height,
        bytes: Number(row.bytes),
        // Written by `add` above, from the same type.
        recipe: (row.recipe ?? undefined) as Recipe | undefined,
        parents: row.parents as AssetId[],
      };
    },
  };
}
