import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { SENDER_LIMITS } from "../../../../adapters/slack/sender/sender-limits.ts";
import type { Card } from "../../../../src/core/card.ts";
import type { MessageRef } from "../../../../src/core/ids.ts";
import { ChatError, type Place } from "../../../../src/ports/chat.ts";
import { gridCard, once, type SenderDesk, useSenderDesks } from "./sender-desk.ts";

/** How much faster Slack's minute passes, for both sides. */
const SPEED = 10;
const GRIDS = 30;
const SEEDS = ["n1", "n2", "n3", "n4", "reroll", "approve"] as const;

const openDesk = useSenderDesks();

const limits = {
  ...SENDER_LIMITS,
  minuteMs: SENDER_LIMITS.minuteMs / SPEED,
  waitMsMax: SENDER_LIMITS.waitMsMax / SPEED,
  seedMsMax: SENDER_LIMITS.seedMsMax / SPEED,
};

/** What the delivery job does: comes again when it was told to. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ChatError) || error.retryAfterMs === undefined) throw error;
      await sleep(error.retryAfterMs);
    }
  }
}

async function seed({ sender }: SenderDesk, ref: MessageRef, card: Card): Promise<void> {
  for (let ms = await sender.seed(ref, card.reactions); ms !== undefined; ) {
    await sleep(ms);
    ms = await sender.seed(ref, card.reactions);
  }
}

/** In Slack's minutes, how long it took until all stood there, and until all was quiet. */
async function storm(desk: SenderDesk, places: readonly Place[]) {
  const cards = await Promise.all(
    Array.from({ length: GRIDS }, async () => gridCard(await desk.addAsset(), { reactions: SEEDS })),
  );
  const start = performance.now();
  const minutes = () => ((performance.now() - start) * SPEED) / 60_000;
  let shown = 0;
  const deliver = async (card: Card, place: Place, key: string) => {
    const ref = await again(() => desk.sender.post(place, card, once(key)));
    shown = minutes();
    await Promise.all([seed(desk, ref, card), again(() => desk.sender.edit(ref, card))]);
  };
  await Promise.all(
    places.flatMap((place, row) =>
      cards
        .filter((_, index) => index % places.length === row)
        .map((card, index) => deliver(card, place, `g${row}-${index}`)),
    ),
  );
  return { shown, quiet: minutes() };
}

describe(`${GRIDS} grids at once, under Slack's own limits`, () => {
  test.each([
    ["one channel", 1],
    ["ten channels", 10],
  ])("in %s settle without a refusal", async (_name, count) => {
    const desk = await openDesk({
      limits: "real",
      speed: SPEED,
      fileReadyMs: 150,
      sender: limits,
    });
    try {
      const rooms = Array.from({ length: count }, (_, index) => desk.addChannel(`room-${index}`));
      const { shown, quiet } = await storm(
        desk,
        rooms.map((room) => room.place),
      );
      const posted = rooms.flatMap(({ channel }) => channel.messages());
      expect(posted).toHaveLength(GRIDS);
      expect(posted.filter((each) => each.images.length === 1)).toHaveLength(GRIDS);
      const refused = desk.slack.calls.filter((call) => call.answer?.ok !== true);
      expect(refused.map((call) => [call.method, call.answer?.status, call.answer?.error])).toEqual([]);
      expect(desk.calls("upload")).toHaveLength(GRIDS);
      expect(shown).toBeLessThan(1.5);
      expect(quiet).toBeLessThan(3);
      const seeds = posted.flatMap((each) => each.reactions).length;
      console.log(
        `shown in ${shown.toFixed(2)} of Slack's minutes, quiet after ${quiet.toFixed(2)}: ${seeds} seeds`,
      );
    } finally {
      await desk.stop();
    }
  });
});
