import { type Card, code, plainCard, text } from "../../../src/core/card.ts";
import { nearest } from "../../../src/core/nearest.ts";
import type { CommandSpec } from "../../../src/ports/command-spec.ts";

// What the gateway itself has to say, to one person, before anything has begun: nothing is charged by then.

const UNCHARGED = "Nothing was charged.";

export const DONE = plainCard("ok", "Done.");

/** Asked for a second time, or in two sessions at once. */
export const UNDER_WAY = plainCard("info", "That is under way already.");

/** It may have been all the same, when the answer of the database was lost; another try is another event. */
export const NOT_RECORDED = plainCard(
  "error",
  "That could not be recorded. Unless it shows here within a minute all the same, nothing was charged: try again then.",
);

export const FORM_NOT_RECORDED = plainCard(
  "error",
  "That could not be recorded. Open the form and send it again: it never counts twice.",
);

export const RESTARTING = plainCard("warn", `Draftroom is restarting. ${UNCHARGED} Try again in a moment.`);

/** Discord opens a form as the first answer only. */
export const TOO_LATE_FOR_FORM = plainCard("warn", "That took long. Press it again, or type it again.");

export const FORM_GONE = plainCard(
  "info",
  "That form is not at hand any more: it is kept for 15 minutes. Start again from where you opened it.",
);

export const ONLY_IN_SERVERS = plainCard(
  "info",
  "Draftroom works in a server's channels, where the team sees the takes. Go to one and type /draft",
  [
    [text("Draftroom works in a server's channels, where the team sees the takes.")],
    [text("Go to one and type "), code("/draft"), text(" there.")],
  ],
);

export const UNREADABLE_CHANNEL = plainCard(
  "warn",
  `Draftroom cannot see this channel. ${UNCHARGED} Mention it in a private thread, to let it in; elsewhere give it View Channel: Edit Channel → Permissions.`,
);

export const NOT_IN_SERVER = plainCard(
  "warn",
  `Draftroom's commands are in this server, but its bot is not. ${UNCHARGED} Whoever manages the server has to invite it again, as a bot.`,
);

export const UNKNOWN_ACTION = plainCard(
  "info",
  "Draftroom does not know that any more. Type /help to see what it can do.",
  [[text("Draftroom does not know that any more. Type "), code("/help"), text(" to see what it can do.")]],
);

/** @param prompt what was typed, so that it is not lost. */
export function picturesGone(prompt: string): Card {
  const sentence = "The pictures that came along are not at hand any more: they are kept for 15 minutes.";
  const step = `${UNCHARGED} Start again from where you opened the form.`;
  const typed = prompt === "" ? [] : [[text("You wrote: "), code(prompt)]];
  return plainCard("warn", `${sentence} ${step}`, [[text(sentence)], [text(step)], ...typed]);
}

/** @param names as Discord's settings have them. */
export function missingPermissions(names: readonly string[]): Card {
  const one = names.length === 1;
  const list = one ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  const sentence = `Draftroom cannot work here: it lacks the ${one ? "permission" : "permissions"} ${list}. ${UNCHARGED}`;
  const step = `Give it ${one ? "that" : "them"} in Edit Channel → Permissions, or in Server Settings → Roles → Draftroom.`;
  return plainCard("warn", `${sentence} ${step}`, [[text(sentence)], [text(step)]]);
}

export function unknownCommand(name: string, commands: readonly CommandSpec[]): Card {
  const names = commands.map((command) => command.name);
  const meant = nearest(name, names);
  const offered = (meant === undefined ? names : [meant]).map((each) => `/${each}`);
  const lead = `There is no /${name}. ${meant === undefined ? "Try" : "Did you mean"}`;
  const spans = offered.flatMap((each) => [text(" "), code(each)]);
  return plainCard("info", `${lead} ${offered.join(" ")}?`, [[text(lead), ...spans, text("?")]]);
}
