import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChannelRef, EventId } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { type Desk, inWords, MIA, openDesk } from "../support/story-desk.ts";

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

const wordsOf = (reply: Reply) => ("card" in reply ? inWords(reply.card) : reply.kind);

describe("other commands", () => {
  const say = (name: string, text = "") =>
    desk.inbox.command({
      event: fresh<EventId>(),
      place: { channel, thread: undefined },
      person: MIA,
      name,
      text,
      options: undefined,
      mentions: [],
      attachments: [],
      isLive: false,
    });

  it("are a broken promise of the gateway", async () => {
    await expect(say("imagine")).rejects.toThrow(RangeError);
  });

  it("/help says how, for this channel, with examples that work", async () => {
    const reply = await say("help");
    const words = wordsOf(reply);
    expect(words).toMatch(/art director's number is the pick/);
    expect(words).toMatch(/What fails costs nothing/);
    expect(words).toMatch(/For managers: grant, set, history/);
    expect(words, "examples are for everybody").not.toMatch(/\/quota grant/);
    channel = desk.channel({ directors: [], managers: [] });
    expect(wordsOf(await say("help"))).not.toMatch(/art director/);
    for (const spec of desk.inbox.commands) {
      for (const example of spec.examples) {
        const [, name = "", text = ""] = /^\/(\S+)\s*(.*)$/.exec(example) ?? [];
        expect(name).toBe(spec.name);
        expect(wordsOf(await say(name, text)), example).not.toMatch(/There is no|is one of|Say /);
      }
    }
  });
});
