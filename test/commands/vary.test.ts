import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChannelRef, EventId, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, inWords, MIA, NOOR, openDesk } from "../support/story-desk.ts";

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

describe("a variation", () => {
  it("asks for a take, and starts a round close to it in the same concept", async () => {
    const grid = await desk.grid(channel, MIA, { failed: [1] });
    const ask = (who: UserRef) =>
      desk.inbox.press({
        event: fresh<EventId>(),
        place: grid.post.place,
        person: who,
        message: grid.message,
        action: `vary.${grid.round.id}`,
      });
    expect(wordsOf(await ask(NOOR))).toMatch(/Only @studio:mia or an art director/);
    const reply = await ask(ADA);
    if (reply.kind !== "form") throw new Error("no form");
    const [field] = reply.form.fields;
    expect(field?.type === "choice" && field.options.map((each) => each.value)).toEqual(["2", "3", "4"]);
    const submit = (answers: Record<string, string>, form = reply.form.id, where = channel, who = MIA) =>
      desk.inbox.submit({
        event: fresh<EventId>(),
        place: { channel: where, thread: undefined },
        person: who,
        form,
        answers,
        attachments: [],
        isLive: false,
      });
    expect(wordsOf(await submit({ take: "1", count: "4" }))).toMatch(
      /Choose a take from 1 to 4 that is there/,
    );
    expect(wordsOf(await submit({ take: "9", count: "4" }))).toMatch(/Choose a take/);
    expect(wordsOf(await submit({ take: "2", count: "400" }))).toMatch(/^Count is/);
    expect(wordsOf(await submit({ take: "2" }, `vary.${fresh()}`))).toMatch(/not one of this channel/);
    expect(wordsOf(await submit({ take: "2" }, reply.form.id, desk.channel()))).toMatch(
      /not one of this channel/,
    );
    expect(wordsOf(await submit({ take: "2" }, reply.form.id, channel, NOOR))).toMatch(/Only @studio:mia/);
    expect(wordsOf(await submit({}, "nonsense"))).toMatch(/not one of ours/);
    expect(await desk.roundsOf(channel)).toHaveLength(1);
    await submit({ take: "2", count: "2", prompt: "a red fox at night" });
    const [, id] = await desk.roundsOf(channel);
    const round = await desk.roundOf(id ?? grid.round.id);
    expect(round).toMatchObject({
      number: 2,
      concept: { id: grid.round.concept.id },
      origin: { kind: "vary", of: grid.round.takes[1]?.id, number: 2 },
      order: { prompt: "a red fox at night", count: 2, aspect: "1:1", finalSize: "2K" },
    });
  });
});
