import { afterEach, expect, inject, onTestFailed, test } from "vitest";
import { type Ground, layServerGround } from "../crash/grounds.ts";
import { audit } from "../support/audit.ts";
import { createRandom } from "../support/cloud/random.ts";
import type { DiscordMessage } from "../support/discord/discord-message.ts";
import type { DiscordChannel, DiscordOutcome, DiscordPerson } from "../support/discord/discord-people.ts";
import type { CallFault, EventFault } from "../support/discord/local-discord.ts";
import { type DiscordOffice, openDiscordOffice, wordsOf } from "../support/draftroom-on-discord.ts";

const ROUNDS = 50;
/** How many times faster Discord's time passes. */
const SPEED = 5;
const CHAOS_MS = 300_000;

const CALL_FAULTS: readonly (readonly [CallFault, number])[] = [
  [{ kind: "status", status: 503 }, 0.02],
  [{ kind: "reset_before" }, 0.02],
  [{ kind: "reset_after" }, 0.03],
  [{ kind: "lost_answer" }, 0.02],
  [{ kind: "rate_limited", retryAfterS: 1 }, 0.02],
  [{ kind: "slow", ms: 300 }, 0.05],
];
const EVENT_FAULTS: readonly (readonly [EventFault, number])[] = [
  [{ kind: "duplicate" }, 0.05],
  [{ kind: "delay", ms: 200 }, 0.05],
];
/** After how many grids the gateway breaks, and how. */
const BREAKS = [
  [8, "cut"],
  [16, "forget"],
  [24, "reconnect"],
] as const;

const postgresUrl = inject("postgresUrl") ?? "";
const redisUrl = inject("redisUrl") ?? "";

let ground: Ground;
let office: DiscordOffice;
/** Resolves while the program runs. */
let up: Promise<void>;
/** How far each wish has come, for a run that fails. */
const steps = new Map<string, string>();
afterEach(async () => {
  await office.close();
  await ground.remove();
});

/** Something that somebody asked for, and whether they heard yes. Every try is a request of its own. */
interface Request {
  readonly words: string;
  readonly channel: DiscordChannel;
  readonly isAccepted: boolean;
}

/** A take of a grid that the director has picked. */
interface Pick {
  readonly request: Request;
  readonly grid: DiscordMessage;
}

interface Life {
  readonly requests: readonly Request[];
  readonly pick: Pick | undefined;
}

test.skipIf(postgresUrl === "" || redisUrl === "")(
  "whatever breaks between Discord and Draftroom, nothing is lost or done twice",
  { timeout: CHAOS_MS },
  async () => {
    const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
    await open(seed);
    const { discord } = office;
    const random = createRandom(seed);
    const lives = Array.from({ length: ROUNDS }, (_, index) => liveThrough(`thing ${index + 1}`, random));
    const [ended] = await Promise.all([Promise.all(lives), killMidway(), breakMidway()]);
    discord.faults.clear();
    steps.set("all", "what is still on its way");
    await settled(ended);
    steps.set("all", "stopping");
    await office.draftroom.stop();
    expectOnce(ended);
    await expectMoney(ended);
    expect(discord.problems()).toEqual([]);
    const faults = Object.values(discord.faults.injected).reduce((sum, count) => sum + count, 0);
    expect(faults, "something did break").toBeGreaterThan(ROUNDS);
    const figures = [ended.flatMap(({ requests }) => requests).length, picksOf(ended).length, faults];
    console.info(`chaos on Discord: ${ROUNDS} rounds; tries, finals, faults: ${figures.join(", ")}`);
  },
);

async function open(seed: number): Promise<void> {
  ground = await layServerGround(postgresUrl);
  const env = { ...ground.env, DRAFTROOM_START_CREDITS: "2000" };
  office = await openDiscordOffice({ seed, speed: SPEED, limits: "real" }, env);
  up = Promise.resolve();
  const { discord } = office;
  onTestFailed(() =>
    console.error(
      `CHAOS_SEED=${seed}\n${discord.describe()}\n${office.draftroom.log()}\n${JSON.stringify([...steps])}`,
    ),
  );
  for (const [fault, p] of CALL_FAULTS) discord.faults.call("*", fault, { p });
  for (const [fault, p] of EVENT_FAULTS) discord.faults.event("*", fault, { p });
}

/** The program is killed, as by a power cut, while it has much to do, and started again. */
async function killMidway(): Promise<void> {
  await office.discord.until(() => gridsInAll() >= 3, { timeoutMs: CHAOS_MS });
  const back = Promise.withResolvers<void>();
  up = back.promise;
  await office.draftroom.kill();
  await office.restart();
  back.resolve();
}

/** The gateway's connection breaks, some way each time. */
async function breakMidway(): Promise<void> {
  for (const [grids, kind] of BREAKS) {
    await office.discord.until(() => gridsInAll() >= grids, { timeoutMs: CHAOS_MS });
    await up;
    const { gateway } = office.discord;
    if (kind === "reconnect") gateway.reconnect();
    else {
      if (kind === "forget") gateway.forget();
      gateway.cut();
    }
  }
}

function gridsInAll(): number {
  return office.discord
    .calls("PATCH /channels/{channel}/messages/{message}")
    .filter((call) => call.files.length > 0).length;
}

/** From the wish to the approved final, or as far as people take it. */
async function liveThrough(name: string, random: () => number): Promise<Life> {
  const { discord, brand, guild, people } = office;
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  // What may happen is decided first, so that the order in which things come about does not change it.
  const who = guild.addPerson(name.replace(" ", "-"));
  const channel = random() < 0.4 ? brand : guild.addChannel(who.name);
  const [isPicked, byButton, isDecided] = [random() < 0.6, random() < 0.5, random() < 0.6];
  const [number, emoji] = [oneOf(["1", "2"]), oneOf(["✅", "✅", "❌"])];

  const requests = await ask(name, who, channel);
  const request = requests.find(({ isAccepted }) => isAccepted);
  if (request === undefined) throw new Error(`nobody could draft ${name}`);
  steps.set(name, "its grid");
  const grid = await discord.until(() => gridsOf(request)[0], { timeoutMs: CHAOS_MS });
  steps.set(name, isPicked ? "its final" : "ended");
  if (!isPicked) {
    people.noor.react(grid, "1️⃣");
    return { requests, pick: undefined };
  }
  const pick = { request, grid };
  if (!byButton) people.ada.react(grid, number === "1" ? "1️⃣" : "2️⃣");
  const final = byButton
    ? await pressForFinal(people.ada, pick, number)
    : await discord.until(() => finalsOf(pick)[0], { timeoutMs: CHAOS_MS });
  steps.set(name, "ended");
  if (isDecided) people.ada.react(final, emoji);
  return { requests, pick };
}

/** Asks until somebody says yes, as people do. */
async function ask(name: string, who: DiscordPerson, channel: DiscordChannel): Promise<readonly Request[]> {
  const requests: Request[] = [];
  for (let times = 1; times <= 10; times += 1) {
    const words = `${name} try ${times} over`;
    await up;
    await office.discord.until(() => office.discord.gateway.sessions.length > 0, { timeoutMs: CHAOS_MS });
    const said = await who.command(channel, "draft", { prompt: words, count: 2 });
    const answer = await finalAnswer(said, channel);
    const isAccepted = said.kind !== "failed" && answer.includes(words);
    requests.push({ words, channel, isAccepted });
    if (isAccepted) return requests;
    expect(answer, "a person hears that it failed").toMatch(/did not respond|could not be recorded/);
  }
  return requests;
}

/** In a rush, people see that somebody is thinking, and the answer later. */
async function finalAnswer(said: DiscordOutcome, channel: DiscordChannel): Promise<string> {
  if (said.kind !== "deferred") return wordsOf(said);
  const { id } = said.message;
  const message = await office.discord.until(
    () => {
      const seen = channel.message(id);
      return seen === undefined ? "gone" : !seen.isThinking && seen;
    },
    { timeoutMs: CHAOS_MS },
  );
  return message === "gone" ? "could not be recorded" : message.words;
}

/** A person who hears later that it came to nothing presses again as well. */
async function pressForFinal(who: DiscordPerson, pick: Pick, label: string): Promise<DiscordMessage> {
  const { channel } = pick.request;
  const told = () => who.privates(channel).filter(({ words }) => /could not be/.test(words)).length;
  for (;;) {
    const before = told();
    await pressUntilHeard(who, pick, label);
    const found = await office.discord.until(() => finalsOf(pick)[0] ?? (told() > before && "told"), {
      timeoutMs: CHAOS_MS,
    });
    if (found !== "told") return found;
  }
}

/** A person presses again when Discord says that it did not work, while there is such a button. */
async function pressUntilHeard(who: DiscordPerson, { request, grid }: Pick, label: string): Promise<void> {
  for (let times = 0; times < 10; times += 1) {
    await up;
    await office.discord.until(() => office.discord.gateway.sessions.length > 0, { timeoutMs: CHAOS_MS });
    // It may have been heard all the same.
    const now = request.channel.message(grid.id);
    if (!now?.buttons.some((button) => button.label === label)) return;
    if ((await who.press(grid, label)).kind === "acked") return;
  }
}

function gridsOf({ words, channel }: Request): readonly DiscordMessage[] {
  return channel.messages().filter((each) => each.images.length > 0 && each.words.includes(words));
}

function finalsOf({ request, grid }: Pick): readonly DiscordMessage[] {
  const thread = request.channel.threadOf(grid);
  return thread?.messages().filter((each) => each.images.length > 0) ?? [];
}

function picksOf(lives: readonly Life[]): readonly Pick[] {
  return lives.flatMap(({ pick }) => pick ?? []);
}

/** Everything that was asked for is there, also what nobody heard yes to, and nothing waits any more. */
async function settled(lives: readonly Life[]): Promise<void> {
  const pool = await ground.openPool();
  try {
    await expect
      .poll(
        async () => {
          const { rows } = await pool.query(
            `select (select count(*)::int from draftroom.posts where status <> 'gone' and shown < wanted) as behind,
              (select count(*)::int from draftroom.outbox) as outbox,
              (select count(*)::int from draftroom.rounds where status in ('queued', 'rendering')) as drawing`,
          );
          return rows;
        },
        { timeout: CHAOS_MS, interval: 200 },
      )
      .toEqual([{ behind: 0, outbox: 0, drawing: 0 }]);
  } finally {
    await pool.end();
  }
  expect(lives).toHaveLength(ROUNDS);
}

function expectOnce(lives: readonly Life[]): void {
  for (const request of lives.flatMap(({ requests }) => requests)) {
    const grids = gridsOf(request).length;
    if (request.isAccepted) expect(grids, `grids of ${request.words}`).toBe(1);
    else expect(grids, `grids of ${request.words}, to which nobody said yes`).toBeLessThanOrEqual(1);
  }
  for (const pick of picksOf(lives))
    expect(finalsOf(pick), `finals of ${pick.request.words}`).toHaveLength(1);
}

async function expectMoney(lives: readonly Life[]): Promise<void> {
  const grids = lives.flatMap(({ requests }) => requests).flatMap(gridsOf).length;
  const finals = picksOf(lives).length;
  const pool = await ground.openPool();
  try {
    await audit(pool);
    const { rows } = await pool.query(
      `select (select count(*)::int from draftroom.rounds) as rounds, (select count(*)::int from draftroom.finals) as finals,
        (select sum(spent)::int from draftroom.periods) as spent, (select sum(reserved)::int from draftroom.periods) as held,
        (select count(*)::int from draftroom.outbox) as outbox`,
    );
    expect(rows).toEqual([{ rounds: grids, finals, spent: grids * 2 + finals * 4, held: 0, outbox: 0 }]);
  } finally {
    await pool.end();
  }
}
