import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { actionOf, cardOf, gridOf, shows, wordsOf } from "../support/cards.ts";
import { type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";
import { findMentions } from "../support/mentions.ts";
import { freshDatabase } from "../support/postgres-server.ts";
import { openLocalGoogle } from "../support/providers/local-google.ts";
import { openLocalOpenai } from "../support/providers/local-openai.ts";
import type { LocalProvider } from "../support/providers/local-provider.ts";
import { connectStudio, type StudioClient } from "../support/studio-client.ts";

const [CHANNEL, OTHER] = ["spring-launch", "product-shots"];

let folder: string;
let before = { google: 0, openai: 0 };
let google: LocalProvider;
let openai: LocalProvider;
let draftroom: DraftroomProcess;
let studio: StudioClient;

/** The key that a provider accepts. */
const keyOf = ({ keys }: LocalProvider) => [...keys][0] ?? "";

/** Google's models lead. */
const env = () => ({
  DRAFTROOM_DATA_DIR: folder,
  DRAFTROOM_LOG_LEVEL: "info",
  GEMINI_API_KEY: keyOf(google),
  GEMINI_API_URL: new URL("v1beta", google.url).href,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-models-"));
  google = await openLocalGoogle();
  openai = await openLocalOpenai();
  const and = { OPENAI_API_KEY: keyOf(openai), OPENAI_API_URL: openai.url.href };
  draftroom = await startDraftroom({ ...env(), ...and });
  studio = await connectStudio(draftroom.url);
});
beforeEach(() => {
  before = { google: google.paid.length, openai: openai.paid.length };
});
afterAll(async () => {
  const said = draftroom.log();
  await draftroom.kill();
  await Promise.all([google.close(), openai.close()]);
  await rm(folder, { recursive: true, force: true });
  expect([...google.unknown, ...openai.unknown], "asked for what nobody documents").toEqual([]);
  for (const provider of [google, openai]) expect(said).not.toContain(keyOf(provider));
});

/** What was paid for since the test began. */
const paid = () => ({
  google: google.paid.slice(before.google),
  openai: openai.paid.slice(before.openai),
});

/** A provider that does not accept its key for as long as something goes on. */
async function withoutKey(provider: LocalProvider, work: () => Promise<void>): Promise<void> {
  const key = keyOf(provider);
  provider.keys.delete(key);
  try {
    await work();
  } finally {
    provider.keys.add(key);
  }
}

const people = () => ({ mia: studio.as("mia"), ada: studio.as("ada"), max: studio.as("max") });

/** What `/quota` says is left, and held. */
async function quota(): Promise<{ readonly available: number; readonly reserved: number }> {
  const answer = await studio.as("max").command(CHANNEL, "/quota");
  const words = answer.kind === "message" ? wordsOf(cardOf(answer.message)) : "";
  const [, available] = /(\d+) of \d+ credits left/.exec(words) ?? [];
  const [, reserved] = /· (\d+) held/.exec(words) ?? [];
  return { available: Number(available), reserved: Number(reserved ?? 0) };
}

describe("with keys in the environment", () => {
  test("takes come from the fast model, and the picked one goes whole to the high-fidelity one", async () => {
    const was = await quota();
    const { mia, ada } = people();
    await mia.command(CHANNEL, "/draft a red fox in snow --aspect 16:9 --count 2");
    const grid = await mia.until(gridOf("a red fox in snow"));
    expect(paid().google.map((call) => [call.model, call.aspect, call.pictures.length])).toEqual([
      ["gemini-3.1-flash-lite-image", "16:9", 0],
      ["gemini-3.1-flash-lite-image", "16:9", 0],
    ]);
    await ada.press(grid.id, actionOf(grid, "2"));
    const final = await mia.until(shows(/Final of take 2/));
    const [call] = paid().google.slice(2);
    expect(call).toMatchObject({ model: "gemini-3-pro-image", aspect: "16:9", size: "2K" });
    expect(call?.prompt).toContain("a red fox in snow");
    expect(call?.pictures).toHaveLength(1);
    expect(wordsOf(cardOf(final))).toContain("nano-banana-pro");
    expect(await quota()).toEqual({ available: was.available - 2 - 4, reserved: 0 });

    const recipe = await mia.press(final.id, actionOf(final, "Recipe"));
    const told = recipe.kind === "message" ? wordsOf(cardOf(recipe.message)) : "";
    expect(told).toContain("google/gemini-3-pro-image");
    const [, like] = /like of \/draft: (\w+)/.exec(told) ?? [];
    await mia.command(CHANNEL, `/draft --like ${like} --count 1`);
    await mia.until(shows(/like .*a red fox in snow/));
  });

  test("three takes of four are shown, and the refused one is given back", async () => {
    const was = await quota();
    google.next("made", "blocked", "made", "made");
    const { mia } = people();
    await mia.command(CHANNEL, "/draft a striped tent");
    const grid = await mia.until(gridOf("a striped tent"));
    expect(wordsOf(cardOf(grid))).toMatch(
      /Take \d is missing: The image model refused this prompt\. Credits returned/,
    );
    expect([paid().google.length, paid().openai.length]).toEqual([3, 0]);
    expect(await quota()).toEqual({ available: was.available - 3, reserved: 0 });
  });

  test("a final that its safety filter holds back costs nothing, and says what to do", async () => {
    const { mia, ada } = people();
    await mia.command(CHANNEL, "/draft a tin robot --count 1");
    const grid = await mia.until(gridOf("a tin robot"));
    const was = await quota();
    google.next("withheld");
    await ada.press(grid.id, actionOf(grid, "1"));
    const failed = await mia.until(shows(/safety filter held it back/));
    expect(wordsOf(cardOf(failed))).toMatch(/Nothing was charged, and the grid is open again/);
    expect(await quota()).toEqual(was);
  });

  test("takes that the first model is too busy for are made by the next, and the grid says so", async () => {
    const was = await quota();
    // Two takes come, two are tried twice, and then again by the next model.
    google.next("made", "made", ...Array(6).fill("overloaded"));
    const { mia } = people();
    await mia.command(CHANNEL, "/draft a paper boat");
    const grid = await mia.until(gridOf("a paper boat"));
    expect(wordsOf(cardOf(grid))).toMatch(/nano-banana-2\.1, because nano-banana-lite/);
    expect(paid().google).toHaveLength(4);
    expect(await quota()).toEqual({ available: was.available - 4, reserved: 0 });
  });

  test("when a key is taken away midway, another provider makes the final", async () => {
    const { mia, ada } = people();
    await mia.command(CHANNEL, "/draft an orange sail --count 1");
    const grid = await mia.until(gridOf("an orange sail"));
    await withoutKey(google, async () => {
      await ada.press(grid.id, actionOf(grid, "1"));
      const final = await mia.until(shows(/Final of take 1 .* an orange sail/));
      expect(wordsOf(cardOf(final))).toMatch(/gpt-image-sunburst, because .*nano-banana-pro/);
    });
    expect(paid().openai.map((call) => call.pictures.length)).toEqual([1]);
  });

  test("when all keys are taken away, the work ends with a word about the key, and costs nothing", async () => {
    const { mia, ada } = people();
    await mia.command(CHANNEL, "/draft a brass bell --count 1");
    const grid = await mia.until(gridOf("a brass bell"));
    const was = await quota();
    await withoutKey(google, () =>
      withoutKey(openai, async () => {
        await ada.press(grid.id, actionOf(grid, "1"));
        await mia.until(shows(/could not be made\.\n.*did not accept Draftroom's key/));
      }),
    );
    expect(await quota()).toEqual(was);
  });

  test("a manager chooses what a channel draws with, and a person for one round", async () => {
    const { mia, max } = people();
    await max.command(OTHER, "/quota models draft gpt-image-flare");
    await mia.command(OTHER, "/draft a red kite --count 1");
    await mia.until(gridOf("a red kite"));
    expect([paid().google.length, paid().openai.length]).toEqual([0, 1]);
    await mia.command(OTHER, "/draft a blue kite --count 1 --model nano-banana-lite");
    await mia.until(gridOf("a blue kite"));
    expect([paid().google.length, paid().openai.length]).toEqual([1, 1]);
  });

  test("cancelled while two takes are being made that are paid for anyway, a round gives back the others", async () => {
    const was = await quota();
    google.next(...Array(4).fill("slow"));
    const { mia } = people();
    await mia.command(CHANNEL, "/draft a glass pear --count 8");
    const busy = await mia.until(shows(/Drafting 8 takes/));
    const said = await mia.press(busy.id, actionOf(busy, "Cancel"));
    expect(said.kind).toBe("message");
    expect((await quota()).available).toBeGreaterThanOrEqual(was.available - 4);
  });
});

const postgresUrl = inject("postgresUrl");

describe.skipIf(postgresUrl === undefined)("a model that fails again and again", () => {
  let pool: pg.Pool;
  let other: DraftroomProcess;
  beforeAll(async () => {
    const databaseUrl = await freshDatabase(postgresUrl ?? "");
    pool = new pg.Pool({ connectionString: databaseUrl });
    other = await startDraftroom({ ...env(), DATABASE_URL: databaseUrl });
  });
  afterAll(async () => {
    await other.kill();
    await pool.end();
  });

  test("is left alone, and asked again when its time has come", async () => {
    const mia = (await connectStudio(other.url)).as("mia");
    google.next(...Array(8).fill("overloaded"));
    await mia.command(CHANNEL, "/draft a red fox in snow");
    await mia.until(gridOf("a red fox in snow"));
    const counts = "select count(*)::int as calls from draftroom.model_calls where name = 'nano-banana-lite'";
    const asked = async () => (await pool.query(counts)).rows[0].calls;
    const before = await asked();
    expect(before).toBeGreaterThanOrEqual(5);
    await mia.command(CHANNEL, "/draft a blue fox");
    await mia.until(gridOf("a blue fox"));
    expect(await asked(), "nobody asks while it rests").toBe(before);

    await pool.query("update draftroom.breakers set open_until = now() - interval '1 second'");
    await mia.command(CHANNEL, "/draft a green fox --count 1 --seed 1");
    await mia.until(gridOf("a green fox"));
    expect(await asked()).toBe(before + 1);

    expect(await findMentions(pool, [keyOf(google)]), "no key in any record or job").toEqual({});
  });
});
