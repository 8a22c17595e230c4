import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type DiscordOffice,
  inThread,
  now,
  openDiscordOffice,
  pictured,
} from "../support/draftroom-on-discord.ts";

const SEEDS = "1️⃣ 2️⃣ 3️⃣ 4️⃣ 🔄 ✅";
const LOOK = "GET /channels/{channel}/messages/{message}";

describe("out of touch with Discord", () => {
  let office: DiscordOffice;
  beforeAll(async () => {
    office = await openDiscordOffice();
  });
  afterAll(async () => {
    expect(office.discord.problems()).toEqual([]);
    await office.close();
  });

  async function draft(prompt: string) {
    const { discord, brand, people } = office;
    await people.mia.command(brand, "draft", { prompt });
    return discord.until(pictured(brand, new RegExp(prompt)));
  }

  test("what happened while it was away counts, once", async () => {
    const { discord, brand, people } = office;
    const grid = await draft("a bell tower at noon");
    await discord.until(() => Object.keys(brand.message(grid.id)?.reactions ?? {}).join(" ") === SEEDS);
    await office.draftroom.kill();
    people.noor.react(grid, "1️⃣");
    people.ada.react(grid, "4️⃣", { burst: true });
    await office.restart();
    await discord.until(inThread(brand, grid, /Final of take 4/), { timeoutMs: 60_000 });
    await discord.until(now(brand, grid, new RegExp(`<@${people.ada.id}> picked 4`)));
    const thread = brand.threadOf(grid);
    expect(thread?.messages().filter(({ images }) => images.length > 0)).toHaveLength(1);
  });

  test("what is done until it hears of it again counts", async () => {
    const { discord, brand, people } = office;
    const grid = await draft("a lamp at dusk");
    await office.draftroom.kill();
    discord.gateway.close();
    const looks = discord.calls(LOOK).length;
    const restarted = office.restart();
    // Time for a look at what is there, if it comes before anything is heard.
    await discord.until(() => discord.calls("GET /gateway/bot").length > 0, { timeoutMs: 30_000 });
    await discord.until(() => discord.calls(LOOK).length > looks, { timeoutMs: 5_000 }).catch(() => {});
    people.ada.react(grid, "2️⃣");
    discord.gateway.open();
    await restarted;
    await discord.until(inThread(brand, grid, /Final of take 2/), { timeoutMs: 60_000 });
  });

  test("what is missed while it looks for what was missed counts as well", async () => {
    const { discord, brand, people } = office;
    await draft("a lamp at dawn");
    const grid = await draft("a lamp at noon");
    const looks = () => discord.calls(LOOK).length;
    const before = looks();
    discord.faults.call(LOOK, { kind: "slow", ms: 200 }, { times: 1 });
    discord.faults.call(LOOK, { kind: "slow", ms: 8_000 }, { times: 1 });
    discord.gateway.forget();
    discord.gateway.cut();
    // The newest is done; at the next one it stays for a while.
    await discord.until(() => looks() >= before + 2, { timeoutMs: 30_000 });
    discord.gateway.close();
    discord.gateway.forget();
    people.ada.react(grid, "1️⃣");
    discord.gateway.open();
    await discord.until(inThread(brand, grid, /Final of take 1/), { timeoutMs: 60_000 });
  });

  test("a gateway that drops in the middle of a round loses nothing", async () => {
    const { discord, brand, people } = office;
    const said = people.mia.command(brand, "draft", { prompt: "a tin drum" });
    await said;
    discord.gateway.cut();
    const grid = await discord.until(pictured(brand, /a tin drum/));
    people.ada.react(grid, "1️⃣");
    await discord.until(inThread(brand, grid, /Final of take 1/), { timeoutMs: 30_000 });
    const other = await draft("two pears");
    const before = discord.gateway.identified;
    discord.gateway.forget();
    discord.gateway.cut();
    people.ada.react(other, "2️⃣");
    await discord.until(inThread(brand, other, /Final of take 2/), { timeoutMs: 60_000 });
    expect(discord.gateway.identified, "a new session, which was told nothing").toBeGreaterThan(before);
  });
});
