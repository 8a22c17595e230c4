import { afterAll, beforeAll, expect, it } from "vitest";
import { openPglitePool } from "../../../adapters/pglite/pglite-pool.ts";
import { createDatabase } from "../../../adapters/postgres/database.ts";
import { migrate, readRecordMigrations, SCHEMA } from "../../../adapters/postgres/migrate.ts";
import type { AssetId, ChannelRef, FinalId, RoundId } from "../../../src/core/ids.ts";

type Pool = Awaited<ReturnType<typeof openPglitePool>>;

let pool: Pool;
beforeAll(async () => {
  pool = await openPglitePool({ dataDir: undefined, searchPath: SCHEMA });
});
afterAll(() => pool.end());

/** A round with a delivered final, as the first version kept it. */
const FIRST_VERSION_ROWS = `
  insert into accounts (id, allowance) values ('A', 0);
  insert into channels (ref, account_id) values ('studio:local:c', 'A');
  insert into concepts (id, channel, requester, root_post, created_at)
    values ('C', 'studio:local:c', 'studio:mia', 'P', now());
  insert into rounds (id, event, concept_id, number, requester, prompt, seed, aspect, take_count, final_size, origin,
                      model, take_price, post, status, grid, final_id, created_at, changed_at)
    values ('R', 'E', 'C', 1, 'studio:mia', 'a fox', 7, '1:1', 1, '2K', 'draft', 'draftroom/sketch', 1, 'P', 'closed', 'G', 'F',
            now(), now());
  insert into takes (id, round_id, number, seed, turn, status, asset) values ('T', 'R', 1, 4294967295, 0, 'made', 'T');
  insert into finals (id, round_id, take_id, size, model, price, picked_by, picked_at, post, turn, status, asset, preview,
                      changed_at)
    values ('F', 'R', 'T', '2K', 'draftroom/sketch', 4, 'studio:ada', now(), 'Q', 0, 'delivered', 'F', 'V', now());
  insert into assets (id, kind, mime, width, height, bytes, recipe, parents, created_at)
    values ('T', 'take', 'image/png', 8, 8, 9, '{"prompt": "a fox", "seed": 7, "model": "draftroom/sketch"}', '{}', now()),
           ('G', 'grid', 'image/jpeg', 8, 8, 9, null, '{T}', now());
  insert into outbox (tree) values ('{"job": {"id": "take.T", "name": "take.render"}, "children": []}'),
    ('{"job": {"id": "post.P.1", "name": "post.deliver"}, "children": []}');`;

it("what the first version kept is there as the newest one has it", async () => {
  const all = await readRecordMigrations();
  expect(await migrate(pool, all.slice(0, 1))).toEqual(["records-001-records"]);
  for (const statement of FIRST_VERSION_ROWS.split(";\n")) await pool.query(statement);
  expect(await migrate(pool, all)).toEqual(all.slice(1).map((each) => each.name));
  expect(await migrate(pool, all)).toEqual([]);
  const { rounds, finals, assets, channels, outbox } = createDatabase(pool).records;
  expect(await rounds.find("R" as RoundId)).toMatchObject({
    order: { references: [], keep: "close" },
    model: "sketch",
    takes: [{ model: "sketch", insteadOf: undefined }],
  });
  expect(await finals.find("F" as FinalId)).toMatchObject({
    seed: 2 ** 32 - 1,
    model: "sketch",
    insteadOf: undefined,
    state: { status: "delivered" },
  });
  expect((await assets.find("T" as AssetId))?.recipe).toEqual({
    tier: "draft",
    prompt: "a fox",
    seed: 7,
    name: "sketch",
    model: "draftroom/sketch",
    references: [],
    shortfalls: [],
  });
  expect((await channels.find("studio:local:c" as ChannelRef))?.isAdviceOn).toBe(true);
  // The job of a take named no model. The sweep makes another.
  const at = new Date();
  expect((await outbox.claim(at, at, 10)).map(({ tree }) => tree.job.id)).toEqual(["post.P.1"]);
  expect((await assets.find("G" as AssetId))?.recipe).toBeUndefined();
});
