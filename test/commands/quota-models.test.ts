import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EventId } from "../../src/core/ids.ts";
import type { ModelName } from "../../src/core/model.ts";
import { type AskingDraft, openAskingDraft } from "../support/asking-draft.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, MAX, MIA } from "../support/story-desk.ts";

let bench: TestDatabase;
let here: AskingDraft;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  here = openAskingDraft(bench);
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

const ask = (text: string, who = MAX) => here.say("quota", text, { who });
const set = async () => (await here.desk.database.records.channels.find(here.channel))?.models;
const ON =
  "Advice is on: who asks for what the model for drafts often gets wrong is told so before credits are held.";

describe("/quota models", () => {
  it("shows everybody which there are, in the order in which they are asked, and their prices", async () => {
    const words = [
      "Drafts: swift-lite (by default). A take costs 1.",
      "If it cannot, for the same: swift-mid. When chosen, a take costs 1.",
      "Then: swift-2.1. When chosen, a take costs 2.",
      "Finals: grand (by default). A final costs 5.",
      "If it cannot, for the same: grand-pro. When chosen, a final costs 5 (1K, 2K) or 9 (4K).",
      ON,
    ];
    for (const who of [MAX, MIA, ADA]) expect((await ask("models", who)).split("\n")).toEqual(words);
  });

  it("tells managers how they are changed", async () => {
    const noteOf = async (who: typeof MAX, options?: Record<string, string>) => {
      const reply = await here.desk.inbox.command({
        event: fresh<EventId>(),
        place: { channel: here.channel, thread: undefined },
        person: who,
        name: "quota",
        text: "models",
        options,
        mentions: [],
        attachments: [],
        isLive: false,
      });
      return "card" in reply ? reply.card.note : undefined;
    };
    expect(await noteOf(MAX)).toMatch(/^For managers: \/quota models draft <name> or default/);
    expect(await noteOf(MAX, {})).toMatch(
      /^For managers: \/quota models tier: draft or final, name: a model/,
    );
    expect(await noteOf(MIA)).toBeUndefined();
  });

  it("sets the model of a tier, and sets it back", async () => {
    const words = await ask("models draft Swift-Mid");
    expect(words.split("\n").slice(0, 3)).toEqual([
      "Drafts: swift-mid (set here). A take costs 1.",
      "If it cannot, for the same: swift-lite. When chosen, a take costs 1.",
      "Then: swift-2.1. When chosen, a take costs 2.",
    ]);
    expect(await ask("models finals grand-pro")).toContain("Finals: grand-pro (set here)");
    expect(await set()).toEqual({ draft: "swift-mid", final: "grand-pro" });
    expect(await ask("models draft default")).toContain("Drafts: swift-lite (by default)");
    expect(await set()).toEqual({ draft: undefined, final: "grand-pro" });
  });

  it("says so when the one that was set is there no more", async () => {
    await ask("models");
    await here.desk.database.records.channels.setModel(
      here.channel,
      "draft",
      "swift-1" as ModelName,
      MAX,
      here.desk.clock(),
    );
    expect(await ask("models")).toContain("Drafts: swift-lite (swift-1 was set here, and is there no more)");
  });

  it("turns advice off and on", async () => {
    expect(await ask("models advice off")).toContain("Advice is off.");
    expect(await ask("models advice ON")).toContain(ON);
  });

  it.each([
    ["models draft swift-lit", "There is no model swift-lit. Did you mean swift-lite?"],
    ["models draft dalle", "There is no model dalle. Drafts are made by swift-lite, swift-mid, swift-2.1."],
    [
      "models draft grand",
      "grand is there for finals only. Drafts are made by swift-lite, swift-mid, swift-2.1.",
    ],
    ["models final swift-mid", "swift-mid is there for drafts only. Finals are made by grand, grand-pro."],
    ["models drfat x", "There is no /quota models drfat. Did you mean /quota models draft?"],
    ["models swift-lite", /^Say which: \/quota models draft <name> or default/],
    ["models draft", /^Say which: /],
    ["models draft swift-lite please", /^Say which: /],
    ["models advice", /^Say which: /],
    ["models advice maybe", "Advice is on or off. You gave maybe."],
  ])("%s: %s", async (text, sentence) => {
    if (typeof sentence === "string") expect(await ask(text)).toBe(sentence);
    else expect(await ask(text)).toMatch(sentence);
    expect(await set()).toEqual({ draft: undefined, final: undefined });
  });

  it("is a manager's to change, whoever else asks", async () => {
    for (const text of ["models draft swift-mid", "models advice off", "models final default"])
      for (const who of [MIA, ADA])
        expect(await ask(text, who)).toBe(`Only managers can change that. Ask @${MAX}.`);
    expect(await ask("models")).toContain("Drafts: swift-lite (by default)");
  });
});
