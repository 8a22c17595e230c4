import { beforeEach, describe, expect, it } from "vitest";
import { plainCard } from "../../src/core/card.ts";
import { DRAFT_FORM } from "../support/scripted-inbox.ts";
import { type ChatBench, type ChatGround, useChatBench } from "./chat-bench.ts";

const HOSTILE = "<!channel> <@U0ALL> *x* `z` <https://e.vil|click> & :wave: — “for” 🦊";

/** How a gateway shows a form, and brings back what people have filled in. */
export function chatFormsContract(name: string, openGround: () => Promise<ChatGround>): void {
  describe(`forms: ${name}`, () => {
    const open = useChatBench(openGround);
    let bench: ChatBench;
    beforeEach(async () => {
      bench = await open();
    });

    async function openForm(): Promise<void> {
      await bench.mia.command("/draft");
      await expect.poll(() => bench.mia.form()).toBeDefined();
    }

    it("comes back with its answers, to where it was asked for", async () => {
      const { mia, inbox, place } = bench;
      await openForm();
      expect(mia.form()).toEqual(["prompt", "count"]);
      await mia.submit({ prompt: HOSTILE });
      expect(inbox.submissions).toEqual([
        {
          event: expect.any(String),
          place,
          person: mia.ref,
          form: "draft",
          answers: { prompt: HOSTILE, count: "4" },
          attachments: [],
          isLive: bench.isLive,
        },
      ]);
      expect(mia.form()).toBeUndefined();
    });

    it("with words above its fields, and something that it brings along, comes back whole", async () => {
      const { mia, inbox } = bench;
      const form = { ...DRAFT_FORM, id: "draft?aspect=16%3A9&seed=4294967295", intro: HOSTILE };
      inbox.script.command = async () => ({ kind: "form", form });
      await openForm();
      await mia.submit({ prompt: "a fox" });
      expect(inbox.submissions).toMatchObject([
        { form: form.id, answers: { prompt: "a fox", count: "4" }, isLive: bench.isLive },
      ]);
    });

    it("that was refused says why, stays open, and may be sent again", async () => {
      const { mia, inbox } = bench;
      await openForm();
      const usual = inbox.script.submit;
      inbox.script.submit = async () => ({
        kind: "refused",
        card: plainCard("warn", "--count is 1 to 16."),
      });
      expect(await mia.submit({ prompt: "a fox" })).toContain("--count is 1 to 16.");
      inbox.script.submit = usual;
      await mia.submit({ prompt: "a fox", count: "1" });
      expect(inbox.submissions).toHaveLength(2);
      expect(inbox.submissions[1]).toMatchObject({ answers: { prompt: "a fox", count: "1" } });
    });

    it("that could not be recorded comes again, or says so and may be sent again", async () => {
      const { mia, inbox } = bench;
      await openForm();
      const usual = inbox.script.submit;
      inbox.script.submit = () => {
        inbox.script.submit = usual;
        return Promise.reject(new Error("the database is away"));
      };
      const words = await mia.submit({ prompt: "a fox" });
      if (/could not be (recorded|confirmed)/.test(words)) await mia.submit({ prompt: "a fox" });
      await expect.poll(() => inbox.submissions.length, { timeout: 10_000 }).toBe(2);
      expect(inbox.submissions[1]).toMatchObject({ answers: { prompt: "a fox" } });
    });

    it("delivered twice is one event", async () => {
      await openForm();
      bench.deliverTwice();
      await bench.mia.submit({ prompt: "a fox" });
      expect(new Set(bench.inbox.submissions.map(({ event }) => event)).size).toBe(1);
    });
  });
}
