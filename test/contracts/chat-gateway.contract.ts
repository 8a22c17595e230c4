import { beforeEach, describe, expect, it } from "vitest";
import { type Card, plainCard, text } from "../../src/core/card.ts";
import type { EventId, MessageRef } from "../../src/core/ids.ts";
import type { Reply } from "../../src/ports/chat.ts";
import { type ChatBench, type ChatGround, type ChatPerson, useChatBench } from "./chat-bench.ts";

const HOSTILE = "<!channel> <@U0ALL> *x* `z` <https://e.vil|click> & :wave: — “for” 🦊";
const GRID: Card = {
  ...plainCard("info", "4 takes of a red fox."),
  actions: [
    { id: "pick:1", label: "1", style: "plain" },
    { id: "reroll", label: "Reroll", style: "plain" },
  ],
};
const whisper = (words: string): Reply => ({ kind: "whisper", card: plainCard("info", words) });
const NOT_RECORDED = /could not be (recorded|confirmed)/;
const IN_TIME = { timeout: 10_000 };
const away = () => Promise.reject(new Error("the database is away"));

/** What the commands rely on: everything that people do comes once it can be recorded, and what it comes to is told. */
export function chatGatewayContract(name: string, openGround: () => Promise<ChatGround>): void {
  describe(`gateway: ${name}`, () => {
    const open = useChatBench(openGround);
    let bench: ChatBench;
    beforeEach(async () => {
      bench = await open();
    });

    const post = (card = GRID) =>
      bench.sender.post(bench.place, card, { key: crypto.randomUUID(), inDoubtSince: undefined });
    const whispers = async (person: ChatPerson) =>
      (await person.sees(bench.place)).filter(({ isPrivate }) => isPrivate).map(({ words }) => words);
    /** Whether they were told so, at once or a moment later. */
    const isTold = async (person: ChatPerson, at: string, pattern: RegExp) =>
      pattern.test(at) || (await whispers(person)).some((words) => pattern.test(words));
    /** What was not recorded the first time is the same event the second time, or said to be lost. */
    async function isNotLost(at: string, heard: readonly { readonly event: EventId }[]): Promise<void> {
      const isKnown = async () => heard.length > 1 || isTold(bench.mia, at, NOT_RECORDED);
      await expect.poll(isKnown, IN_TIME).toBe(true);
      expect(eventsOf(heard).size).toBe(1);
    }
    const eventsOf = (heard: readonly { readonly event: EventId }[]) =>
      new Set(heard.map(({ event }) => event));

    /** Holds what the inbox does, until it is let go. */
    function hold(reply: Reply) {
      const [heard, recorded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const held = async () => {
        heard.resolve();
        await recorded.promise;
        return reply;
      };
      return { held, heard: heard.promise, letGo: recorded.resolve };
    }

    describe("a command", () => {
      it("comes as it was typed, with who and where", async () => {
        await bench.mia.command(`/draft ${HOSTILE}`);
        expect(bench.inbox.commandCalls).toEqual([
          {
            event: expect.stringMatching(new RegExp(`^${bench.gateway.platform}:.+`)),
            place: bench.place,
            person: bench.mia.ref,
            name: "draft",
            text: HOSTILE,
            options: bench.options,
            mentions: expect.anything(),
            attachments: [],
            isLive: bench.isLive,
          },
        ]);
      });

      it("names people", async () => {
        const { mia, noor, inbox } = bench;
        await mia.command(`/quota roles directors ${noor.name} & others`);
        expect(inbox.commandCalls[0]).toMatchObject({
          text: `roles directors ${noor.name} & others`,
          mentions: [{ typed: noor.name, who: noor.ref }],
        });
      });

      it("each time is another event", async () => {
        await bench.mia.command("/draft a fox");
        await bench.mia.command("/draft a fox");
        expect(eventsOf(bench.inbox.commandCalls).size).toBe(2);
      });

      it("delivered twice is one event", async () => {
        bench.deliverTwice();
        await bench.mia.command("/draft a fox");
        expect(eventsOf(bench.inbox.commandCalls).size).toBe(1);
      });

      it("is answered when it is recorded, and not before", async () => {
        const { held, heard, letGo } = hold(whisper("496 credits left."));
        bench.inbox.script.command = held;
        let isAnswered = false;
        const answer = bench.mia.command("/quota").finally(() => {
          isAnswered = true;
        });
        await heard;
        await new Promise((resolve) => setImmediate(resolve));
        expect(isAnswered).toBe(false);
        letGo();
        expect(await isTold(bench.mia, await answer, /496 credits left/)).toBe(true);
        expect(await whispers(bench.noor)).toEqual([]);
      });

      it("that could not be recorded comes again, or the person is told so and may type it again", async () => {
        const { mia, inbox } = bench;
        const usual = inbox.script.command;
        inbox.script.command = () => {
          inbox.script.command = usual;
          return away();
        };
        const at = await mia.command("/quota");
        await isNotLost(at, inbox.commandCalls);
        if (NOT_RECORDED.test(at)) await mia.command("/quota");
        await expect.poll(() => isTold(mia, at, /This is quota/), IN_TIME).toBe(true);
      });
    });

    describe("a click", () => {
      it("comes with the message that it was on, and its answer is nobody else's", async () => {
        const { mia, noor, inbox, place } = bench;
        inbox.script.press = async () => whisper("Only art directors pick.");
        const message = await post();
        const at = await mia.press(message, "Reroll");
        expect(inbox.presses).toEqual([
          { event: expect.any(String), place, person: mia.ref, message, action: "reroll" },
        ]);
        await expect.poll(() => isTold(mia, at, /Only art directors/)).toBe(true);
        expect(await whispers(noor)).toEqual([]);
        expect((await noor.sees(place))[0]?.words).toContain("4 takes of a red fox.");
      });

      it("in a thread comes from there", async () => {
        const { mia, inbox, place, sender } = bench;
        const thread = await sender.thread(await post(), "a red fox");
        const final = await sender.post({ ...place, thread }, GRID, {
          key: "final",
          inDoubtSince: undefined,
        });
        await mia.press(final, "1");
        expect(inbox.presses[0]).toMatchObject({ place: { ...place, thread }, message: final });
      });

      it("delivered twice is one event", async () => {
        const message = await post();
        bench.deliverTwice();
        await bench.mia.press(message, "1");
        expect(eventsOf(bench.inbox.presses).size).toBe(1);
      });

      it("that could not be recorded comes again, or the person is told so", async () => {
        const { mia, inbox } = bench;
        const usual = inbox.script.press;
        inbox.script.press = () => {
          inbox.script.press = usual;
          return away();
        };
        await isNotLost(await mia.press(await post(), "1"), inbox.presses);
      });
    });

    describe("a reaction", () => {
      const change = (message: MessageRef) => ({ message, place: bench.place, person: bench.mia.ref });

      it("comes when it is put on, and when it is taken off", async () => {
        const { mia, inbox } = bench;
        const message = await post();
        await mia.react(message, "n2", true);
        await expect.poll(() => inbox.reactions).toEqual([{ ...change(message), emoji: "n2", on: true }]);
        await mia.react(message, "n2", false);
        await expect.poll(() => inbox.reactions[1]).toEqual({ ...change(message), emoji: "n2", on: false });
      });

      it("of the bot's own does not come", async () => {
        const { sender, mia, inbox } = bench;
        const message = await post();
        await sender.seed(message, ["n1", "n2"]);
        await mia.react(message, "n2", true);
        await expect.poll(() => inbox.reactions.map(({ person }) => person)).toEqual([mia.ref]);
      });

      it("that could not be recorded comes again, or the person is told", async () => {
        const { mia, inbox } = bench;
        const usual = inbox.script.reaction;
        inbox.script.reaction = () => {
          inbox.script.reaction = usual;
          return away();
        };
        const at = await mia.react(await post(), "n1", true);
        const isKnown = async () => inbox.reactions.length > 1 || isTold(mia, at, NOT_RECORDED);
        await expect.poll(isKnown, IN_TIME).toBe(true);
      });
    });

    it("delivers no command that it was not given, and says so", async () => {
      expect(await bench.mia.command("/darft a fox")).toContain("/darft");
      expect(bench.inbox.commandCalls).toEqual([]);
    });

    it("finishes what has begun before it stops, and takes nothing new", async () => {
      const { mia, noor, gateway, inbox } = bench;
      const { held, heard, letGo } = hold({
        kind: "whisper",
        card: plainCard("ok", "It is recorded.", [[text("It is recorded.")]]),
      });
      inbox.script.command = held;
      const answer = mia.command("/quota");
      await heard;
      const stopped = gateway.stop();
      expect(await noor.command("/quota")).toMatch(/restarting/);
      letGo();
      expect(await answer).toContain("It is recorded.");
      await stopped;
      expect(inbox.commandCalls).toHaveLength(1);
    });
  });
}
