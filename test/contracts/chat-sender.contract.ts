import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { bold, type Card, code, type Emoji, plainCard, text, user } from "../../src/core/card.ts";
import type { MessageRef } from "../../src/core/ids.ts";
import { ChatError, type Place } from "../../src/ports/chat.ts";
import { type ChatBench, type ChatGround, PICTURE, type SeenMessage, useChatBench } from "./chat-bench.ts";

const HOSTILE = "<!channel> <@U0ALL> @everyone *x* _y_ `z` ~w~ <https://e.vil|click> & &amp; :wave: 🦊🦊";
const SEEDS: readonly Emoji[] = ["n2", "n1", "reroll", "approve"];

const once = (key: string) => ({ key, inDoubtSince: undefined });
const said = (words: string) => plainCard("info", words);
const GRID: Card = {
  ...said("4 takes of a red fox."),
  picture: { asset: PICTURE, name: "grid.png", alt: "2 by 2 grid of takes for: a red fox.", full: undefined },
  actions: [{ id: "pick:1", label: "1", style: "plain" }],
  note: "4 credits",
};

/** What the rest of the program relies on when it says something on a platform. */
export function chatSenderContract(name: string, openGround: () => Promise<ChatGround>): void {
  describe(`sender: ${name}`, () => {
    const open = useChatBench(openGround);
    let bench: ChatBench;
    beforeEach(async () => {
      bench = await open();
    });

    const seenAt = async (place: Place, by = bench.mia) => by.sees(place);
    const wordsAt = async (place: Place, by = bench.mia) =>
      (await seenAt(place, by)).map(({ words }) => words);
    const messageAt = async (ref: MessageRef): Promise<SeenMessage | undefined> =>
      (await seenAt(bench.place)).find((each) => each.ref === ref);

    describe("a post", () => {
      it("is seen by everybody, with its picture, its buttons and its note", async () => {
        const ref = await bench.sender.post(bench.place, GRID, once("k1"));
        for (const person of [bench.mia, bench.noor]) {
          const [message, ...others] = await person.sees(bench.place);
          expect(others).toEqual([]);
          expect(message).toMatchObject({
            ref,
            isPrivate: false,
            pictures: [GRID.picture?.alt],
            buttons: ["1"],
            words: expect.stringContaining("4 takes of a red fox."),
          });
          expect(message?.words).toContain("4 credits");
        }
        expect(ref.startsWith(`${bench.sender.platform}:`)).toBe(true);
      });

      it("with another key is another message", async () => {
        const first = await bench.sender.post(bench.place, said("one"), once("k1"));
        expect(await bench.sender.post(bench.place, said("two"), once("k2"))).not.toBe(first);
        expect(await wordsAt(bench.place)).toEqual([
          expect.stringContaining("one"),
          expect.stringContaining("two"),
        ]);
      });

      it("whose answer was lost is in doubt, and stands there once", async () => {
        const since = new Date();
        bench.loseAnswer();
        const answer = await bench.sender
          .post(bench.place, GRID, once("k1"))
          .catch((error: unknown) => error);
        if (typeof answer !== "string") expect(answer).toMatchObject({ kind: "unavailable", inDoubt: true });
        await bench.sender.post(bench.place, said("another"), once("k2"));
        const ref = await bench.sender.post(bench.place, GRID, { key: "k1", inDoubtSince: since });
        const seen = await seenAt(bench.place);
        expect(seen).toHaveLength(2);
        expect(ref).toBe(seen[0]?.ref);
        expect(await bench.sender.post(bench.place, GRID, { key: "k1", inDoubtSince: since })).toBe(ref);
        expect(await seenAt(bench.place)).toHaveLength(2);
      });

      it("in doubt that never went out goes out", async () => {
        await bench.sender.post(bench.place, said("here"), { key: "k1", inDoubtSince: new Date() });
        expect(await wordsAt(bench.place)).toEqual([expect.stringContaining("here")]);
      });

      it("says any words as they are, and calls nobody", async () => {
        const body = [[text(HOSTILE)], [bold(HOSTILE)], [code(HOSTILE)]];
        const card = { ...plainCard("warn", HOSTILE, body), note: HOSTILE };
        const ref = await bench.sender.post(bench.place, card, once("k1"));
        const [message] = await seenAt(bench.place);
        expect(message?.words.split(HOSTILE)).toHaveLength(5);
        expect(message?.calls).toEqual([]);
        await bench.sender.edit(ref, card);
        expect(await messageAt(ref)).toMatchObject({ words: message?.words, calls: [] });
      });

      it("names people, and calls nobody else", async () => {
        const card = plainCard("info", "Ask noor.", [[text("Ask "), user(bench.noor.ref), text(".")]]);
        await bench.sender.post(bench.place, card, once("k1"));
        const [message] = await seenAt(bench.place);
        expect(message?.names).toEqual([bench.noor.ref]);
        expect([bench.noor.ref]).toEqual(expect.arrayContaining([...(message?.calls ?? [])]));
      });
    });

    describe("an edit", () => {
      it("replaces everything, and nothing else", async () => {
        const ref = await bench.sender.post(bench.place, GRID, once("k1"));
        await bench.sender.post(bench.place, said("after it"), once("k2"));
        await bench.noor.react(ref, "n1", true);
        await bench.sender.edit(ref, said("Noor picked 1."));
        const [message, ...others] = await seenAt(bench.place);
        expect(others.map(({ words }) => words)).toEqual([expect.stringContaining("after it")]);
        expect(message).toMatchObject({ ref, pictures: [], buttons: [], reactions: ["n1"] });
        expect(message?.words).toContain("Noor picked 1.");
        expect(message?.words).not.toContain("4 credits");
        await bench.sender.edit(ref, GRID);
        expect(await messageAt(ref)).toMatchObject({ pictures: [GRID.picture?.alt], buttons: ["1"] });
      });

      it("may be repeated", async () => {
        const ref = await bench.sender.post(bench.place, GRID, once("k1"));
        for (let count = 0; count < 3; count++) await bench.sender.edit(ref, GRID);
        expect(await seenAt(bench.place)).toHaveLength(1);
      });

      it("of a message that is no more is gone", async () => {
        const ref = await bench.sender.post(bench.place, said("here"), once("k1"));
        await bench.remove(ref);
        await expect(bench.sender.edit(ref, said("there"))).rejects.toMatchObject({
          name: "ChatError",
          kind: "gone",
        });
        expect(await seenAt(bench.place)).toEqual([]);
      });
    });

    describe("a whisper", () => {
      it("is seen by one person, where it was said", async () => {
        const { sender, place, mia, noor } = bench;
        const root = await sender.post(place, GRID, once("k1"));
        const thread = { ...place, thread: await sender.thread(root, "a red fox") };
        const reply = await sender.post(thread, GRID, once("k2"));
        if (bench.whispers === "in_answer") {
          expect(await sender.whisper(place, mia.ref, said("out of nothing"))).toBe(false);
          await mia.press(root, "1");
          await mia.press(reply, "1");
        }
        expect(await sender.whisper(place, mia.ref, said(`in the channel ${HOSTILE}`))).toBe(true);
        expect(await sender.whisper(thread, mia.ref, said("in the thread"))).toBe(true);
        const whispers = async (at: Place, by: typeof mia) =>
          (await by.sees(at)).filter(({ isPrivate }) => isPrivate);
        expect(await whispers(place, mia)).toMatchObject([
          { words: expect.stringContaining(HOSTILE), calls: [] },
        ]);
        expect(await whispers(thread, mia)).toMatchObject([
          { words: expect.stringContaining("in the thread") },
        ]);
        expect([...(await whispers(place, noor)), ...(await whispers(thread, noor))]).toEqual([]);
      });
    });

    describe("a thread", () => {
      it("hangs under its message, whoever asks for it and how often", async () => {
        const { sender, place } = bench;
        const root = await sender.post(place, GRID, once("k1"));
        const thread = await sender.thread(root, "a red fox");
        expect(await sender.thread(root, "another title")).toBe(thread);
        const reply = await sender.post({ ...place, thread }, said("The final."), once("k2"));
        expect((await seenAt(place)).map(({ ref }) => ref)).toEqual([root]);
        expect((await seenAt({ ...place, thread })).map(({ ref }) => ref)).toContain(reply);
      });
    });

    describe("seeds", () => {
      async function seed(message: MessageRef): Promise<void> {
        let ms = await bench.sender.seed(message, SEEDS);
        for (; ms !== undefined; ms = await bench.sender.seed(message, SEEDS)) await sleep(ms);
      }

      it("stand in their order, once, and are nobody's reactions", async () => {
        const ref = await bench.sender.post(bench.place, GRID, once("k1"));
        await seed(ref);
        await seed(ref);
        expect((await messageAt(ref))?.reactions).toEqual(SEEDS);
        expect(await bench.sender.reactions(ref)).toEqual([]);
      });

      it("are no hindrance to people", async () => {
        const { sender, place, mia, noor } = bench;
        const ref = await sender.post(place, GRID, once("k1"));
        await seed(ref);
        await mia.react(ref, "n1", true);
        await noor.react(ref, "n1", true);
        await noor.react(ref, "approve", true);
        await mia.react(ref, "n1", false);
        const levels = await sender.reactions(ref);
        expect(levels).toHaveLength(2);
        expect(levels).toContainEqual({ emoji: "n1", people: [noor.ref] });
        expect(levels).toContainEqual({ emoji: "approve", people: [noor.ref] });
      });
    });

    it("reads no reactions of a message that is no more", async () => {
      const ref = await bench.sender.post(bench.place, GRID, once("k1"));
      await bench.remove(ref);
      await expect(bench.sender.reactions(ref)).rejects.toMatchObject({ name: "ChatError", kind: "gone" });
    });

    it("shows work in passing without a message, or says that it cannot", async () => {
      const { sender, place } = bench;
      const root = await sender.post(place, said("root"), once("k1"));
      const thread = { ...place, thread: await sender.thread(root, "a red fox") };
      const busy = plainCard("busy", "Finishing take 3 in 2K: a red fox");
      for (const at of [place, thread]) {
        const again = await sender.status(at, busy, new Date());
        if (again !== undefined) expect(again).toBeGreaterThan(0);
      }
      expect(await wordsAt(place)).toEqual([expect.stringContaining("root")]);
    });

    it("knows who directs and manages, and that nobody is in a group that does not exist", async () => {
      expect(await bench.sender.staff(bench.place.channel)).toEqual(bench.staff);
      expect(await bench.sender.isIn(bench.nobody, bench.mia.ref)).toBe(false);
    });

    it("says of what it cannot reach that it is worth another try", async () => {
      const { sender, place, mia } = bench;
      const ref = await sender.post(place, GRID, once("k1"));
      if (bench.whispers === "in_answer") await mia.press(ref, "1");
      await bench.cutOff();
      const tries = [
        () => sender.post(place, said("here"), once("k2")),
        () => sender.edit(ref, said("there")),
        () => sender.whisper(place, mia.ref, said("psst")),
        () => sender.reactions(ref),
      ];
      for (const attempt of tries) {
        const error = await attempt().catch((caught: unknown) => caught);
        expect(error).toBeInstanceOf(ChatError);
        expect(error).toMatchObject({ kind: "unavailable" });
      }
    });
  });
}
