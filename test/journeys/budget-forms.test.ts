import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { actionOf, cardOf, wordsOf } from "../support/cards.ts";
import { type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";
import { connectStudio, type StudioClient, type StudioPerson } from "../support/studio-client.ts";

const CHANNEL = "spring-launch";

let folder: string;
let draftroom: DraftroomProcess;
let studio: StudioClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-forms-"));
  draftroom = await startDraftroom({ DRAFTROOM_SKETCH_DELAY_MS: "0", DRAFTROOM_DATA_DIR: folder });
  studio = await connectStudio(draftroom.url);
});
afterAll(async () => {
  await draftroom.kill();
  await rm(folder, { recursive: true, force: true });
});

/** The private answer to `/quota`. */
async function askQuota(who: StudioPerson) {
  const answer = await who.command(CHANNEL, "/quota");
  if (answer.kind !== "message") throw new Error(answer.kind);
  return answer.message;
}

async function openForm(who: StudioPerson, label: string) {
  const message = await askQuota(who);
  const answer = await who.press(message.id, actionOf(message, label));
  if (answer.kind !== "form") throw new Error(answer.kind);
  return answer.form;
}

const wordsOfAnswer = (answer: Awaited<ReturnType<StudioPerson["submit"]>>) =>
  answer.kind === "message" ? wordsOf(cardOf(answer.message)) : answer.kind;

test("a manager adds credits and sets the allowance from the card of /quota, without typing a command", async () => {
  const max = studio.as("max");
  const add = await openForm(max, "Add…");
  const refused = await max.submit(CHANNEL, add.id, { credits: "many", why: "launch" });
  expect(refused.kind === "refused" && wordsOf(refused.card)).toMatch(
    /^Say how many credits, 1 to 1,000,000/,
  );
  expect(wordsOfAnswer(await max.submit(CHANNEL, add.id, { credits: "100", why: "launch" }))).toMatch(
    /^Added 100 credits: launch\. Now 500 left\./,
  );
  const set = await openForm(max, "Set…");
  const answers = { credits: "700", every: "month", timeZone: "Europe/Madrid" };
  expect(wordsOfAnswer(await max.submit(CHANNEL, set.id, answers))).toMatch(
    /^The allowance is 700 per month\. It renews .* \(Europe\/Madrid\)\./,
  );
  expect(wordsOf(cardOf(await askQuota(max)))).toMatch(/^800 of 800 credits left/);
});

test("a member sees no such buttons, and the form of a manager does nothing for them", async () => {
  const [mia, max] = [studio.as("mia"), studio.as("max")];
  expect(cardOf(await askQuota(mia))?.actions).toEqual([]);
  const before = wordsOf(cardOf(await askQuota(max)));
  const { id } = await openForm(max, "Add…");
  expect(wordsOfAnswer(await mia.submit(CHANNEL, id, { credits: "5", why: "mine" }))).toMatch(
    /^Only managers can change that\. Ask @studio:max\./,
  );
  expect(wordsOf(cardOf(await askQuota(max)))).toBe(before);
});
