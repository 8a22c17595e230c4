import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MessageRef } from "../../src/core/ids.ts";
import { ChatError } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { type Desk, MIA, openDesk } from "../support/story-desk.ts";

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

/** The platform fails to show the reactions of a message, so many times. */
function failing(message: MessageRef, times: number, kind: ChatError["kind"]): () => number {
  const { sender } = desk.platform;
  const read = sender.reactions;
  let asked = 0;
  sender.reactions = async (ref) => {
    if (ref !== message) return read(ref);
    asked += 1;
    if (asked <= times) throw new ChatError(kind, "not now");
    return read(ref);
  };
  return () => asked;
}

describe("a message whose reactions cannot be read", () => {
  it("is read when the platform answers again, in the same look", async () => {
    const channel = desk.channel();
    const { message } = await desk.grid(channel, MIA);
    desk.platform.react(message, MIA, "reroll", true);
    const asked = failing(message, 2, "unavailable");
    await desk.reconcile();
    expect(asked()).toBe(3);
    expect(await desk.roundsOf(channel)).toHaveLength(2);
  });

  it("is left at once when the platform says no", async () => {
    const channel = desk.channel();
    const { message } = await desk.grid(channel, MIA);
    desk.platform.react(message, MIA, "reroll", true);
    const asked = failing(message, 9, "refused");
    await desk.reconcile();
    expect(asked()).toBe(1);
    expect(await desk.roundsOf(channel)).toHaveLength(1);
  });
});
