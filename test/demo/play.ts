import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, MessageView } from "../../adapters/web/wire.ts";
import { actionOf, cardOf, gridOf, shows, wordsOf } from "../support/cards.ts";
import { startDraftroom } from "../support/draftroom-process.ts";
import { connectStudio, type StudioClient, type StudioPerson } from "../support/studio-client.ts";
import { addsUp, readLedger } from "./read-ledger.ts";

// The whole journey without a browser: the real program, spoken to as the page speaks to it.

const OUT = "demo-out";
const CHANNEL = "spring-launch";
const PROMPT = "a glass bottle refracting afternoon sun on a limestone table";

const startedAt = performance.now();
const spoken: MessageView[] = [];
const milliseconds: Record<string, number> = {};

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT);
const dataDir = await mkdtemp(join(tmpdir(), "draftroom-demo-"));
const draftroom = await startDraftroom({ DRAFTROOM_DATA_DIR: dataDir, DRAFTROOM_LOG_LEVEL: "warn" });
try {
  const studio = await connectStudio(draftroom.url);
  await play(studio);
  const pictures = await savePictures(studio, await everyMessage(studio));
  await draftroom.stop();
  const ledger = await readLedger(dataDir, `studio:local:${CHANNEL}`);
  await writeFile(
    join(OUT, "transcript.json"),
    JSON.stringify({ messages: pictures, ledger, milliseconds }, null, 2),
  );
  const { granted, available, reserved, spent } = ledger;
  line("", `${granted} granted = ${available} available + ${reserved} reserved + ${spent} spent`);
  line("", `draft to grid ${milliseconds.draftToGrid} ms, pick to final ${milliseconds.pickToFinal} ms`);
  line("", `pictures and transcript.json are in ${OUT}/`);
  if (!addsUp(ledger)) throw new Error("the money does not add up");
} catch (error) {
  console.error(error);
  console.error(draftroom.log());
  process.exitCode = 1;
} finally {
  await draftroom.kill();
  await rm(dataDir, { recursive: true, force: true });
}

async function play(studio: StudioClient): Promise<void> {
  const [mia, noor, ada, max] = ["mia", "noor", "ada", "max"].map((id) => studio.as(id)) as Cast;

  await type(mia, "Mia", `/draft ${PROMPT} --dry-run`);
  const drafted = performance.now();
  await type(mia, "Mia", `/draft ${PROMPT} --seed 7`);
  saw("Draftroom", await mia.until(shows(new RegExp(`drafts ${PROMPT}`))));
  const grid = await mia.until(gridOf(PROMPT));
  milliseconds.draftToGrid = Math.round(performance.now() - drafted);
  saw("Draftroom", grid);

  line("Noor", "reacts 2");
  await noor.react(grid.id, "n2");
  saw("Draftroom", await mia.until(shows(/Votes: take 2 @studio:noor/)));

  line("Ada", "reacts 2 (she directs: that is the pick)");
  const picked = performance.now();
  await ada.react(grid.id, "n2");
  const final = await ada.until(shows(/Final of take 2 for @studio:mia/));
  milliseconds.pickToFinal = Math.round(performance.now() - picked);
  saw("Draftroom, in the thread", final);

  line("Mia", "presses Approve");
  heard(await mia.press(final.id, actionOf(final, "Approve")));
  line("Ada", "reacts ✅");
  await ada.react(final.id, "approve");
  saw("Draftroom, in the thread", await ada.until(shows(/Approved by @studio:ada/)));

  await type(max, "Max", "/quota set 10 per month Europe/Madrid");
  await type(noor, "Noor", "/draft a kite over a harbour");
  await type(max, "Max", "/quota grant 20 one more idea");
  await type(noor, "Noor", "/draft a kite over a harbour");
  saw("Draftroom", await noor.until(gridOf("a kite over a harbour")));
  await type(max, "Max", "/quota");
}

type Cast = [StudioPerson, StudioPerson, StudioPerson, StudioPerson];

async function type(person: StudioPerson, name: string, text: string): Promise<void> {
  line(name, text);
  heard(await person.command(CHANNEL, text));
}

function heard(answer: Answer): void {
  if (answer.kind !== "message") return;
  spoken.push(answer.message);
  saw("Draftroom, privately", answer.message);
}

function saw(who: string, message: MessageView): void {
  const card = cardOf(message);
  const picture = card?.picture ? `\n[picture: ${card.picture.alt}]` : "";
  line(who, `${wordsOf(card).trim().replaceAll("@studio:", "@")}${picture}`);
}

function line(who: string, words: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(2).padStart(6);
  const [first = "", ...rest] = words.split("\n");
  console.log(`${seconds} s  ${who ? `${who}: ` : ""}${first}`);
  for (const more of rest) console.log(`${" ".repeat(10)}${more}`);
}

/** What everybody can see, and what was whispered on the way, in order. */
async function everyMessage(studio: StudioClient): Promise<readonly MessageView[]> {
  const { channels } = await studio.session();
  const mia = studio.as("mia");
  const found = new Map(spoken.map((message) => [message.id, message]));
  for (const channel of channels) {
    for (const message of await mia.messages({ channel: channel.id })) {
      found.set(message.id, message);
      if (message.replies) {
        for (const reply of await mia.messages({ thread: message.id })) found.set(reply.id, reply);
      }
    }
  }
  return [...found.values()].sort((a, b) => a.position - b.position);
}

async function savePictures(studio: StudioClient, messages: readonly MessageView[]) {
  return Promise.all(
    messages.map(async ({ id, channel, thread, author, at, isPrivate, content, reactions }) => {
      const card = content.kind === "card" ? content.card : undefined;
      const text = content.kind === "text" ? content.lines : undefined;
      const files = card?.picture ? await savePicture(studio, card.picture) : undefined;
      return { id, channel, thread, author, at, isPrivate, text, card, reactions, ...files };
    }),
  );
}

async function savePicture(
  studio: StudioClient,
  { asset, full, name }: { asset: string; full: string | undefined; name: string },
) {
  const picture = join(OUT, name);
  await writeFile(picture, (await studio.picture(asset)).bytes);
  if (full === undefined) return { picture };
  const whole = await studio.picture(full);
  const fullPicture = join(OUT, name.replace(/\.jpg$/, `-full.${whole.mime.replace("image/", "")}`));
  await writeFile(fullPicture, whole.bytes);
  return { picture, fullPicture };
}
