import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChannelRef, EventId, UserRef } from "../../src/core/ids.ts";
import { toTimeZone } from "../../src/core/time-zone.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, inWords, MAX, MIA, NOOR, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
  channel = desk.channel();
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

const quota = (text = "", who: UserRef = MAX, event = fresh<EventId>()) =>
  desk.inbox.command({
    event,
    place: { channel, thread: undefined },
    person: who,
    name: "quota",
    text,
    mentions: mentionsIn(text),
  });

/** As a platform finds them: `@studio:ada` means that person. */
const mentionsIn = (text: string) =>
  [...text.matchAll(/@(studio:\w+)/g)].map(([typed, person]) => ({ typed, person: person as UserRef }));

/** Everything about a budget is private. */
const wordsOf = (reply: Reply) => {
  expect(reply.kind).toBe("whisper");
  return reply.kind === "whisper" ? inWords(reply.card) : "";
};
const ask = async (text?: string, who?: UserRef) => wordsOf(await quota(text, who));

describe("/quota", () => {
  it("says what is left, held and spent, what for and by whom", async () => {
    await desk.grid(channel, MIA);
    await desk.grid(channel, NOOR, { count: 8, failed: [1, 2] });
    const place = { channel, thread: undefined };
    await desk.inbox.command({
      event: fresh<EventId>(),
      place,
      person: MIA,
      name: "draft",
      text: "a hare --count 5",
      mentions: [],
    });
    const words = await ask("", MIA);
    expect(words).toMatch(/35 of 50 credits left/);
    expect(words).toMatch(/10 spent · 5 held by work under way/);
    expect(words).toMatch(/• 5 for takes of “a hare”, @studio:mia/);
    expect(words).toMatch(/No allowance that renews/);
    expect(words).toMatch(/A take costs 1\. A final costs 4 \(1K, 2K\) or 7 \(4K\)/);
    expect(words.indexOf("@studio:noor")).toBeGreaterThan(0);
  });

  it("shows a manager what they can do, and a member not", async () => {
    const note = async (who: UserRef) => {
      const reply = await quota("", who);
      return reply.kind === "whisper" ? reply.card.note : undefined;
    };
    expect(await note(MAX)).toMatch(/quota grant 100 why/);
    expect(await note(MIA)).toBeUndefined();
  });

  it.each([
    "grant 100 launch",
    "set 500 per month",
    "history",
    "freeze",
    "unfreeze",
    "roles",
    "roles directors nobody",
  ])("%s is a manager's, whoever else asks", async (text) => {
    for (const who of [MIA, ADA]) {
      expect(await ask(text, who)).toBe(`Only managers change the budget. Ask @${MAX}.`);
    }
    expect(await desk.balance(channel)).toEqual({ available: 50, reserved: 0, spent: 0 });
  });

  it("names what was meant by another word", async () => {
    expect(await ask("grnat 5 x")).toBe("There is no /quota grnat. Did you mean /quota grant?");
    expect(await ask("everything")).toBe(
      "There is no /quota everything. There are /quota alone, and grant, set, history, freeze, unfreeze, roles after it.",
    );
  });
});

describe("/quota grant", () => {
  it("adds credits, once an event", async () => {
    const event = fresh<EventId>();
    expect(wordsOf(await quota("grant 1,200 for the “spring” launch", MAX, event))).toBe(
      "Added 1200 credits: for the “spring” launch. Now 1250 left.",
    );
    await quota("grant 1,200 for the “spring” launch", MAX, event);
    expect(await desk.balance(channel)).toMatchObject({ available: 1250 });
    expect(await ask("GRANT 1 more")).toBe("Added 1 credit: more. Now 1251 left.");
  });

  it.each([
    ["grant", "Say how many credits, 1 to 1000000, and why: /quota grant 100 spring launch"],
    ["grant 0 x", "Say how many credits, 1 to 1000000, and why: /quota grant 100 spring launch"],
    ["grant -5 x", "Say how many credits, 1 to 1000000, and why: /quota grant 100 spring launch"],
    ["grant 1.5 x", "Say how many credits, 1 to 1000000, and why: /quota grant 100 spring launch"],
    ["grant 1000001 x", "Say how many credits, 1 to 1000000, and why: /quota grant 100 spring launch"],
    ["grant many x", "Say how many credits, 1 to 1000000, and why: /quota grant 100 spring launch"],
    ["grant 5", "Say why, for the history: /quota grant 5 spring launch"],
    ["grant 5 \u200b", "Say why, for the history: /quota grant 5 spring launch"],
    [`grant 5 ${"x".repeat(201)}`, "Say why in 200 characters or fewer."],
  ])("%.20s: %s", async (text, sentence) => {
    expect(await ask(text)).toBe(sentence);
    expect(await desk.balance(channel)).toMatchObject({ available: 50 });
  });
});

describe("/quota set", () => {
  const balance = async () => desk.database.records.ledger.balance(await desk.account(channel), desk.clock());

  it("sets an allowance that renews, in a time zone", async () => {
    expect(await ask("set 500 per month Asia/Kolkata")).toBe(
      "The allowance is 500 per month. It renews Tue, 1 Dec 2026, 00:00 (Asia/Kolkata). What is used in this month stays used. Now 500 left.",
    );
    expect(await balance()).toMatchObject({
      allowance: 500,
      recurs: { every: "month", timeZone: "Asia/Kolkata" },
      resetsAt: new Date("2026-11-30T18:30:00Z"),
    });
    // The zone stays when none is said; the first is that of the settings.
    await ask("set 100 weekly");
    expect((await balance()).recurs).toEqual({ every: "week", timeZone: "Asia/Kolkata" });
    channel = desk.channel();
    await ask("set 20 a day");
    expect((await balance()).recurs).toEqual({ every: "day", timeZone: "Europe/Madrid" });
    expect(await ask()).toMatch(/Allowance: 20 per day\. Renews Sat, 21 Nov 2026, 00:00 \(Europe\/Madrid\)/);
  });

  const HOW = /^Say how many credits, 0 to 1000000, and how often/;
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
    expect(await ask(text)).toMatch(sentence);
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
    await quota("grant 5 launch");
    const words = await ask("history");
    expect(words.split("\n")).toHaveLength(2);
    expect(words.split("\n")[0]).toMatch(/^Fri, 20 Nov 2026, 11:00 · granted 5 · @studio:max · launch$/);
    expect(words.split("\n")[1]).toMatch(/allowance 50 · starting credits$/);
  });
});

describe("/quota freeze", () => {
  it("stops new work until it is undone", async () => {
    expect(await ask("freeze")).toMatch(/^Frozen: nothing new can start here/);
    expect(await ask("freeze")).toMatch(/^It was frozen already/);
    expect(await ask("", MIA)).toMatch(/Frozen by @studio:max: nothing new can start/);
    expect(await ask("unfreeze")).toBe("Unfrozen: things can start again.");
    expect(await ask("unfreeze")).toBe("It was not frozen.");
  });
});

describe("/quota roles", () => {
  const standing = async () => (await desk.gate.standing(channel)).staff;

  it("shows and changes who directs and who manages", async () => {
    expect(await ask("roles")).toBe(
      `Art directors: @${ADA}\nManagers: @${MAX}\nA director's number is the pick, and directors approve.`,
    );
    await ask(`roles directors @${NOOR}, @${MIA} @${NOOR}`);
    expect(await standing()).toEqual({ directors: [NOOR, MIA], managers: [MAX] });
    await ask(`roles managers @${MAX} @${MIA}`);
    expect((await standing()).managers).toEqual([MAX, MIA]);
    expect(await ask("roles art-directors nobody")).toMatch(
      /Nobody directs here, so whoever asks for takes picks/,
    );
    expect((await standing()).directors).toEqual([]);
    await ask("roles director default");
    expect((await standing()).directors).toEqual([ADA]);
    await ask("roles managers default", MIA);
    expect((await standing()).managers).toEqual([MAX]);
  });

  it("keeps the manager who asks", async () => {
    for (const text of [`roles managers @${MIA}`, "roles managers nobody"]) {
      expect(await ask(text)).toBe(
        "Keep yourself among the managers, so that somebody can change this back.",
      );
    }
    expect((await standing()).managers).toEqual([MAX]);
  });

  it.each([
    "roles directors",
    "roles kings @studio:mia",
    // What somebody types is not what a platform found.
    "roles directors <@studio:mia>",
    "roles directors mia",
    "roles directors @mia",
    "roles directors @studio:mia nobody",
    `roles directors ${"@studio:mia ".repeat(51)}`,
  ])("%.40s is asked again", async (text) => {
    expect(await ask(text)).toMatch(/^Say who: \/quota roles directors @ada/);
    expect((await standing()).directors).toEqual([ADA]);
  });
});
