import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBullQueue } from "../../adapters/bullmq/bull-queue.ts";
import { migrateQueue } from "../../adapters/bullmq/migrate-queue.ts";
import { createFileBlobs } from "../../adapters/files/file-blobs.ts";
import { createMakeImage } from "../../src/assets/make-image.ts";
import { createFewAtOnce } from "../../src/core/few-at-once.ts";
import type { FinalId, RoundId, TakeId } from "../../src/core/ids.ts";
import type { ModelSpec } from "../../src/core/model.ts";
import { createRenderFinal } from "../../src/finals/render-final.ts";
import { createAskModel } from "../../src/models/ask-model.ts";
import { type BlobStore, StorageError } from "../../src/ports/blobs.ts";
import type { ImageModel } from "../../src/ports/image-model.ts";
import type { JobTree } from "../../src/ports/jobs.ts";
import { createComposeGrid } from "../../src/rounds/compose-grid.ts";
import { createRenderTake } from "../../src/rounds/render-take.ts";
import { ATTEMPT } from "./attempt.ts";
import { onlyModel } from "./models.ts";
import type { TestDatabase } from "./open-databases.ts";
import { MODEL } from "./open-story.ts";
import type { Desk } from "./story-desk.ts";
import { createStrictLog } from "./strict-log.ts";

/**
 * The workers of the story desk, over real images in a folder of their own and a real queue from which
 * nobody takes: each job runs when a test says so.
 */
export async function openWorkshop(bench: TestDatabase) {
  const folder = await mkdtemp(join(tmpdir(), "draftroom-workshop-"));
  const files = createFileBlobs(folder);
  /** A disk that can be full. */
  const disk = { isFull: false };
  const blobs: BlobStore = {
    async put(key, bytes) {
      if (disk.isFull) throw new StorageError(`could not keep ${key}`);
      return files.put(key, bytes);
    },
    find: (key) => files.find(key),
    delete: (key) => files.delete(key),
    tidy: (before) => files.tidy(before),
  };
  await migrateQueue(bench.pool);
  const log = createStrictLog([]);
  const queue = createBullQueue({
    backend: { kind: "postgres", pool: bench.pool },
    log,
    platforms: ["studio"],
    models: [],
  });
  const partsOf = ({ database, clock }: Desk) => ({ database, clock, blobs, queue, log, poke: () => {} });
  const workWith = (desk: Desk, image: ImageModel, changes: Partial<ModelSpec>) => {
    const parts = { ...partsOf(desk), fewDecoded: createFewAtOnce(2) };
    const makeImage = createMakeImage({ ...parts, askModel: createAskModel(parts) });
    return { ...parts, models: onlyModel(image, changes), makeImage };
  };

  return {
    folder,
    disk,
    blobs,
    queue,
    makeTake: (desk: Desk, take: TakeId, image: ImageModel, changes: Partial<ModelSpec> = {}) =>
      createRenderTake(workWith(desk, image, changes))({ v: 2, take, model: MODEL }, ATTEMPT),
    makeFinal: (desk: Desk, final: FinalId, image: ImageModel, changes: Partial<ModelSpec> = {}) =>
      createRenderFinal(workWith(desk, image, changes))({ v: 2, final, model: MODEL }, ATTEMPT),
    composeGrid: (desk: Desk, round: RoundId, attempt = ATTEMPT) =>
      createComposeGrid(partsOf(desk))({ v: 1, round }, attempt),

    /** What was decided and is not in the queue yet, by the id of its job. */
    async decided(job: string): Promise<readonly JobTree[]> {
      const { rows } = await bench.pool.query("select tree from draftroom.outbox order by seq");
      return rows.map((row) => row.tree).filter((tree: JobTree) => tree.job.id === job);
    },
    /** What was decided is lost, as when a queue without a disk restarts. */
    loseAll: () => bench.pool.query("delete from draftroom.outbox"),

    async close() {
      await queue.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>;
