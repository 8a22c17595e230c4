import { afterEach, expect, inject, test } from "vitest";
import { type Ground, layServerGround } from "../crash/grounds.ts";
import { audit } from "../support/audit.ts";
import {
  type DiscordOffice,
  inThread,
  now,
  openDiscordOffice,
  pictured,
} from "../support/draftroom-on-discord.ts";
import { type DraftroomProcess, startDraftroom } from "../support/draftroom-process.ts";

const postgresUrl = inject("postgresUrl") ?? "";
const redisUrl = inject("redisUrl") ?? "";
const PATIENCE = { timeoutMs: 60_000 };

let ground: Ground;
let office: DiscordOffice;
let worker: DraftroomProcess;
afterEach(async () => {
  await worker.kill();
  await office.close();
  await ground.remove();
});

async function open(shards: number): Promise<void> {
  ground = await layServerGround(postgresUrl);
  const gateway = { ...ground.env, DRAFTROOM_ROLE: "gateway" };
  const first = shards === 1 ? {} : { DISCORD_SHARDS: `0/${shards}` };
  office = await openDiscordOffice({ shards, maxConcurrency: shards }, { ...gateway, ...first });
  worker = await startDraftroom({ ...ground.env, DRAFTROOM_ROLE: "worker", DRAFTROOM_SKETCH_DELAY_MS: "0" });
}

async function expectMoney(rounds: number, finals: number): Promise<void> {
  const pool = await ground.openPool();
  try {
    await audit(pool);
    const { rows } = await pool.query(
      `select (select count(*)::int from draftroom.rounds) as rounds, (select count(*)::int from draftroom.finals) as finals,
        (select sum(reserved)::int from draftroom.periods) as held`,
    );
    expect(rows).toEqual([{ rounds, finals, held: 0 }]);
  } finally {
    await pool.end();
  }
}

test.skipIf(postgresUrl === "" || redisUrl === "")(
  "two processes on one shard, as when one takes over from the other, act once",
  async () => {
    await open(1);
    const { discord, brand, people } = office;
    const first = office.draftroom;
    const second = await office.startAnother();
    expect(discord.gateway.sessions).toHaveLength(2);
    for (const prompt of ["a red door", "a blue door", "a green door"]) {
      const said = await people.mia.command(brand, "draft", { prompt, count: 2 });
      expect(said).toMatchObject({ kind: "replied", message: { isPrivate: false } });
      const grid = await discord.until(pictured(brand, new RegExp(prompt)), PATIENCE);
      await people.noor.press(grid, "2");
      await discord.until(now(brand, grid, /Votes: take/), PATIENCE);
      people.ada.react(grid, "1️⃣");
      await discord.until(inThread(brand, grid, /Final of take 1/), PATIENCE);
    }
    await first.stop();
    const said = await people.mia.command(brand, "draft", { prompt: "a last door", count: 2 });
    expect(said).toMatchObject({ kind: "replied" });
    await discord.until(pictured(brand, /a last door/), PATIENCE);
    expect(brand.messages().filter(({ images }) => images.length > 0)).toHaveLength(4);
    expect(
      brand.threads().flatMap((thread) => thread.messages().filter(({ images }) => images.length > 0)),
    ).toHaveLength(3);
    expect(await second.stop()).toBe(0);
    await expectMoney(4, 3);
    expect(discord.problems()).toEqual([]);
  },
);

test.skipIf(postgresUrl === "" || redisUrl === "")(
  "each process hears the servers of its shards, and either can post to all",
  async () => {
    await open(2);
    const { discord } = office;
    const other = await startDraftroom({
      ...ground.env,
      DRAFTROOM_ROLE: "gateway",
      DRAFTROOM_STUDIO: "off",
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_URL: discord.cdnUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_SHARDS: "1/2",
    });
    try {
      expect(discord.gateway.sessions.map(({ shard }) => shard)).toEqual([
        [0, 2],
        [1, 2],
      ]);
      // https://docs.discord.com/developers/events/gateway#sharding: (guild_id >> 22) % shards
      const ids = [0n, 1n].map((shard) => `${((1_500_000_000_000n * 2n + shard) << 22n) + 7n}`);
      for (const id of ids) {
        const guild = discord.addGuild({ id, name: `server of ${id}` });
        const room = guild.addChannel("room");
        const eve = guild.addPerson("eve");
        for (const prompt of ["a tin whistle", "a wooden flute"]) {
          const said = await eve.command(room, "draft", { prompt, count: 1 });
          expect(said).toMatchObject({ kind: "replied" });
          const grid = await discord.until(pictured(room, new RegExp(prompt)), PATIENCE);
          await eve.press(grid, "1");
          await discord.until(inThread(room, grid, /Final of take 1/), PATIENCE);
        }
      }
    } finally {
      await other.stop();
    }
    await office.draftroom.stop();
    await expectMoney(4, 4);
    expect(discord.problems()).toEqual([]);
  },
);
