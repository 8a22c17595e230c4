import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StudioPage, type, visit } from "../adapters/web/browser.ts";
import { chromium, launchChromium } from "../support/chromium.ts";
import { type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";
import { openLocalGoogle } from "../support/providers/local-google.ts";
import type { LocalProvider } from "../support/providers/local-provider.ts";
import { type LocalSdapi, openLocalWebUi } from "../support/providers/local-sdapi.ts";

// What people see of image models on the page: the real program, and providers that are stood in for.

const TRICKY = 'a poster that says "SALE" with exactly 7 lemons';

/** The grid of a prompt, as everybody sees it in the channel. */
const gridOf = (page: Page, prompt: string): Locator =>
  page
    .locator(".room .message", {
      has: page.getByRole("img", { name: new RegExp(`take.* for: ${prompt}`) }),
    })
    .last();

const thread = (page: Page): Locator => page.getByRole("complementary", { name: /thread/i });

/** The newest message that only this person sees. */
const whisper = (place: Locator): Locator =>
  place.locator(".message", { hasText: "Only visible to you" }).last();

/** Opens the thread of a grid. */
const openThread = (grid: Locator): Promise<void> =>
  grid.getByRole("button", { name: /repl(y|ies)/ }).click();

/** With its reactions a message is whole, and its buttons are known as its own. */
async function whole(message: Locator): Promise<void> {
  await message.locator(".reactions").waitFor();
}

async function press(place: Locator, name: string): Promise<void> {
  await place.getByRole("button", { name, exact: true }).last().click();
}

describe.skipIf(chromium === undefined)("image models on the page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  describe("of Google", () => {
    let google: LocalProvider;
    let started: Started;
    beforeAll(async () => {
      google = await openLocalGoogle();
      const [key = ""] = google.keys;
      const env = { GEMINI_API_KEY: key, GEMINI_API_URL: new URL("v1beta", google.url).href };
      started = await start(browser, env);
    });
    afterAll(async () => {
      await started.end();
      await google.close();
      expect(google.unknown).toEqual([]);
    });

    test("a round by the fast one, a final by the other, and how both were made", async () => {
      const { mia, ada } = started;
      await type(mia, "/draft a red fox in snow --aspect 16:9");
      const grid = gridOf(ada, "a red fox in snow");
      await grid.getByRole("img", { name: /A grid of 4 takes for: a red fox in snow/ }).waitFor();
      await grid.getByText(/4 credits · 396 left · seed \d+ · nano-banana-lite · AI-generated/).waitFor();
      await whole(grid);
      await onOneLine(grid, ["1", "2", "3", "4", "Reroll", "Edit…", "Vary…", "Approve", "Recipe"]);

      await press(grid, "Recipe");
      const ofGrid = whisper(ada.locator(".room"));
      await ofGrid.getByText("nano-banana-lite (google/gemini-3.1-flash-lite-image").waitFor();
      await ofGrid.getByText("16:9 · 1K").waitFor();
      await ofGrid.getByText("use its id as the option like of /draft.").waitFor();
      expect(await mia.getByText("Only visible to you").count(), "whoever asks is told").toBe(0);

      await press(grid, "2");
      await openThread(grid);
      await thread(ada).getByText("Final of take 2 for").waitFor();
      await thread(ada)
        .getByText(/4 credits · 392 left · 2K · seed \d+ · nano-banana-pro · AI-generated/)
        .waitFor();
      await thread(ada)
        .getByRole("img", { name: /The final in high fidelity, made from take 2/ })
        .waitFor();
      await whole(thread(ada).locator(".message", { hasText: "Final of take 2" }));
      await press(thread(ada), "Recipe");
      const ofFinal = whisper(thread(ada));
      await ofFinal.getByText("nano-banana-pro (google/gemini-3-pro-image").waitFor();
      await ofFinal.getByText(/16:9 · 2K · follows take 2 closely \(0\.85\) · seed \d+/).waitFor();
    });

    test("advice on a prompt that the fast one gets wrong, with the better one chosen", async () => {
      const { mia } = started;
      await type(mia, `/draft ${TRICKY} --count 2 --aspect 3:2`);
      const form = mia.getByRole("dialog");
      await form
        .getByText(
          "Fast models often misspell words in pictures and draw more or fewer things than asked. " +
            "nano-banana-2.1 does better, for 1 credit a take.",
        )
        .waitFor();
      expect(await form.getByLabel("What should be seen?").inputValue()).toBe(TRICKY);
      expect(await form.getByText("For example").count(), "the box is filled").toBe(0);
      expect(await form.getByLabel("Model").inputValue()).toBe("nano-banana-2.1");
      expect(await form.getByLabel("How many takes").inputValue()).toBe("2");
      await press(form, "Draft");
      const grid = gridOf(mia, TRICKY);
      await grid.getByText(/2 credits · .* · nano-banana-2\.1 · AI-generated/).waitFor();
      expect(google.paid.slice(-2).map((call) => [call.model, call.aspect])).toEqual([
        ["gemini-nano-banana-2.1", "3:2"],
        ["gemini-nano-banana-2.1", "3:2"],
      ]);
    });

    test("who makes what when the first cannot, and how to say no to the rest", async () => {
      const { mia } = started;
      const room = mia.locator(".room");
      google.next("overloaded", "overloaded");
      await type(mia, "/draft a paper boat --count 1");
      await gridOf(mia, "a paper boat")
        .getByText("Made by nano-banana-2.1, because nano-banana-lite is overloaded.")
        .waitFor();

      google.next(...Array(4).fill("slow"));
      await type(mia, "/draft a glass pear --count 8");
      const busy = room.locator(".message", { hasText: "a glass pear" }).last();
      await busy.getByText("Drafting 8 takes in 1:1…").waitFor();
      await busy.getByText("8 credits held").waitFor();
      await press(busy, "Cancel");
      await whisper(room)
        .getByText(/^Cancelled \d takes\. \d credits given back\./)
        .waitFor();
      await busy.getByText(/were cancelled\. Credits returned\./).waitFor();
    });
  });

  describe("of one's own", () => {
    let gpu: LocalSdapi;
    let started: Started;
    beforeAll(async () => {
      gpu = await openLocalWebUi();
      const [key = ""] = gpu.keys;
      const [user = "", ...password] = key.split(":");
      const url = new URL(gpu.url);
      url.username = user;
      url.password = encodeURIComponent(password.join(":"));
      started = await start(browser, { SDAPI_URL: url.href });
    });
    afterAll(async () => {
      await started.end();
      await gpu.close();
      expect(gpu.unknown).toEqual([]);
    });

    test("a round and a final, smaller than wished and said so, and what is cut off costs nothing", async () => {
      const { mia, ada } = started;
      await type(mia, "/draft a harbour in fog --count 2 --size 4K");
      const grid = gridOf(ada, "a harbour in fog");
      await grid.getByText("Final: 4 credits. By sdapi it will be 2K instead of 4K.").waitFor();
      await grid.getByText(/2 credits · .* · sdapi · AI-generated/).waitFor();
      await whole(grid);
      await press(grid, "1");
      await openThread(grid);
      await thread(ada).getByText("sdapi makes no 4K: made in 2K.").waitFor();
      await whole(thread(ada).locator(".message", { hasText: "Final of take 1" }));
      await press(thread(ada), "Recipe");
      const recipe = whisper(thread(ada));
      await recipe.getByText("sdapi (sdapi/loaded, version juggernautXL [879db523c3])").waitFor();
      await recipe.getByText(/1:1 · 2K · follows take 1 closely/).waitFor();

      gpu.next(...Array(3).fill("slow"));
      await type(mia, "/draft a brass bell --count 3");
      const busy = mia.locator(".room .message", { hasText: "a brass bell" }).last();
      await busy.getByText("Drafting 3 takes in 1:1…").waitFor();
      await press(busy, "Cancel");
      await busy.getByText("Nothing was charged. Start it again whenever you like.").waitFor();
      await busy.getByText("0 credits · 394 left").waitFor();
    });
  });
});

interface Started {
  readonly mia: Page;
  readonly ada: Page;
  end(): Promise<void>;
}

/** The program with these settings, and two people on its page. */
async function start(browser: Browser, env: Readonly<Record<string, string>>): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), "draftroom-models-page-"));
  const draftroom: DraftroomProcess = await startDraftroom({ DRAFTROOM_DATA_DIR: folder, ...env });
  const see = (as: string): Promise<StudioPage> => visit(browser, { url: draftroom.url, as });
  const [mia, ada] = await Promise.all([see("mia"), see("ada")]);
  return {
    mia: mia.page,
    ada: ada.page,
    async end() {
      for (const { page } of [mia, ada]) await page.context().close();
      await draftroom.kill();
      await rm(folder, { recursive: true, force: true });
      expect([...mia.wrongs, ...ada.wrongs]).toEqual([]);
    },
  };
}

/** A grid's buttons are not scattered. */
async function onOneLine(grid: Locator, names: readonly string[]): Promise<void> {
  const tops = await Promise.all(
    names.map(
      async (name) => (await grid.getByRole("button", { name, exact: true }).first().boundingBox())?.y,
    ),
  );
  expect(new Set(tops).size, `${names.join(" ")} at ${tops.join(" ")}`).toBe(1);
}
