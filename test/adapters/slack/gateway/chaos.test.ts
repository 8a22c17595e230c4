import { afterEach, describe, expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { createRandom } from "../../../support/cloud/random.ts";
import { type GatewayDesk, MODES, openGatewayDesk } from "./gateway-desk.ts";

let desk: GatewayDesk;
afterEach(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.stop();
});

/** No more than whispers that Slack takes at once. */
const ROUNDS = 18;

describe.each(MODES)("whatever happens on the way by %s", (mode) => {
  it("each mention is recorded once, or its author told, and each reaction arrives", async () => {
    const seed = Math.floor(Math.random() * 2 ** 32);
    desk = await openGatewayDesk(mode, { seed, speed: 240, ackMs: 250, limits: "off" });
    const { ada, brand, inbox, slack } = desk;
    const recorded: string[] = [];
    const usual = inbox.script.command;
    const random = createRandom(seed);
    const flaky = () => random() < 0.25;
    inbox.script.command = async (call) => {
      if (flaky()) throw new Error("not now");
      recorded.push(call.text);
      return usual(call);
    };
    const on = new Set<string>();
    inbox.script.reaction = async (change) => {
      if (flaky()) throw new Error("not now");
      on.add(change.message);
    };
    for (const type of ["app_mention", "reaction_added"]) {
      slack.faults.event(type, { kind: "duplicate" }, { p: 0.15 });
      slack.faults.event(type, { kind: "lost_ack" }, { p: 0.15 });
      slack.faults.event(type, { kind: "reorder" }, { p: 0.15 });
    }
    for (let round = 0; round < ROUNDS; round++) {
      ada.mention(brand, `fox ${round}`);
      ada.react(await desk.post(plainCard("info", `grid ${round}`)), "one");
      if (mode === "socket" && round % 8 === 7) slack.sockets.cut();
    }
    await slack.settled({ timeoutMs: 60_000 });
    const told = () => ada.whispers(brand).filter((each) => each.words.includes("could not be recorded"));
    await slack.until(() => recorded.length + told().length >= ROUNDS, { timeoutMs: 60_000 });

    expect(new Set(recorded).size, `twice, with seed ${seed}`).toBe(recorded.length);
    expect(recorded.length + told().length, `with seed ${seed}`).toBe(ROUNDS);
    await slack.until(() => on.size === ROUNDS, { timeoutMs: 60_000 });
  });
});
