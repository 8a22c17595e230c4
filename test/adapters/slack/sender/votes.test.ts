import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { SENDER_LIMITS } from "../../../../adapters/slack/sender/sender-limits.ts";
import { plainCard } from "../../../../src/core/card.ts";
import type { MessageRef } from "../../../../src/core/ids.ts";
import { ChatError, type ChatSender } from "../../../../src/ports/chat.ts";
import { once, QUICK, useSenderDesks } from "./sender-desk.ts";

/** How much faster Slack's minute passes, for both sides. */
const SPEED = 10;
const MINUTE_MS = 60_000 / SPEED;
const GRIDS = 30;
const VOTES = 300;

const openDesk = useSenderDesks();
const limits = { ...SENDER_LIMITS, channel: QUICK.channel, minuteMs: MINUTE_MS, waitMsMax: 200 };

/** A grid as the records know it: how often it was voted on, and which of that stands in Slack. */
interface Grid {
  readonly ref: MessageRef;
  readonly votedAt: number[];
  shown: number;
  isHeld: boolean;
}

/** One delivery job a vote, which shows all that is there to show, comes again when it is told to, and waits for another that shows the same. */
async function showVote(sender: ChatSender, grid: Grid, onShown: (votedAt: number) => void): Promise<void> {
  const version = grid.votedAt.push(performance.now());
  while (grid.shown < version) {
    let waitMs = 25;
    if (!grid.isHeld) {
      grid.isHeld = true;
      waitMs = await editGrid(sender, grid, onShown);
      grid.isHeld = false;
    }
    await sleep(waitMs);
  }
}

async function editGrid(sender: ChatSender, grid: Grid, onShown: (votedAt: number) => void): Promise<number> {
  const voted = grid.votedAt.length;
  try {
    await sender.edit(grid.ref, plainCard("info", `${voted} votes`));
  } catch (error) {
    if (!(error instanceof ChatError) || error.retryAfterMs === undefined) throw error;
    return error.retryAfterMs;
  }
  for (const at of grid.votedAt.slice(grid.shown, voted)) onShown(at);
  grid.shown = voted;
  return 0;
}

test(`${VOTES} votes on ${GRIDS} grids within a minute all show within another three, without a refusal`, async () => {
  const desk = await openDesk({ limits: { "chat.postMessage": 10_000 }, speed: SPEED, sender: limits });
  const { sender, place } = desk;
  const grids = await Promise.all(
    Array.from({ length: GRIDS }, async (_, index): Promise<Grid> => {
      const ref = await sender.post(place, plainCard("info", "a grid"), once(`g${index}`));
      return { ref, votedAt: [], shown: 0, isHeld: false };
    }),
  );
  const waits: number[] = [];
  const onShown = (votedAt: number) => waits.push((performance.now() - votedAt) / MINUTE_MS);
  const jobs: Promise<void>[] = [];
  for (let vote = 0; vote < VOTES; vote++) {
    const grid = grids[(vote * 7) % GRIDS];
    if (grid !== undefined) jobs.push(showVote(sender, grid, onShown));
    await sleep(MINUTE_MS / VOTES);
  }
  await Promise.all(jobs);
  expect(waits).toHaveLength(VOTES);
  const refused = desk.calls("chat.update").filter((call) => call.answer?.ok !== true);
  expect(refused).toEqual([]);
  const longest = Math.max(...waits);
  expect(longest).toBeLessThan(3);
  console.log(
    `${desk.calls("chat.update").length} edits; the longest wait was ${longest.toFixed(2)} of Slack's minutes`,
  );
}, 60_000);
