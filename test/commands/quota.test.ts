import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EventId, GroupRef, UserRef } from "../../src/core/ids.ts";
import { toTimeZone } from "../../src/core/time-zone.ts";
import { type AskingQuota, openAskingQuota } from "../support/asking-quota.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, MAX, MIA, NOOR } from "../support/story-desk.ts";

let bench: TestDatabase;
let here: AskingQuota;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  here = openAskingQuota(bench);
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

describe("/quota", () => {
  it("says what is left, held and spent, what for and by whom", async () => {
    await here.desk.grid(here.channel, MIA);
    await here.desk.grid(here.channel, NOOR, { count: 8, failed: [1, 2] });
    const place = { channel: here.channel, thread: undefined };
    await here.desk.inbox.command({
      event: fresh<EventId>(),
      place,
      person: MIA,
      name: "draft",
      text: "a hare --count 5",
      options: undefined,
      mentions: [],
      attachments: [],
      isLive: false,
    });
    const words = await here.ask("", MIA);
    expect(words).toMatch(/35 of 50 credits left/);
    expect(words).toMatch(/10 spent · 5 held by work under way/);
    expect(words).toMatch(/• 5 for takes of “a hare”, @studio:mia/);
    expect(words).toMatch(/No allowance that renews/);
    expect(words).toMatch(/A take by test costs 1, a final by test 4 \(1K, 2K\) or 7 \(4K\)\./);
    expect(words.indexOf("@studio:noor")).toBeGreaterThan(0);
  });

  it("shows a manager what they can do, and a member not", async () => {
    const note = async (who: UserRef) => {
      const reply = await here.quota("", who);
      return reply.kind === "whisper" ? reply.card.note : undefined;
    };
    expect(await note(MAX)).toMatch(/quota grant 100 why/);
    expect(await note(MIA)).toBeUndefined();
    const finance = "studio:local:@finance" as GroupRef;
    here.desk.platform.groups.set(finance, [MIA]);
    here.desk.platform.staff.set(here.channel, { directors: [], managers: [finance] });
    expect(await note(MIA), "one of the group that manages").toMatch(/quota grant 100 why/);
    expect(await note(MAX)).toBeUndefined();
  });

  it.each([
    "grant 100 launch",
    "set 500 per month",
    "history",
    "freeze",
    "unfreeze",
    "roles",
    "roles directors nobody",
    "models draft test",
    "models final default",
    "models advice off",
    "models nonsense",
  ])("%s is a manager's, whoever else asks", async (text) => {
    for (const who of [MIA, ADA]) {
      expect(await here.ask(text, who)).toBe(`Only managers can change that. Ask @${MAX}.`);
    }
    expect(await here.desk.balance(here.channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
  });

  it("names what was meant by another word", async () => {
    expect(await here.ask("grnat 5 x")).toBe("There is no /quota grnat. Did you mean /quota grant?");
    expect(await here.ask("everything")).toBe(
      "There is no /quota everything. There are /quota alone, and grant, set, history, freeze, unfreeze, roles, models after it.",
    );
  });
});

describe("/quota grant", () => {
  it("adds credits, once an event", async () => {
    const event = fresh<EventId>();
    expect(await here.ask("grant 1,200 for the “spring” launch", MAX, event)).toBe(
      "Added 1200 credits: for the “spring” launch. Now 1250 left.",
    );
    await here.quota("grant 1,200 for the “spring” launch", MAX, event);
    expect(await here.desk.balance(here.channel)).toMatchObject({ available: 1250 });
    expect(await here.ask("GRANT 1 more")).toBe("Added 1 credit: more. Now 1251 left.");
  });

  it.each([
    ["grant", "Say how many credits, 1 to 1,000,000, and why: /quota grant 100 spring launch"],
    ["grant 0 x", "Say how many credits, 1 to 1,000,000, and why: /quota grant 100 spring launch"],
    ["grant -5 x", "Say how many credits, 1 to 1,000,000, and why: /quota grant 100 spring launch"],
    ["grant 1.5 x", "Say how many credits, 1 to 1,000,000, and why: /quota grant 100 spring launch"],
    ["grant 1000001 x", "Say how many credits, 1 to 1,000,000, and why: /quota grant 100 spring launch"],
    ["grant many x", "Say how many credits, 1 to 1,000,000, and why: /quota grant 100 spring launch"],
    ["grant 5", "Say why, for the history: /quota grant 5 spring launch"],
    ["grant 5 \u200b", "Say why, for the history: /quota grant 5 spring launch"],
    [`grant 5 ${"x".repeat(201)}`, "Say why in 200 characters or fewer."],
  ])("%.20s: %s", async (text, sentence) => {
    expect(await here.ask(text)).toBe(sentence);
    expect(await here.desk.balance(here.channel)).toMatchObject({ available: 50 });
  });
});

describe("/quota set", () => {
  const balance = async () =>
    here.desk.database.records.ledger.balance(await here.desk.account(here.channel), here.desk.clock());

  it("sets an allowance that renews, in a time zone", async () => {
    expect(await here.ask("set 500 per month Asia/Kolkata")).toBe(
      "The allowance is 500 per month. It renews Tue, 1 Dec 2026, 00:00 (Asia/Kolkata). What is used in this month stays used. Now 500 left.",
    );
    expect(await balance()).toMatchObject({
      allowance: 500,
      recurs: { every: "month", timeZone: "Asia/Kolkata" },
      resetsAt: new Date("2026-11-30T18:30:00Z"),
    });
    // The zone stays when none is said; the first is that of the settings.
    await here.ask("set 100 weekly");
    expect((await balance()).recurs).toEqual({ every: "week", timeZone: "Asia/Kolkata" });
    here = openAskingQuota(bench);
    await here.ask("set 20 a day");
    expect((await balance()).recurs).toEqual({ every: "day", timeZone: "Europe/Madrid" });
    expect(await here.ask()).toMatch(
      /Allowance: 20 per day\. Renews Sat, 21 Nov 2026, 00:00 \(Europe\/Madrid\)/,
    );
  });

  const HOW = /^Say how many credits, 0 to 1,000,000, and how often/;
  it.each([
    ["set", HOW],
    ["set 500", HOW],
    ["set 500 per fortnight", HOW],
    ["set -5 per day", HOW],
    ["set 5 per day Europe/Madrid please", HOW],
    [
      "set 5 per day Mars/Olympus",
      /^There is no time zone Mars\/Olympus\. Write it like Europe\/Madrid or UTC\.$/,
    ],
    ["set 5 per day +02:00", /^There is no time zone \+02:00/],
  ])("%s", async (text, sentence) => {
    expect(await here.ask(text)).toMatch(sentence);
    expect((await balance()).recurs).toBeUndefined();
  });

  it.each([
    ["europe/madrid", "Europe/Madrid"],
    ["utc", "UTC"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["Europe/Kyiv", "Europe/Kyiv"],
    ["+02:00", undefined],
    ["", undefined],
    ["Nowhere", undefined],
  ])("the zone %s is %s", (name, zone) => {
    expect(toTimeZone(name)).toBe(zone);
  });
});

describe("/quota history", () => {
  it("lists the movements, newest first", async () => {
    await here.quota("grant 5 launch");
    const words = await here.ask("history");
    expect(words.split("\n")).toHaveLength(2);
    expect(words.split("\n")[0]).toMatch(/^Fri, 20 Nov 2026, 11:00 · granted 5 · @studio:max · launch$/);
    expect(words.split("\n")[1]).toMatch(/allowance 50 · starting credits$/);
  });

  it("says by how much an allowance was changed, and what it is now", async () => {
    for (const how of ["set 450 per month", "set 450 per week", "set 300 per week"]) await here.quota(how);
    expect((await here.ask("history")).split("\n").map((line) => line.replace(/^[^·]*· /, ""))).toEqual([
      "allowance lowered by 150 · @studio:max · now 300 per week",
      "allowance set · @studio:max · now 450 per week",
      "allowance raised by 400 · @studio:max · now 450 per month",
      "allowance 50 · starting credits",
    ]);
  });

  it("has what the takes of a round come to as one line", async () => {
    await here.desk.grid(here.channel, MIA, { count: 4 });
    await here.quota("grant 5 launch");
    await here.quota("grant 7 launch");
    expect((await here.ask("history")).split("\n").map((line) => line.replace(/^[^·]*· /, ""))).toEqual([
      "granted 12 · @studio:max · launch",
      "spent 4 · @studio:mia",
      "held 4 · @studio:mia",
      "allowance 50 · starting credits",
    ]);
  });
});

describe("/quota freeze", () => {
  it("stops new work until it is undone", async () => {
    expect(await here.ask("freeze")).toMatch(/^Frozen: nothing new can start here/);
    expect(await here.ask("freeze")).toMatch(/^It was frozen already/);
    expect(await here.ask("", MIA)).toMatch(/Frozen by @studio:max: nothing new can start/);
    expect(await here.ask("unfreeze")).toBe("Unfrozen: things can start again.");
    expect(await here.ask("unfreeze")).toBe("It was not frozen.");
  });
});
