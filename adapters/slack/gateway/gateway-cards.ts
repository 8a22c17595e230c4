import { type Card, code, plainCard, text } from "../../../src/core/card.ts";
import { nearest } from "../../../src/core/nearest.ts";
import type { CommandSpec } from "../../../src/ports/command-spec.ts";

// What the gateway itself has to say, to one person, before anything has begun: nothing is charged by then.

const EXAMPLE = "/draft a red fox in snow";
const UNCHARGED = "Nothing was charged.";

export const WORKING = plainCard("busy", "Working on it…");

export const DONE = plainCard("ok", "Done.");

export const NOT_RECORDED = plainCard(
  "error",
  `That could not be recorded. ${UNCHARGED} Try again in a moment.`,
);

/** Of a form that is still open: it stays the same event when it is sent off again. */
export const FORM_NOT_RECORDED = plainCard(
  "error",
  "That could not be recorded. Try again: it never counts twice.",
);

export const RESTARTING = plainCard("warn", `Draftroom is restarting. ${UNCHARGED} Try again in a moment.`);

export const FORM_NOT_OPENED = plainCard(
  "warn",
  `Slack took too long to open the form. Try again, or type it: ${EXAMPLE}`,
  [[text("Slack took too long to open the form. Try again, or type it: "), code(EXAMPLE)]],
);

export const ONLY_IN_CHANNELS = plainCard(
  "info",
  `Draftroom works in channels, where the team sees the takes. Go to one and type ${EXAMPLE}`,
  [
    [text("Draftroom works in channels, where the team sees the takes.")],
    [text("Go to one and type "), code(EXAMPLE), text(" there.")],
  ],
);

export const NOT_A_MEMBER = plainCard(
  "warn",
  `Draftroom is not in this channel yet. ${UNCHARGED} Type /invite @draftroom and draft again.`,
  [
    [text(`Draftroom is not in this channel yet. ${UNCHARGED}`)],
    [text("Type "), code("/invite @draftroom"), text(" and draft again.")],
  ],
);

export const ARCHIVED = plainCard(
  "warn",
  `This channel is archived, so no takes can be shown here. ${UNCHARGED} Draft in another one.`,
);

export const EMPTY_MENTION = plainCard(
  "info",
  "Say what to draft after the name: @draftroom a red fox in snow. For the form, type /draft in the channel.",
  [
    [text("Say what to draft after the name: "), code("@draftroom a red fox in snow"), text(".")],
    [text("For the form, type "), code("/draft"), text(" in the channel.")],
  ],
);

export const EDITED_MENTION = plainCard(
  "info",
  "An edited message starts nothing, so that nothing is drafted twice. Mention Draftroom in a new one.",
);

export const HOME_UNREADABLE = plainCard(
  "error",
  "This page could not be read just now. Open it again in a moment.",
);

export const HELLO = plainCard(
  "info",
  `Thank you for the invitation. Type ${EXAMPLE} to begin, /help for more.`,
  [
    [
      text("Thank you for the invitation. Type "),
      code(EXAMPLE),
      text(" to begin, "),
      code("/help"),
      text(" for more."),
    ],
  ],
);

/** Slack opens forms for a command or a button only. */
export function formNeedsCommand(name: string): Card {
  const words = "That needs a form, which Slack opens for a command only. In the channel, type ";
  return plainCard("info", `${words}/${name}`, [[text(words), code(`/${name}`)]]);
}

/**
 * The same where a button can carry what was asked for.
 *
 * @param intro of the form.
 * @param action the button's, see `form-later.ts`.
 */
export function formByButton(intro: string | undefined, action: string): Card {
  const lines = [...(intro === undefined ? [] : [intro]), `Open the form to start. ${UNCHARGED}`];
  const card = plainCard(
    "info",
    lines.join(" "),
    lines.map((line) => [text(line)]),
  );
  return { ...card, actions: [{ id: action, label: "Open the form", style: "primary" }] };
}

/** A permission that whoever installed the app has not given it. */
export function missingScope(scopes: readonly string[]): Card {
  const what = scopes.length === 1 ? "the permission" : "the permissions";
  const verb = scopes.length === 1 ? "is" : "are";
  const where = "api.slack.com/apps → OAuth & Permissions → Bot Token Scopes";
  const sentence = `Draftroom cannot work here: ${what} ${scopes.join(", ")} ${verb} missing. ${UNCHARGED}`;
  const step = `Whoever runs it adds ${scopes.length === 1 ? "it" : "them"} at ${where} and installs the app again.`;
  return plainCard("error", `${sentence} ${step}`, [[text(sentence)], [text(step)]]);
}

export function unknownCommand(name: string, commands: readonly CommandSpec[]): Card {
  const names = commands.map((command) => command.name);
  const meant = nearest(name, names);
  const offered = (meant === undefined ? names : [meant]).map((each) => `/${each}`);
  const lead = `There is no /${name}. ${meant === undefined ? "Try" : "Did you mean"}`;
  const spans = offered.flatMap((each) => [text(" "), code(each)]);
  return plainCard("info", `${lead} ${offered.join(" ")}?`, [[text(lead), ...spans, text("?")]]);
}
