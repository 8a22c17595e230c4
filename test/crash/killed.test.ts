import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Ground, layEmbeddedGround, layServerGround } from "./grounds.ts";
import type { Doomed } from "./lives.ts";
import { choosePlaces, type PlacesMax, spread } from "./places.ts";
import { startOnce } from "./start-once.ts";
import { type Survival, survive } from "./survive.ts";

/*
 * A whole journey, killed with SIGKILL at one place after the other. `CRASH_PLACES=all` dies at every
 * place that is worth it, which takes some ten minutes more.
 */
const PLACES: PlacesMax =
  process.env.CRASH_PLACES === "all"
    ? { kinds: Number.POSITIVE_INFINITY, more: Number.POSITIVE_INFINITY }
    : { kinds: 10, more: 2 };
const SERVER_PLACES = 6;
const AT_ONCE = 2;
const TIMEOUT_MS = 1_200_000;

let folder: string;
/** The data of a program that has started and stopped: what most people's Draftroom starts with. */
let template: string;
/** Every place that an undisturbed journey comes by. */
let listed: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-crash-template-"));
  template = join(folder, "data");
  const list = join(folder, "places");
  const ground = await layEmbeddedGround(undefined);
  await startOnce(ground);
  await cp(ground.dataDir, template, { recursive: true });
  const undisturbed = await survive(ground, [], list);
  await ground.remove();
  expect(undisturbed).toMatchObject({ problem: undefined, deaths: 0, paidAgain: 0, whispered: 0 });
  listed = (await readFile(list, "utf8")).trim().split("\n");
}, TIMEOUT_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Plays all journeys, two at a time, and prints how each went. */
async function surviveAll(
  orders: readonly (readonly Doomed[])[],
  lay: () => Promise<Ground>,
): Promise<readonly Survival[]> {
  const waiting = orders.values();
  const survivals: Survival[] = [];
  const play = async () => {
    for (const dooms of waiting) {
      const ground = await lay();
      survivals.push(await survive(ground, dooms));
      await ground.remove();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, play));
  console.log(survivals.map(toLine).sort().join("\n"));
  return survivals;
}

function toLine({ dooms, deaths, paidAgain, whispered, ms, problem }: Survival): string {
  const where = dooms
    .map((doom) => ("place" in doom ? doom.place : `after ${doom.afterMs} ms`))
    .join(", then ");
  const outcome =
    problem === undefined ? (deaths === dooms.length ? "nothing lost" : "not come by") : `LOST: ${problem}`;
  return `${where.padEnd(44)} ${deaths} deaths, ${paidAgain} paid again, ${whispered} private, ${ms} ms: ${outcome}`;
}

const at = (place: string): readonly Doomed[] => [{ place }];
const problemsOf = (survivals: readonly Survival[]) =>
  survivals.filter((each) => each.problem !== undefined).map(toLine);
const died = (survivals: readonly Survival[]) =>
  survivals.filter((each) => each.deaths === each.dooms.length).length;

describe("killed on the embedded database", () => {
  const lay = () => layEmbeddedGround(template);

  test(
    "at any place, a journey loses nothing",
    async () => {
      const survivals = await surviveAll(choosePlaces(listed, PLACES).map(at), lay);
      expect(problemsOf(survivals)).toEqual([]);
      expect(died(survivals)).toBeGreaterThanOrEqual(15);
    },
    TIMEOUT_MS,
  );

  test(
    "and again during the recovery",
    async () => {
      const orders = TWICE.map((places) => places.map((place) => ({ place })));
      const survivals = await surviveAll(orders, lay);
      expect(problemsOf(survivals)).toEqual([]);
      expect(died(survivals)).toBe(TWICE.length);
    },
    TIMEOUT_MS,
  );

  test(
    "between an answer that shows a round and the record of it",
    async () => {
      const layLive = async () => {
        const ground = await lay();
        return { ...ground, env: { ...ground.env, LIVE: "yes" } };
      };
      const survivals = await surviveAll(ANSWERS.map(at), layLive);
      expect(problemsOf(survivals)).toEqual([]);
      expect(died(survivals)).toBe(ANSWERS.length);
    },
    TIMEOUT_MS,
  );

  test(
    "before there is a database",
    async () => {
      const survivals = await surviveAll(BEGINNINGS.map(at), () => layEmbeddedGround(undefined));
      expect(problemsOf(survivals)).toEqual([]);
      expect(died(survivals)).toBe(BEGINNINGS.length);
    },
    TIMEOUT_MS,
  );

  test(
    "at moments of chance",
    async () => {
      const seed = Number(process.env.CRASH_SEED ?? Date.now() % 2 ** 31);
      console.log(`CRASH_SEED=${seed}`);
      const moments = fc.sample(fc.integer({ min: 0, max: 2_000 }), { seed, numRuns: 4 });
      const survivals = await surviveAll(
        moments.map((afterMs) => [{ afterMs }]),
        lay,
      );
      expect(problemsOf(survivals)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

/** The first death, and the one of the life after it. */
const TWICE = [
  ["after blobs.put(paid)#1", "after blobs.put(assets)#1"],
  ["after draft model.generate#2", "after draft model.generate#1"],
  ["after records.posts.claim#1", "after sender.post#1"],
  ["after queue.enqueue#2", "after records.outbox.claim#1"],
  // Posted, and nobody knows: the next life finds it there, and looks at what people did to it.
  ["after sender.post#1", "after sender.reactions#1"],
  ["after sender.post#2", "after records.posts.sent#1"],
  // In the middle of a redo, and when it is done but not said.
  ["after tx.finals.decide#1", "after inbox.press#1"],
  ["after records.assets.add#1", "after blobs.put(assets)#1"],
] as const;

/** Accepted and not shown, shown and not recorded, recorded and not acknowledged. */
const ANSWERS = [
  "after tx.rounds.start#1",
  "after inbox.command#1",
  "before inbox.answered#1",
  "after records.posts.answered#1",
  "after inbox.answered#1",
] as const;

const BEGINNINGS = ["before sql insert migrations#2", "before sql insert migration#3"] as const;

describe("killed on PostgreSQL and Redis", () => {
  const postgresUrl = inject("postgresUrl") ?? "";
  const redisUrl = inject("redisUrl") ?? "";

  test.skipIf(postgresUrl === "" || redisUrl === "")(
    "at any place, a journey loses nothing",
    async () => {
      const places = choosePlaces(listed, PLACES).filter((place) => !place.startsWith("before sql"));
      const chosen = [
        ...spread(places, SERVER_PLACES - 2),
        "before redis evalsha#40",
        "before redis evalsha#80",
      ];
      const lay = () => layServerGround(postgresUrl);
      const survivals = await surviveAll(chosen.map(at), lay);
      expect(problemsOf(survivals)).toEqual([]);
      expect(died(survivals)).toBeGreaterThanOrEqual(SERVER_PLACES);
    },
    TIMEOUT_MS,
  );
});
