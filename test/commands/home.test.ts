import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Card } from "../../src/core/card.ts";
import type { ChannelRef, EventId, UserRef, WorkspaceRef } from "../../src/core/ids.ts";
import type { Staff } from "../../src/core/roles.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, DIRECTED, inWords, MAX, MIA, NOOR, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
let workspace: WorkspaceRef;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
  workspace = fresh<WorkspaceRef>("studio:");
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

const NOBODY: Staff = { directors: [], managers: [] };

function channelIn(where: WorkspaceRef, staff: Staff = NOBODY): ChannelRef {
  const channel = fresh<ChannelRef>(`${where}:`);
  desk.platform.staff.set(channel, staff);
  return channel;
}

const home = (who: UserRef) => desk.inbox.home(workspace, who);
const first = async (who: UserRef): Promise<Card> => {
  const [card] = await home(who);
  if (card === undefined) throw new Error("the first card is for everybody");
  return card;
};
const draft = (channel: ChannelRef, who: UserRef, prompt: string) =>
  desk.inbox.command({
    event: fresh<EventId>(),
    place: { channel, thread: undefined },
    person: who,
    name: "draft",
    text: prompt,
    options: undefined,
    mentions: [],
    attachments: [],
    isLive: false,
  });
const pick = (grid: Awaited<ReturnType<Desk["grid"]>>, who: UserRef, number = 1) =>
  desk.inbox.press({
    event: fresh<EventId>(),
    place: grid.post.place,
    person: who,
    message: grid.message,
    action: `number.${grid.round.id}.${number}`,
  });

describe("what one has under way", () => {
  it("is how to begin, when there is nothing", async () => {
    channelIn(workspace, DIRECTED);
    const card = await first(MIA);
    expect(card).toMatchObject({ tone: "info", actions: [], picture: undefined });
    expect(inWords(card)).toMatch(
      /^Nothing of yours is under way\.\nIn any channel .* type \/draft and what/,
    );
    expect(card.summary).toBe("Nothing of yours is under way. Type /draft and what you want to see.");
    expect(await home(MIA)).toHaveLength(1);
  });

  it("is one line a concept, with its state, its place, its age and a way there", async () => {
    const [here, there] = [channelIn(workspace), channelIn(workspace)];
    const grid = await desk.grid(here, MIA, { count: 3 });
    const finished = await desk.grid(there, MIA);
    await pick(finished, MIA, 2);
    const { message } = await desk.deliverFinal(finished.round.id);
    await draft(here, MIA, `“a hare” *by* <@U1> ${"x".repeat(80)}`);
    await draft(here, NOOR, "not mine");
    const card = await first(MIA);
    expect(card.summary).toBe("You have 3 concepts under way.");
    expect(inWords(card).split("\n")).toEqual([
      "Your open concepts",
      `• “a hare” *by* <@U1> ${"x".repeat(39)}…: 4 takes in line, in #${here}, just now`,
      `• a red fox in snow: the final of take 2 waits for a decision, in #${there}, just now · Open`,
      `• a red fox in snow: 3 takes to choose from, in #${here}, just now · Open`,
    ]);
    const links = card.body.flatMap((line) => line.filter((span) => span.type === "message"));
    expect(links.map((span) => span.message)).toEqual([message, grid.message]);
  });

  it("says what is being made, and for how long", async () => {
    const channel = channelIn(workspace);
    const grid = await desk.grid(channel, MIA, { count: 1 });
    await pick(grid, MIA);
    const later = (minutes: number) =>
      bench.pool.query(
        `update draftroom.finals set picked_at = picked_at - $1 * interval '1 minute' where round_id = $2`,
        [minutes, grid.round.id],
      );
    const line = async () => inWords(await first(MIA)).split("\n")[1];
    expect(await line()).toBe(`• a red fox in snow: finishing take 1 in 2K, in #${channel}, just now`);
    for (const [minutes, age] of [
      [1, "1 minute ago"],
      [58, "59 minutes ago"],
      [1, "1 hour ago"],
      [22 * 60 + 59, "23 hours ago"],
      [60, "1 day ago"],
      [48 * 60, "3 days ago"],
    ] as const) {
      await later(minutes);
      expect(await line()).toMatch(new RegExp(`, ${age}$`));
    }
  });

  it("is the ten newest", async () => {
    const channel = channelIn(workspace);
    for (let index = 0; index < 12; index++) await draft(channel, MIA, `idea ${index} --count 1`);
    const lines = inWords(await first(MIA)).split("\n");
    expect(lines).toHaveLength(11);
    expect(lines[1]).toMatch(/idea 11: 1 take in line/);
    expect(lines[10]).toMatch(/idea 2: /);
  });
});

describe("what waits for a director", () => {
  it("are the finals of others, where they direct, until they are decided", async () => {
    const directed = channelIn(workspace, DIRECTED);
    const undirected = channelIn(workspace);
    const grid = await desk.grid(directed, MIA);
    await pick(grid, ADA, 3);
    const { final, message } = await desk.deliverFinal(grid.round.id);
    const other = await desk.grid(undirected, NOOR);
    await pick(other, NOOR);
    await desk.deliverFinal(other.round.id);
    const own = await desk.grid(directed, ADA);
    await pick(own, ADA);
    await desk.deliverFinal(own.round.id);

    const [mine, waiting, ...rest] = await home(ADA);
    expect(inWords(mine as Card)).toContain("a red fox in snow: the final of take 1 waits for a decision");
    expect(waiting?.summary).toBe("1 final waits for your decision.");
    expect(inWords(waiting as Card)).toBe(
      `Waiting for your decision\n• a red fox in snow: final of take 3 for @${MIA}, in #${directed}, just now · Open`,
    );
    expect(waiting?.body[1]?.at(-1)).toEqual({ type: "message", message, text: "Open" });
    expect(rest).toEqual([]);
    for (const who of [MIA, NOOR, MAX]) {
      expect((await home(who)).map((card) => card.summary).join()).not.toContain("your decision");
    }
    await desk.database.records.finals.decide(final.id, { status: "approved" }, ADA, desk.clock());
    expect((await home(ADA)).map((card) => card.summary)).toEqual(["You have 1 concept under way."]);
  });
});

describe("the budgets that one manages", () => {
  it("are shown as /quota shows them, the most recently used first, with Add… and Set…", async () => {
    const [quiet, busy, others] = [
      channelIn(workspace, DIRECTED),
      channelIn(workspace, DIRECTED),
      channelIn(workspace, { directors: [], managers: [NOOR] }),
    ];
    for (const channel of [quiet, busy, others]) await desk.grid(channel, MIA);
    await draft(busy, MIA, "a hare --count 5");
    const [idle, ...cards] = await home(MAX);
    expect(idle && inWords(idle), "how to begin is for others").toBe(
      "Nothing of yours is under way. Type /draft and what you want to see.",
    );
    expect(cards.map(inWords)).toEqual([
      `The budget of #${busy}\n41 of 50 credits left  ●●●●●●●●◐○\n4 spent · 5 held by work under way\nNo allowance that renews: a manager can /quota set one.`,
      `The budget of #${quiet}\n46 of 50 credits left  ●●●●●●●●●○\n4 spent · 0 held by work under way\nNo allowance that renews: a manager can /quota set one.`,
    ]);
    expect(cards.map((card) => card.summary)).toEqual([
      "41 of 50 credits left, 5 held, 4 spent.",
      "46 of 50 credits left, 0 held, 4 spent.",
    ]);
    expect(cards[0]?.actions).toEqual([
      { id: `quota.add:${busy}`, label: "Add…", style: "plain" },
      { id: `quota.set:${busy}`, label: "Set…", style: "plain" },
    ]);
    expect(await home(MIA)).toHaveLength(1);
  });

  it("warn when there is nothing left, or nothing may start", async () => {
    const channel = channelIn(workspace, DIRECTED);
    const account = await desk.account(channel);
    await desk.database.records.ledger.freeze(account, MAX, desk.clock());
    const [, card] = await home(MAX);
    expect(card?.tone).toBe("warn");
    expect(inWords(card as Card)).toContain(`Frozen by @${MAX}: nothing new can start.`);
  });

  it("are twenty at most, and it is said how many more", async () => {
    for (let index = 0; index < 23; index++) await desk.account(channelIn(workspace, DIRECTED));
    const cards = await home(MAX);
    expect(cards).toHaveLength(22);
    expect(cards.at(-1)?.summary).toMatch(/^And 3 more that you manage: \/quota shows/);
  });

  it("are those of that workspace", async () => {
    await desk.account(channelIn(fresh<WorkspaceRef>("studio:"), DIRECTED));
    expect(await home(MAX)).toHaveLength(1);
  });
});
