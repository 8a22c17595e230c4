import { bold, type Card, code, plainCard, text } from "../../src/core/card.ts";
import { nearest } from "../../src/core/nearest.ts";
import type { ChatInbox, CommandCall, Place } from "../../src/ports/chat.ts";
import type { CommandSpec } from "../../src/ports/command-spec.ts";
import type { Act } from "./act-schemas.ts";
import type { Delivery, Outcome } from "./delivery.ts";
import type { Directory } from "./directory.ts";
import { mentionsOf, toLines } from "./mentions.ts";
import { saidKey } from "./message-keys.ts";
import type { StaffBoard } from "./staff-board.ts";
import { eventId, userRef } from "./studio-refs.ts";
import type { Whereabouts } from "./whereabouts.ts";

interface Parts {
  readonly inbox: ChatInbox;
  readonly directory: Directory;
  readonly whereabouts: Whereabouts;
  readonly delivery: Delivery;
  readonly board: StaffBoard;
}

/** Something typed: a command when it starts with a slash, otherwise people talking to each other. */
export function createSay({ inbox, directory, whereabouts, delivery, board }: Parts) {
  async function say(act: Act<"say">): Promise<Outcome> {
    const found = await whereabouts.place(act);
    if (found.status === "unknown") return found;
    if (act.text.startsWith("/")) return command(act, found.place);
    return delivery.show({
      channel: act.channel,
      thread: act.thread ?? undefined,
      author: act.as,
      content: { kind: "text", lines: toLines(act.text, await directory.people()) },
      audience: undefined,
      key: saidKey(act.event),
    });
  }

  async function command(act: Act<"say">, place: Place): Promise<Outcome> {
    const [, name = "", text = ""] = /^\/(\S*)\s*([\s\S]*)$/u.exec(act.text) ?? [];
    const spec = inbox.commands.find((one) => one.name === name.toLowerCase());
    if (spec === undefined) {
      return delivery.deliver(act, async () => ({
        kind: "whisper",
        card: unknownCommand(name, inbox.commands),
      }));
    }
    const call: CommandCall = {
      event: eventId(act.event),
      place,
      person: userRef(act.as),
      name: spec.name,
      text,
      options: undefined,
      mentions: mentionsOf(text, await directory.people()),
      attachments: [],
      isLive: false,
    };
    const outcome = await delivery.deliver(act, () => inbox.command(call));
    // It may have named other directors or managers.
    if (outcome.status === "ok") await board.ask(act.channel);
    return outcome;
  }

  return say;
}

function unknownCommand(name: string, commands: readonly CommandSpec[]): Card {
  const names = commands.map((one) => one.name);
  const meant = nearest(name, names);
  const lead = meant === undefined ? "Try" : "Did you mean";
  const offered = (meant === undefined ? names : [meant]).map((one) => `/${one}`);
  const spans = offered.flatMap((one) => [text(" "), code(one)]);
  return plainCard("info", `There is no /${name}. ${lead} ${offered.join(" ")}?`, [
    [text("There is no "), bold(`/${name}`), text(`. ${lead}`), ...spans, text("?")],
  ]);
}
