import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toActionId } from "../../src/choices/choice.ts";
import type { ChannelRef, EventId, UserRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { audit } from "../support/audit.ts";
import { fresh } from "../support/fresh.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, type Desk, DIRECTED, inWords, MIA, NOOR, openDesk } from "../support/story-desk.ts";

let bench: TestDatabase;
let desk: Desk;
let channel: ChannelRef;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  desk = openDesk(bench);
  channel = desk.channel({ ...DIRECTED, directors: [ADA, NOOR] });
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

const wordsOf = (reply: Reply) => ("card" in reply ? inWords(reply.card) : reply.kind);

/** A final of Mia's grid, delivered, and what people do to it. */
async function openFinal() {
  const grid = await desk.grid(channel, MIA);
  const place = { channel, thread: undefined };
  const pick = toActionId({ kind: "number", round: grid.round.id, number: 2 });
  await desk.inbox.press({
    event: fresh<EventId>(),
    place,
    person: ADA,
    message: grid.message,
    action: pick,
  });
  const { final, message } = await desk.deliverFinal(grid.round.id);
  const form = `send_back.${final.id}`;
  return {
    grid,
    message,
    form,
    press: (who: UserRef, kind: "send_back" | "approve" | "redo" = "send_back") =>
      desk.inbox.press({
        event: fresh<EventId>(),
        place,
        person: who,
        message,
        action: toActionId({ kind, final: final.id }),
      }),
    submit: (who: UserRef, because: string, where = channel, id = form) =>
      desk.inbox.submit({
        event: fresh<EventId>(),
        place: { channel: where, thread: undefined },
        person: who,
        form: id,
        answers: { because },
        attachments: [],
        isLive: false,
      }),
    state: async () => (await desk.database.records.finals.find(final.id))?.state,
    async words() {
      const card = desk.platform.shown.get(await desk.show(final.post));
      return card ? inWords(card) : "";
    },
  };
}

describe("send back, because…", () => {
  it("asks why, then keeps and shows it word for word, and the grid is open again", async () => {
    const final = await openFinal();
    const reply = await final.press(ADA);
    if (reply.kind !== "form") throw new Error(reply.kind);
    expect(reply.form).toMatchObject({
      id: final.form,
      fields: [{ name: "because", multiline: true, required: false, lengthMax: 300 }],
    });
    expect((await final.state())?.status, "asking decides nothing").toBe("delivered");
    expect(await final.submit(ADA, "too dark,\n<!channel> *no*  ")).toEqual({ kind: "done" });
    expect(await final.state()).toMatchObject({
      status: "sent_back",
      by: ADA,
      because: "too dark, <!channel> *no*",
    });
    expect(await final.words()).toContain(
      `❌ Sent back by @${ADA}: too dark, <!channel> *no*. The grid is open again`,
    );
    expect((await desk.roundOf(final.grid.round.id)).state.status).toBe("choosing");
    expect(await final.submit(ADA, "too dark"), "said twice").toEqual({ kind: "done" });
  });

  it.each([
    ["", undefined],
    [" \u200b ", undefined],
    ["é".repeat(300), "é".repeat(300)],
  ])("takes %.10j", async (because, kept) => {
    const final = await openFinal();
    expect(await final.submit(NOOR, because)).toEqual({ kind: "done" });
    expect(await final.state()).toMatchObject({ status: "sent_back", because: kept });
  });

  it("refuses more than 300 characters, and leaves the form open", async () => {
    const final = await openFinal();
    for (const because of ["x".repeat(301), "x".repeat(1001)]) {
      const reply = await final.submit(ADA, because);
      expect(reply.kind).toBe("refused");
      expect(wordsOf(reply)).toMatch(/^Say why in 300 characters or fewer/);
    }
    expect((await final.state())?.status).toBe("delivered");
  });

  it("is not asked of whoever may not decide, nor taken from them", async () => {
    const final = await openFinal();
    for (const reply of [await final.press(MIA), await final.submit(MIA, "mine")]) {
      expect(wordsOf(reply)).toMatch(/^Only art directors decide here/);
    }
    expect((await final.state())?.status).toBe("delivered");
  });

  it("of what is decided says who was first, before the form and after it", async () => {
    const final = await openFinal();
    await final.press(NOOR, "approve");
    for (const reply of [await final.press(ADA), await final.submit(ADA, "too dark")]) {
      expect(wordsOf(reply)).toBe(`@${NOOR} approved this final before.`);
    }
    expect((await final.state())?.status).toBe("approved");
  });

  it("of a final elsewhere, or of none, is refused", async () => {
    const final = await openFinal();
    expect(wordsOf(await final.submit(ADA, "", desk.channel()))).toMatch(/not one of this channel/);
    expect(wordsOf(await final.submit(ADA, "", channel, `send_back.${fresh()}`))).toMatch(/not one of this/);
    expect((await final.state())?.status).toBe("delivered");
  });

  it("by ❌ or redo needs no words", async () => {
    const [first, second] = [await openFinal(), await openFinal()];
    await desk.react(first.message, ADA, "reject");
    await second.press(ADA, "redo");
    for (const final of [first, second]) {
      expect(await final.state()).toMatchObject({ status: "sent_back", because: undefined });
      expect(await final.words()).toContain(`Sent back by @${ADA}. `);
    }
  });
});
