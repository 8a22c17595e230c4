import type { MessageView } from "../../adapters/web/wire.ts";
import { actionOf, cardOf, gridOf, shows, wordsOf } from "../support/cards.ts";
import type { Lives } from "./lives.ts";

export const CHANNEL = "spring-launch";
export const PROMPT = "a lighthouse at dusk";

/** What the journey makes and costs: four takes of 1 credit and two finals of 4. */
export const JOURNEY = { takes: 4, finals: 2, spent: 12 } as const;

const UNTIL_MS = 90_000;

/**
 * A member drafts by a picture; the director picks by reaction, has the final made again and approves
 * that one by button. What was not acknowledged is done again, as the same event; what was acknowledged
 * is waited for.
 */
export async function playJourney(lives: Lives): Promise<void> {
  const draft = { eventId: crypto.randomUUID() };
  const redo = { eventId: crypto.randomUUID() };
  const approve = { eventId: crypto.randomUUID() };
  const until = <T>(find: (messages: readonly MessageView[]) => T | undefined | false) =>
    lives.live((studio) => studio.as("ada").until(find, UNTIL_MS));
  const press = (message: MessageView, label: string, event: { eventId: string }) =>
    lives.live((studio) => studio.as("ada").press(message.id, actionOf(message, label), event));

  await lives.live((studio) => studio.as("mia").say(CHANNEL, `/draft ${PROMPT} --size 1K`, draft));
  const grid = await until(seeded(gridOf(PROMPT)));
  await lives.live((studio) => studio.as("ada").react(grid.id, "n2"));
  const first = await until(seeded(toDecide));
  await press(first, "Redo", redo);
  const second = await until(seeded((messages) => toDecide(messages.filter(({ id }) => id !== first.id))));
  await press(second, "Approve", approve);
  await until((messages) => {
    const now = (id: string) => wordsOf(cardOf(messages.find((each) => each.id === id)));
    const areDecided = [grid, second].every(({ id }) => /approved/i.test(now(id)));
    return areDecided && /Sent back by/.test(now(first.id));
  });
}

const toDecide = shows(/^Final of take 2 (.|\n)*approves it/);

/** With the reactions that people are to click. */
function seeded(find: (messages: readonly MessageView[]) => MessageView | undefined) {
  return (messages: readonly MessageView[]) => {
    const found = find(messages);
    const wanted = cardOf(found)?.reactions ?? [];
    return wanted.every((emoji) => found?.reactions.some((each) => each.emoji === emoji)) ? found : undefined;
  };
}
