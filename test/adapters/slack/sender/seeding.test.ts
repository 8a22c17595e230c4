import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { METHOD_RATES, type Rate } from "../../../../adapters/slack/sender/sender-limits.ts";
import { EMOJI, type Emoji, plainCard } from "../../../../src/core/card.ts";
import type { MessageRef } from "../../../../src/core/ids.ts";
import { type DeskOptions, once, QUICK, type SenderDesk, useSenderDesks } from "./sender-desk.ts";

const openDesk = useSenderDesks();
let desk: SenderDesk;

async function open(options: DeskOptions = {}): Promise<SenderDesk> {
  desk = await openDesk(options);
  return desk;
}

const paced = (add: Rate) => ({ ...QUICK, methods: { ...METHOD_RATES, "reactions.add": add } });
const CARD = plainCard("info", "Pick one.");
const SEEDS: readonly Emoji[] = ["n1", "n2", "n3", "n4", "reroll", "approve"];
const post = (key = "p1") => desk.sender.post(desk.place, CARD, once(key));
const namesOf = (ref: MessageRef) => desk.at(ref)?.reactions.map((each) => each.name);

describe("seeds", () => {
  test("are placed in order, each by its name, once", async () => {
    const { sender, calls } = await open({ sender: paced({ burst: 30, perMinute: 60 }) });
    const ref = await post();
    expect(await sender.seed(ref, EMOJI)).toBeUndefined();
    expect(namesOf(ref)).toEqual([
      ..."one two three four five six seven eight nine".split(" "),
      ..."arrows_counterclockwise white_check_mark x".split(" "),
    ]);
    expect(await desk.restart().seed(ref, EMOJI)).toBeUndefined();
    expect(calls("reactions.add")).toHaveLength(24);
    expect(namesOf(ref)).toHaveLength(12);
  });

  test("go on where they were, when there is room again", async () => {
    const { sender, calls } = await open({ sender: paced({ burst: 4, perMinute: 600 }) });
    const ref = await post();
    const laterMs = await sender.seed(ref, SEEDS);
    expect(namesOf(ref)).toHaveLength(4);
    expect(laterMs).toBeGreaterThan(0);
    expect(laterMs).toBeLessThanOrEqual(200);
    await sleep(laterMs);
    expect(await sender.seed(ref, SEEDS)).toBeUndefined();
    expect(namesOf(ref)).toHaveLength(6);
    expect(calls("reactions.add")).toHaveLength(6);
  });

  test("that Slack limits are asked for again, and hold up no post", async () => {
    const { sender, slack, calls } = await open();
    const ref = await post();
    slack.faults.call("reactions.add", { kind: "rate_limited", retryAfterS: 30 });
    expect(await sender.seed(ref, SEEDS)).toBe(30_000);
    const start = performance.now();
    await post("p2");
    await sender.edit(ref, CARD);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(await sender.seed(ref, SEEDS)).toBeGreaterThan(29_000);
    expect(calls("reactions.add")).toHaveLength(1);
  });

  test("are left out when they would come too late", async () => {
    const { sender, slack, calls } = await open({ sender: { ...QUICK, seedMsMax: 20_000 } });
    const ref = await post();
    slack.faults.call("reactions.add", { kind: "rate_limited", retryAfterS: 30 });
    await sender.seed(ref, SEEDS);
    expect(await sender.seed(ref, SEEDS)).toBeUndefined();
    expect(await desk.restart({ ...QUICK, seedMsMax: 0 }).seed(ref, SEEDS)).toBeUndefined();
    expect(calls("reactions.add")).toHaveLength(1);
  });

  test.each([
    [{ kind: "error", error: "too_many_emoji" }, undefined],
    [{ kind: "error", error: "message_not_found" }, undefined],
    [{ kind: "error", error: "thread_locked" }, undefined],
    [{ kind: "reset_after" }, 2_000],
    [{ kind: "status", status: 503 }, 2_000],
  ] as const)("that end in %j do not fail: %j", async (fault, answer) => {
    const { sender, slack, log } = await open();
    const ref = await post();
    slack.faults.call("reactions.add", fault);
    expect(await sender.seed(ref, SEEDS)).toBe(answer);
    expect(log.lines.map((line) => line.event)).toContain("slack.not_seeded");
    expect(await sender.seed(ref, SEEDS)).toBeUndefined();
    expect(namesOf(ref)).toHaveLength(6);
  });

  test("without the scope for them are none", async () => {
    const { sender } = await open({ scopes: ["chat:write"] });
    expect(await sender.seed(await post(), SEEDS)).toBeUndefined();
  });
});
