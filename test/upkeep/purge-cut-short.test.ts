import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BlobStore } from "../../src/ports/blobs.ts";
import { plain } from "../images/pictures.ts";
import { audit } from "../support/audit.ts";
import { type Departing, DUE, openDeparting, PAST_GRACE, type PurgeGround } from "../support/departing.ts";
import { dyingAfter } from "../support/doomed.ts";
import { doomDatabase } from "../support/doomed-adapters.ts";
import { findMentions, unmentioned } from "../support/mentions.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { openWorkshop, type Workshop } from "../support/story-workshop.ts";

let bench: TestDatabase;
let shop: Workshop;
let red: Buffer;
let here: Departing;
beforeAll(async () => {
  bench = await openEmbedded();
  shop = await openWorkshop(bench);
  red = await plain(64, 64, "#f00").png().toBuffer();
});
beforeEach(async () => {
  await shop.loseAll();
  here = openDeparting(bench, shop, red);
});
afterAll(async () => {
  await audit(bench.pool);
  await shop.close();
  await bench.close();
});

describe("a purge that is cut short", () => {
  it("at any call leaves nothing behind that it could not find again, and books that add up", async () => {
    for (const channel of [here.channelIn(here.workspace), here.channelIn(here.workspace)])
      await here.lived(channel);
    await here.started(here.channelIn(here.workspace));
    const names = await here.namesIn(here.workspace);
    const assets = (await here.files())
      .map(assetOf)
      .filter((asset) => names.includes(asset.replace(/-\w+$/, "")));
    expect(assets.length).toBeGreaterThan(20);
    await here.leave();
    await cutShort(DUE);
    // What was running then has kept all of it once more.
    await Promise.all(assets.map((asset) => shop.blobs.put(`paid/${asset}`, red)));
    await cutShort(PAST_GRACE);
    await here.sweep(DUE);
    expect(await findMentions(bench.pool, names)).toEqual({});
    expect((await here.files()).map(assetOf).filter((asset) => assets.includes(asset))).toEqual([]);
  });

  /** Cuts it short after one call more each time, until it comes to its end. */
  async function cutShort(at: Date): Promise<void> {
    let hasEnded = false;
    let deaths = 0;
    for (; !hasEnded && deaths < 500; deaths++) {
      hasEnded = await here.purge(at, dying(deaths)).then(
        () => true,
        (error: Error) => {
          expect(error.message).toBe("killed");
          return false;
        },
      );
      await audit(bench.pool);
      const kept = (await here.files()).map(assetOf);
      expect(await unmentioned(bench.pool, kept), `after ${deaths} calls`).toEqual([]);
    }
    // Each time it got a little further, or it would never have ended.
    expect(deaths).toBeGreaterThan(10);
    expect(hasEnded).toBe(true);
  }

  /** The ports of a process that ends after so many calls. */
  function dying(calls: number): PurgeGround {
    const doom = dyingAfter(calls);
    const blobs: BlobStore = {
      ...shop.blobs,
      async delete(key) {
        doom.at("before delete");
        await shop.blobs.delete(key);
        doom.at("after delete");
      },
    };
    return { database: doomDatabase(here.desk.database, doom), blobs };
  }
});

function assetOf(file: string): string {
  return file.replace(/\.maker$/, "");
}
