import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { asJob, gridCard, once, useSenderDesks } from "./sender-desk.ts";

const open = useSenderDesks();
const GRIDS = 20;

it("settles 20 grids of one channel within a minute, without a storm of refusals", async () => {
  const {
    sender: gateway,
    place,
    channel,
    addAsset,
    restart,
    calls,
    discord,
  } = await open({ limits: "real" });
  // The gateway answers with the busy card, which the sender does not know of.
  const sender = restart();
  const asset = await addAsset();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: GRIDS }, async (_, index) => {
      const busy = plainCard("busy", `Drafting ${index}`);
      const ref = await asJob(() => gateway.post(place, busy, once(`k${index}`)));
      const grid = gridCard(asset, { reactions: ["n1", "n2", "n3", "n4", "reroll", "approve"] });
      await asJob(() => sender.edit(ref, grid));
      for (let ms = await sender.seed(ref, grid.reactions); ms !== undefined; ) {
        await sleep(ms);
        ms = await sender.seed(ref, grid.reactions);
      }
    }),
  );
  const tookMs = performance.now() - start;
  const messages = channel.messages();
  expect(messages).toHaveLength(GRIDS);
  for (const message of messages) {
    expect(message.images).toHaveLength(1);
    expect(Object.keys(message.reactions)).toHaveLength(6);
  }
  const refused = calls().filter(({ answer }) => answer?.status === 429);
  // discord.js learns a route's bucket by its first answer; what is under way by then may be one too many.
  expect(refused.map(({ route }) => route).length).toBeLessThanOrEqual(3);
  expect(discord.invalidRequests).toBe(refused.length);
  // A post, a look, an edit and 6 seeds each, and nothing in vain.
  expect(calls().length - refused.length).toBe(GRIDS * 9);
  expect(tookMs).toBeLessThan(60_000);
}, 120_000);
