import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionOf, cardOf, gridOf, shows, wordsOf } from "../support/cards.ts";
import { type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";
import { connectStudio, type StudioClient } from "../support/studio-client.ts";

const QUICK = { DRAFTROOM_SKETCH_DELAY_MS: "0", DRAFTROOM_LEASE_SECONDS: "2" };

let folder: string;
let draftroom: DraftroomProcess;
let studio: StudioClient;

async function start(): Promise<void> {
  draftroom = await startDraftroom({ ...QUICK, DRAFTROOM_DATA_DIR: folder });
  studio = await connectStudio(draftroom.url);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-funnel-"));
  await start();
});
afterAll(async () => {
  await draftroom.kill();
  await rm(folder, { recursive: true, force: true });
});

const people = () => ({
  mia: studio.as("mia"),
  noor: studio.as("noor"),
  ada: studio.as("ada"),
  max: studio.as("max"),
});

/** The figures of `/quota`. */
async function quota(channel: string) {
  const answer = await studio.as("max").command(channel, "/quota");
  const words = answer.kind === "message" ? wordsOf(cardOf(answer.message)) : "";
  const [, available, granted] = /(\d+) of (\d+) credits left/.exec(words) ?? [];
  const [, spent, reserved] = /(\d+) spent · (\d+) held/.exec(words) ?? [];
  return {
    available: Number(available),
    granted: Number(granted),
    spent: Number(spent),
    reserved: Number(reserved),
  };
}

/** What a person was told privately. */
function whispered(answer: Awaited<ReturnType<ReturnType<StudioClient["as"]>["say"]>>): string {
  if (answer.kind !== "message" && answer.kind !== "refused") return `(${answer.kind})`;
  return wordsOf(answer.kind === "message" ? cardOf(answer.message) : answer.card);
}

describe("a directed channel", () => {
  test("a member drafts, people vote, the director picks and approves: 8 credits", async () => {
    const { mia, noor, ada } = people();
    const before = await quota("spring-launch");
    const said = await mia.command("spring-launch", "/draft a red fox in snow");
    expect(said.kind).toBe("done");
    const live = await noor.until(shows(/drafts a red fox in snow/));
    const grid = await noor.until(gridOf("a red fox in snow"));
    expect(grid.id, "the grid replaces the live message").toBe(live.id);
    expect(cardOf(grid)?.reactions).toEqual(["n1", "n2", "n3", "n4", "reroll", "approve"]);

    await noor.react(grid.id, "n2");
    await mia.press(grid.id, actionOf(grid, "2"));
    const voted = await mia.until(shows(/Votes: take 2 @studio:noor, @studio:mia/));
    expect(voted.id).toBe(grid.id);

    await ada.react(grid.id, "n3");
    const final = await mia.until(shows(/Final of take 3 for @studio:mia/));
    expect(final.thread, "in the thread of its grid").toBe(grid.id);
    await mia.until(shows(/@studio:ada picked 3/));

    const denied = await mia.press(final.id, actionOf(final, "Approve"));
    expect(whispered(denied)).toMatch(/Only art directors decide here/);
    await ada.react(final.id, "approve");
    await mia.until(shows(/Approved by @studio:ada/));

    const after = await quota("spring-launch");
    expect(after).toEqual({
      ...before,
      available: before.available - 8,
      spent: before.spent + 8,
      reserved: 0,
    });
  });

  test("sent back, the grid opens again; varied, the takes are close to the chosen one", async () => {
    const { mia, ada } = people();
    await mia.command("spring-launch", "/draft three lemons on a blue plate --count 2 --seed 7 --aspect 4:5");
    const grid = await mia.until(gridOf("three lemons on a blue plate"));
    await ada.press(grid.id, actionOf(grid, "1"));
    const final = await mia.until(shows(/Final of take 1 for @studio:mia: three lemons/));
    const why = await ada.press(final.id, actionOf(final, "Send back…"));
    if (why.kind !== "form") throw new Error(`not a form: ${JSON.stringify(why)}`);
    await ada.submit("spring-launch", why.form.id, { because: "too blue" });
    await mia.until(shows(/Sent back by @studio:ada: too blue\. The grid is open again/));
    const open = await mia.until((messages) => {
      const message = messages.find((each) => each.id === grid.id);
      return cardOf(message)?.actions.some((action) => action.label === "1") ? message : undefined;
    });

    const asked = await mia.press(open.id, actionOf(open, "Vary…"));
    if (asked.kind !== "form") throw new Error(`not a form: ${JSON.stringify(asked)}`);
    await mia.submit("spring-launch", asked.form.id, {
      take: "2",
      count: "3",
      prompt: "three lemons on a blue plate",
    });
    const varied = await mia.until(
      shows(/varies take 2: three lemons on a blue plate\n(?!Drafting|3 takes in)/),
    );
    expect(varied.thread, "in the same thread").toBe(grid.id);
    expect(cardOf(varied)?.actions.filter((action) => /^\d$/.test(action.label))).toHaveLength(3);
  });

  test("edited, a prompt comes back in other words, in the thread of its grid", async () => {
    const { mia, noor } = people();
    await mia.command("spring-launch", "/draft a striped tent --count 2");
    const grid = await mia.until(gridOf("a striped tent"));
    const denied = await noor.press(grid.id, actionOf(grid, "Edit…"));
    expect(whispered(denied)).toMatch(/Only @studio:mia or an art director/);
    const asked = await mia.press(grid.id, actionOf(grid, "Edit…"));
    if (asked.kind !== "form") throw new Error(`not a form: ${JSON.stringify(asked)}`);
    const values = Object.fromEntries(asked.form.fields.map((each) => [each.name, each.value]));
    expect(values).toEqual({ prompt: "a striped tent", count: "2", aspect: "1:1", size: "2K" });
    await mia.submit("spring-launch", asked.form.id, { ...values, prompt: "a spotted tent", count: "1" });
    const edited = await mia.until(gridOf("a spotted tent"));
    expect(edited.thread).toBe(grid.id);
    expect(wordsOf(cardOf(edited))).toContain("tries other words: a spotted tent");
  });

  test("redone, a final is sent back and another comes, for another 4 credits", async () => {
    const { mia, ada } = people();
    const before = await quota("spring-launch");
    await mia.command("spring-launch", "/draft a tin robot --count 1");
    const grid = await mia.until(gridOf("a tin robot"));
    await ada.press(grid.id, actionOf(grid, "1"));
    const first = await mia.until(shows(/Final of take 1 for @studio:mia: a tin robot/));
    expect((await ada.press(first.id, actionOf(first, "Redo"))).kind).toBe("done");
    const second = await mia.until((messages) =>
      messages.find((each) => {
        const words = wordsOf(cardOf(each));
        return each.id !== first.id && /Final of take 1 .*: a tin robot\nAn art director's/.test(words);
      }),
    );
    expect(second.thread, "in the same thread").toBe(grid.id);
    const old = (await mia.messages({ thread: grid.id })).find((each) => each.id === first.id);
    expect(wordsOf(cardOf(old))).toContain("Sent back by @studio:ada. Another final is in the thread.");
    expect(cardOf(old)?.actions.map((action) => action.label)).toEqual(["Recipe"]);
    expect(cardOf(second)?.picture?.full).not.toBe(cardOf(first)?.picture?.full);
    await ada.press(second.id, actionOf(second, "Approve"));
    await mia.until(shows(/a tin robot\n.*Approved by @studio:ada/));
    expect(await quota("spring-launch")).toMatchObject({ spent: before.spent + 9, reserved: 0 });
  });

  test("🔄 makes another round in the thread, once for each time it is put on", async () => {
    const { mia } = people();
    await mia.command("product-shots", "/draft a blue cup --count 1");
    const grid = await mia.until(gridOf("a blue cup"));
    await mia.react(grid.id, "reroll");
    const again = await mia.until(shows(/rerolls a blue cup\n(?!Drafting|1 take in)/));
    expect(again.thread).toBe(grid.id);
    await mia.unreact(grid.id, "reroll");
    await mia.react(grid.id, "reroll");
    await mia.until((messages) => {
      const rerolls = messages.filter((each) => /rerolls a blue cup/.test(wordsOf(cardOf(each))));
      return rerolls.length === 2;
    });
    expect((await quota("product-shots")).reserved + (await quota("product-shots")).spent).toBe(3);
  });

  test("somebody else's grid is not for rerolling, and a number out of range is none", async () => {
    const { mia, noor, ada } = people();
    await mia.command("product-shots", "/draft a green chair --count 1");
    const grid = await mia.until(gridOf("a green chair"));
    expect(whispered(await noor.press(grid.id, actionOf(grid, "Reroll")))).toMatch(
      /Only @studio:mia or an art director/,
    );
    const round = actionOf(grid, "1").split(".")[1];
    expect(whispered(await ada.press(grid.id, `number.${round}.9`))).toMatch(/numbers 1 to 1/);
    expect(whispered(await ada.press(grid.id, "number.01ARZ3NDEKTSV4RRFFQ69G5FAV.1"))).toMatch(
      /does not belong/,
    );
  });
});

describe("a channel without directors", () => {
  test("whoever asks picks and approves; everybody else votes", async () => {
    const { mia, noor } = people();
    await mia.command("playground", "/draft a paper boat --count 2");
    const grid = await mia.until(gridOf("a paper boat"));
    await noor.react(grid.id, "n1");
    await mia.until(shows(/Votes: take 1 @studio:noor/));
    await mia.react(grid.id, "approve");
    const final = await mia.until(shows(/Final of take 1 for @studio:mia: a paper boat/));
    expect(whispered(await noor.press(final.id, actionOf(final, "Approve")))).toMatch(
      /whoever asked for the takes/,
    );
    await mia.press(final.id, actionOf(final, "Approve"));
    await mia.until(shows(/Approved by @studio:mia/));
  });
});

describe("when something is in the way", () => {
  test("a refused prompt costs nothing and says so; Retry is there", async () => {
    const { mia } = people();
    const before = await quota("playground");
    await mia.command("playground", "/draft nsfw poster");
    const failed = await mia.until(shows(/refused this prompt[\s\S]*Nothing was charged/));
    expect(wordsOf(cardOf(failed))).toMatch(/Nothing was charged\. Try other words\./);
    actionOf(failed, "Retry");
    expect(await quota("playground")).toEqual(before);
  });

  test("out of credits, nothing starts and the manager is named", async () => {
    const { noor, max } = people();
    const { spent } = await quota("playground");
    await max.command("playground", `/quota set ${spent + 2} per month Europe/Madrid`);
    const answer = await noor.command("playground", "/draft a kite");
    expect(whispered(answer)).toMatch(
      /has 2 credits left; this costs 4\. Nothing was started\. Ask @studio:max, or wait until/,
    );
    await max.command("playground", "/quota grant 50 for the kite");
    expect((await noor.command("playground", "/draft a kite")).kind).toBe("done");
    await noor.until(gridOf("a kite"));
  });

  test("frozen, nothing new starts, and only managers may freeze", async () => {
    const { noor, max } = people();
    expect(whispered(await noor.command("product-shots", "/quota freeze"))).toMatch(/Only managers/);
    await max.command("product-shots", "/quota freeze");
    expect(whispered(await noor.command("product-shots", "/draft a kite"))).toMatch(/frozen by @studio:max/);
    await max.command("product-shots", "/quota unfreeze");
    expect((await noor.command("product-shots", "/draft a kite --count 1")).kind).toBe("done");
    await noor.until(gridOf("a kite"));
  });
});

describe("after a kill -9", () => {
  test("history is there, an old grid's buttons work, and the full picture is one click away", async () => {
    const { mia } = people();
    await mia.command("spring-launch", "/draft a glass bottle at noon --count 2");
    const grid = await mia.until(gridOf("a glass bottle at noon"));
    await draftroom.kill();
    await start();
    const again = people();
    const history = await again.mia.messages({ channel: "spring-launch" });
    expect(history.some((message) => message.id === grid.id)).toBe(true);
    await again.ada.press(grid.id, actionOf(grid, "2"));
    const final = await again.mia.until(shows(/Final of take 2 for @studio:mia: a glass bottle at noon/));
    const full = await studio.picture(cardOf(final)?.picture?.full ?? "");
    const { width, height, format } = await sharp(full.bytes).metadata();
    expect({ width, height, format }).toEqual({ width: 2048, height: 2048, format: "png" });
  });
});
