import { afterEach, expect, inject, onTestFailed, test } from "vitest";
import { type Ground, layServerGround } from "../crash/grounds.ts";
import { audit } from "../support/audit.ts";
import { createRandom } from "../support/cloud/random.ts";
import { openSlackOffice, type SlackMode, type SlackOffice } from "../support/draftroom-on-slack.ts";
import type { CallFault, EventFault } from "../support/slack/local-slack.ts";
import type { SlackMessage } from "../support/slack/slack-message.ts";
import type { SlackChannel, SlackPerson } from "../support/slack/slack-people.ts";

const ROUNDS = 50;
/** How many times faster Slack's minutes pass, for both sides. */
const SPEED = 10;
const HASTY_MAIN = new URL("../support/hasty-main.ts", import.meta.url).pathname;
const CHAOS_MS = 300_000;

const CALL_FAULTS: readonly (readonly [CallFault, number])[] = [
  [{ kind: "status", status: 503 }, 0.02],
  [{ kind: "error", error: "internal_error" }, 0.01],
  [{ kind: "reset_before" }, 0.02],
  [{ kind: "reset_after" }, 0.03],
  [{ kind: "rate_limited", retryAfterS: 1 }, 0.02],
  [{ kind: "slow", ms: 300 }, 0.05],
];
const EVENT_FAULTS: readonly (readonly [EventFault, number])[] = [
  [{ kind: "duplicate" }, 0.05],
  [{ kind: "reorder" }, 0.05],
  [{ kind: "lost_ack" }, 0.05],
  [{ kind: "delay", ms: 200 }, 0.05],
];

const postgresUrl = inject("postgresUrl") ?? "";
const redisUrl = inject("redisUrl") ?? "";

let ground: Ground;
let office: SlackOffice;
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
  readonly channel: SlackChannel;
  readonly isAccepted: boolean;
}

/** A take of a grid that the director has picked. */
interface Pick {
  readonly request: Request;
  readonly grid: SlackMessage;
}

interface Life {
  readonly requests: readonly Request[];
  readonly pick: Pick | undefined;
}

test.skipIf(postgresUrl === "" || redisUrl === "").each(["socket", "http"] as const)(
  "%s: whatever breaks between Slack and Draftroom, nothing is lost or done twice",
  { timeout: CHAOS_MS },
  async (mode) => {
    const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
    await open(mode, seed);
    const { slack } = office;
    const random = createRandom(seed);
    const lives = Array.from({ length: ROUNDS }, (_, index) => liveThrough(`thing ${index + 1}`, random));
    const [ended] = await Promise.all([Promise.all(lives), killMidway()]);
    slack.faults.clear();
    steps.set("all", "Slack's retries");
    slack.pass(10 * 60_000);
    await slack.settled({ timeoutMs: CHAOS_MS });
    steps.set("all", "stopping");
    await office.draftroom.stop();
    expectOnce(ended);
    await expectMoney(ended);
    expect(slack.problems).toEqual([]);
    const faults = Object.values(slack.faults.injected).reduce((sum, count) => sum + count, 0);
    expect(faults, "something did break").toBeGreaterThan(ROUNDS);
    const figures = [ended.flatMap(({ requests }) => requests).length, picksOf(ended).length, faults];
    console.info(`chaos over ${mode}: ${ROUNDS} rounds; tries, finals, faults: ${figures.join(", ")}`);
  },
);

/** The program is killed, as by a power cut, while it has much to do, and started again. */
async function killMidway(): Promise<void> {
  const { slack, brand } = office;
  await slack.until(() => brand.messages().filter((each) => each.images.length > 0).length >= 3, {
    timeoutMs: CHAOS_MS,
  });
  const back = Promise.withResolvers<void>();
  up = back.promise;
  await office.draftroom.kill();
  await office.restart();
  back.resolve();
}

async function open(mode: SlackMode, seed: number): Promise<void> {
  ground = await layServerGround(postgresUrl);
  const env = { ...ground.env, DRAFTROOM_START_CREDITS: "2000", SLACK_MINUTE_MS: `${60_000 / SPEED}` };
  office = await openSlackOffice(mode, { seed, speed: SPEED, limits: "real" }, env, HASTY_MAIN);
  up = Promise.resolve();
  const { slack } = office;
  onTestFailed(() =>
    console.error(
      `CHAOS_SEED=${seed}\n${slack.describe()}\n${office.draftroom.log()}\n${JSON.stringify([...steps])}`,
    ),
  );
  for (const [fault, p] of CALL_FAULTS) slack.faults.call("*", fault, { p });
  for (const [fault, p] of EVENT_FAULTS) slack.faults.event("*", fault, { p });
}

/** From the wish to the approved final, or as far as people take it. */
async function liveThrough(name: string, random: () => number): Promise<Life> {
  const { slack, brand, team, people } = office;
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  // What may happen is decided first, so that the order in which things come about does not change it.
  const who = team.addPerson(name.replace(" ", "-"));
  const members = [...Object.values(people), who];
  const channel = random() < 0.4 ? brand : team.addChannel(who.name, { members, bot: true });
  if (channel === brand) brand.join(who);
  const [isPicked, byButton, isDecided] = [random() < 0.6, random() < 0.5, random() < 0.6];
  const [number, emoji] = [oneOf(["1", "2"]), oneOf(["white_check_mark", "white_check_mark", "x"])];

  const requests = await ask(name, who, channel);
  const request = requests.find(({ isAccepted }) => isAccepted);
  if (request === undefined) throw new Error(`nobody could draft ${name}`);
  steps.set(name, "its grid");
  const grid = await slack.until(() => gridsOf(request)[0], { timeoutMs: CHAOS_MS });
  steps.set(name, isPicked ? "its final" : "ended");
  if (!isPicked) {
    people.noor.react(grid, "one");
    return { requests, pick: undefined };
  }
  const pick = { request, grid };
  if (!byButton) people.ada.react(grid, number === "1" ? "one" : "two");
  const final = byButton
    ? await pressForFinal(people.ada, pick, number)
    : await slack.until(() => finalsOf(pick)[0], { timeoutMs: CHAOS_MS });
  steps.set(name, "ended");
  if (isDecided) people.ada.react(final, emoji);
  return { requests, pick };
}

/** Asks until somebody says yes, as people do. */
async function ask(name: string, who: SlackPerson, channel: SlackChannel): Promise<readonly Request[]> {
  const requests: Request[] = [];
  for (let times = 1; times <= 10; times += 1) {
    const words = `${name} try ${times} over`;
    await up;
    if (office.mode === "socket") await office.slack.until(() => office.slack.sockets.count > 0);
    const said = await who.command(channel, "/draft", `${words} --count 2`);
    const heard = said.kind === "acked" ? (said.message?.words ?? "(nothing)") : said.text;
    const answer = /Working on it/.test(heard) ? await finalAnswer(who, channel) : heard;
    const isAccepted = said.kind === "acked" && /Drafting 2 takes/.test(answer);
    requests.push({ words, channel, isAccepted });
    if (isAccepted) return requests;
    expect(answer, "a person hears that it failed").toMatch(/failed|could not be recorded/);
  }
  return requests;
}

/** In a rush, or when something fails, people hear that it is taken, and the rest later. */
function finalAnswer(who: SlackPerson, channel: SlackChannel): Promise<string> {
  const heardBefore = who.whispers(channel).length;
  return office.slack.until(() => who.whispers(channel)[heardBefore]?.words, { timeoutMs: CHAOS_MS });
}

/** A person who hears later that it came to nothing presses again as well. */
async function pressForFinal(who: SlackPerson, pick: Pick, label: string): Promise<SlackMessage> {
  const { channel } = pick.request;
  const told = () => who.whispers(channel).filter(({ words }) => /could not be/.test(words)).length;
  for (;;) {
    const before = told();
    await pressUntilHeard(who, pick, label);
    const found = await office.slack.until(() => finalsOf(pick)[0] ?? (told() > before && "told"), {
      timeoutMs: CHAOS_MS,
    });
    if (found !== "told") return found;
  }
}

/** A person presses again when Slack says that it did not work, while there is such a button. */
async function pressUntilHeard(who: SlackPerson, { request, grid }: Pick, label: string): Promise<void> {
  for (let times = 0; times < 10; times += 1) {
    await up;
    // It may have been heard all the same.
    if (!request.channel.message(grid.ts)?.buttons.some((button) => button.label === label)) return;
    if ((await who.press(grid, label)).kind === "acked") return;
  }
}

function gridsOf({ words, channel }: Request): readonly SlackMessage[] {
  return channel
    .messages()
    .filter((each) => each.images.length > 0 && !each.threadTs && each.words.includes(words));
}

function finalsOf({ request, grid }: Pick): readonly SlackMessage[] {
  return request.channel.thread(grid.ts).filter((each) => each.images.length > 0);
}

function picksOf(lives: readonly Life[]): readonly Pick[] {
  return lives.flatMap(({ pick }) => pick ?? []);
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
