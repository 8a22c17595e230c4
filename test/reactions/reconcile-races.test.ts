import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MessageRef } from "../../src/core/ids.ts";
import { audit } from "../support/audit.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, MIA, NOOR, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

/** People do something after the platform has read the levels of that message, before we have them. */
function meanwhile(message: MessageRef, act: () => Promise<void>): void {
  const { sender } = desk.platform;
  const read = sender.reactions;
  sender.reactions = async (asked) => {
    const levels = await read(asked);
    if (asked !== message) return levels;
    sender.reactions = read;
    await act();
    return levels;
  };
}

describe("while the levels are read", () => {
  it("a reaction taken off is not put on again", async () => {
    const channel = desk.channel();
    const { message } = await desk.grid(channel, MIA);
    await desk.react(message, MIA, "reroll");
    meanwhile(message, () => desk.react(message, MIA, "reroll", false));
    await desk.reconcile();
    expect(desk.platform.levels(message, MIA)).toEqual([]);
    expect(await desk.roundsOf(channel)).toHaveLength(2);
    await desk.reconcile();
    expect(await desk.roundsOf(channel)).toHaveLength(2);
    await desk.react(message, MIA, "reroll");
    expect(await desk.roundsOf(channel), "put on again, it counts again").toHaveLength(3);
  });

  it("one whose coming and going is heard late is done once", async () => {
    const channel = desk.channel();
    const { message, post } = await desk.grid(channel, MIA);
    desk.platform.react(message, MIA, "reroll", true);
    // Both events come now, late: what was read says that it is on.
    meanwhile(message, async () => {
      await desk.react(message, MIA, "reroll");
      await desk.react(message, MIA, "reroll", false);
    });
    await desk.reconcile();
    expect(await desk.roundsOf(channel)).toHaveLength(2);
    expect(await desk.database.records.reactions.find(post.id, MIA, "reroll")).toMatchObject({
      present: false,
      adds: 1,
    });
  });

  it("one put on is not taken for taken off", async () => {
    const { message, round } = await desk.grid(desk.channel(), MIA);
    meanwhile(message, () => desk.react(message, NOOR, "n2"));
    await desk.reconcile();
    expect(await desk.database.records.rounds.votes(round.id)).toEqual([{ person: NOOR, number: 2 }]);
  });

  it("what was missed on the same message still counts, once", async () => {
    const channel = desk.channel();
    const { message, round } = await desk.grid(channel, MIA);
    await desk.react(message, NOOR, "n1");
    desk.platform.react(message, NOOR, "n1", false);
    desk.platform.react(message, NOOR, "n3", true);
    desk.platform.react(message, MIA, "reroll", true);
    meanwhile(message, () => desk.react(message, ADA, "reroll"));
    await desk.reconcile();
    await desk.reconcile();
    expect(await desk.database.records.rounds.votes(round.id)).toEqual([{ person: NOOR, number: 3 }]);
    // Mia's, which nobody heard of, and Ada's, which came meanwhile.
    expect(await desk.roundsOf(channel)).toHaveLength(3);
  });
});
