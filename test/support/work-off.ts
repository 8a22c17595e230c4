import { expect } from "vitest";
import { createMakeImage, type MakeImage } from "../../src/assets/make-image.ts";
import { createFewAtOnce } from "../../src/core/few-at-once.ts";
import type { FinalId, PostId, RoundId, TakeId } from "../../src/core/ids.ts";
import type { ModelName } from "../../src/core/model.ts";
import { createRenderFinal } from "../../src/finals/render-final.ts";
import { createAskModel } from "../../src/models/ask-model.ts";
import type { Models } from "../../src/models/models.ts";
import type { Attempt, Job } from "../../src/ports/jobs.ts";
import { createRenderTake } from "../../src/rounds/render-take.ts";
import { type Desk, inWords } from "./story-desk.ts";
import type { Workshop } from "./story-workshop.ts";
import { createStrictLog } from "./strict-log.ts";

const ATTEMPTS = 5;

/** The process is gone, between what it has kept and the record of it. */
class Died extends Error {}

/** Dies after its first image: whoever takes up the job again finds it. */
function mortal(makeImage: MakeImage): MakeImage {
  let hasDied = false;
  return async (order, attempt) => {
    const made = await makeImage(order, attempt);
    if (hasDied || made.status === "failed") return made;
    hasDied = true;
    throw new Died();
  };
}

/** Does what was decided, in order, each job with all of its tries and without their waits. */
export async function workOff(desk: Desk, shop: Workshop, models: Models): Promise<void> {
  const { database, clock } = desk;
  const parts = {
    database,
    clock,
    blobs: shop.blobs,
    log: createStrictLog([]),
    fewDecoded: createFewAtOnce(2),
    poke: () => {},
  };
  const makeImage = mortal(createMakeImage({ ...parts, askModel: createAskModel(parts) }));
  const take = createRenderTake({ ...parts, models, makeImage });
  const final = createRenderFinal({ ...parts, models, makeImage });
  const grids: RoundId[] = [];
  for (;;) {
    const now = new Date();
    const rows = await database.records.outbox.claim(now, new Date(now.getTime() + 60_000), 100);
    await database.records.outbox.remove(rows.map((row) => row.seq));
    const jobs = rows.flatMap(({ tree }) => [...tree.children, tree.job]);
    if (jobs.length === 0) break;
    for (const job of jobs) {
      if (isNamed(job, "take.render")) {
        const work = () => findTake(desk, job.payload.take);
        await seePass(desk, work, () => climb((attempt) => take(job.payload, attempt)));
      } else if (isNamed(job, "final.render")) {
        const work = () => findFinal(desk, job.payload.final);
        await seePass(desk, work, () => climb((attempt) => final(job.payload, attempt)));
      } else if (isNamed(job, "grid.compose")) grids.push(job.payload.round);
    }
  }
  for (const round of grids) await shop.composeGrid(desk, round);
}

interface Work {
  readonly model: ModelName;
  readonly post: PostId;
}

async function findTake({ database }: Desk, id: TakeId): Promise<Work> {
  const take = await database.records.rounds.findTake(id);
  if (take === undefined) throw new Error(`no take ${id}`);
  return { model: take.model, post: take.round.post };
}

async function findFinal({ database }: Desk, id: FinalId): Promise<Work> {
  const final = await database.records.finals.find(id);
  if (final === undefined) throw new Error(`no final ${id}`);
  return final;
}

/** Where work goes to another model, people see that at once. */
async function seePass(desk: Desk, find: () => Promise<Work>, climbing: () => Promise<void>): Promise<void> {
  const { model, post } = await find();
  const words = async () => {
    const card = desk.platform.shown.get(await desk.show(post));
    return card && inWords(card);
  };
  const before = await words();
  await climbing();
  const now = await find();
  if (now.model === model) return;
  const after = await words();
  expect(after).not.toBe(before);
  expect(after).toMatch(new RegExp(`${now.model} makes .*now, because .*${model}`));
}

function isNamed<Name extends Job["name"]>(job: Job, name: Name): job is Job<Name> {
  return job.name === name;
}

async function climb(handle: (attempt: Attempt) => Promise<unknown>): Promise<void> {
  const { signal } = new AbortController();
  for (let number = 1; number <= ATTEMPTS; ) {
    const isLast = number === ATTEMPTS;
    try {
      await handle({ number, isLast, signal });
      return;
    } catch (error) {
      // A death is no failed attempt.
      if (error instanceof Died) continue;
      if (isLast) throw error;
      number += 1;
    }
  }
}
