import type { MessageView } from "../../adapters/web/wire.ts";
import type { Card, Span } from "../../src/core/card.ts";

/** The card of a message of Draftroom's; undefined for what people say. */
export function cardOf(message: MessageView | undefined): Card | undefined {
  return message?.content.kind === "card" ? message.content.card : undefined;
}

/** Everything that can be read on a card, as one string; people by their refs. */
export function wordsOf(card: Card | undefined): string {
  if (card === undefined) return "";
  return [...card.body.map((line) => line.map(wordsOfSpan).join("")), card.note ?? ""].join("\n");
}

export function wordsOfSpan(span: Span): string {
  switch (span.type) {
    case "user":
      return `@${span.user}`;
    case "group":
      return `@${span.group}`;
    case "channel":
      return `#${span.channel}`;
    default:
      return span.text;
  }
}

/** The id of the action with that label. */
export function actionOf(message: MessageView, label: string): string {
  const action = cardOf(message)?.actions.find((each) => each.label === label);
  if (action === undefined) throw new Error(`no ${label} on: ${wordsOf(cardOf(message))}`);
  return action.id;
}

/** For `until`: the newest message of Draftroom's whose words match, seen by everybody. */
export function shows(pattern: RegExp): (messages: readonly MessageView[]) => MessageView | undefined {
  return (messages) => messages.findLast((each) => !each.isPrivate && pattern.test(wordsOf(cardOf(each))));
}

/** For `until`: the newest grid of a prompt. */
export function gridOf(prompt: string): (messages: readonly MessageView[]) => MessageView | undefined {
  return (messages) =>
    messages.findLast((each) => {
      const card = cardOf(each);
      return card?.picture?.name.endsWith("-grid.jpg") === true && wordsOf(card).includes(prompt);
    });
}
