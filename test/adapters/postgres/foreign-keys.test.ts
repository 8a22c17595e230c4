import { afterAll, beforeAll, expect, it } from "vitest";
import { openEmbedded, type TestDatabase } from "../../support/open-databases.ts";

let bench: TestDatabase;
beforeAll(async () => {
  bench = await openEmbedded();
});
afterAll(() => bench.close());

interface ForeignKey {
  readonly table: string;
  readonly columns: string;
  readonly hasIndex: boolean;
}

/** A deleted row asks for each that led to it: without an index that is the whole table, for every row. */
it("whatever a foreign key leads from is found by an index", async () => {
  const { rows } = await bench.pool.query<ForeignKey>(`
    select c.conrelid::regclass::text as table, c.conkey::text as columns, exists (
      select from pg_index i
      where i.indrelid = c.conrelid and i.indpred is null
        and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] = c.conkey
    ) as "hasIndex"
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'draftroom'::regnamespace`);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter((each) => !each.hasIndex)).toEqual([]);
});
