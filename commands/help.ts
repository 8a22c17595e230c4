import { bold, type Card, code, type Span, text } from "../src/core/card.ts";
import type { Prices } from "../src/core/prices.ts";
import type { Gate } from "../src/gate/gate.ts";
import type { CommandSpec } from "../src/ports/chat.ts";
import type { Command } from "./command.ts";
import { whisper } from "./replies.ts";

const SPEC: CommandSpec = {
  name: "help",
  summary: "How this works, with examples",
  usage: "/help",
  examples: ["/help"],
  literal: false,
  options: [],
  subcommands: [],
};

export interface HelpParts {
  readonly gate: Gate;
  readonly prices: Prices;
  /** The other commands. */
  readonly others: readonly CommandSpec[];
}

export function createHelpCommand(parts: HelpParts): Command {
  return {
    spec: SPEC,
    async run({ place }) {
      const { approval } = await parts.gate.standing(place.channel);
      return whisper(helpCard(parts, approval === "director"));
    },
  };
}

function helpCard({ prices, others }: HelpParts, directed: boolean): Card {
  const who = directed ? "An art director's number" : "Your number";
  const lines: readonly (readonly Span[])[] = [
    [
      bold("Draft"),
      text(` many quick takes (${prices.take} credit each), `),
      bold("pick"),
      text(" one, "),
      bold("approve"),
      text(" the final."),
    ],
    ...others.flatMap((spec) => [
      [code(spec.usage), text(`  ${spec.summary}`)],
      ...spec.examples.slice(0, 3).map((example) => [text("   "), code(example)]),
    ]),
    [
      text(
        `Under a grid: a number votes; ${who.toLowerCase()} picks and starts the final. 🔄 rerolls, Vary… makes takes close to one, ✅ picks the leader.`,
      ),
    ],
    [text("On a final: ✅ approves, ❌ sends it back and opens the grid again.")],
    [text("What fails costs nothing.")],
  ];
  return {
    tone: "info",
    summary:
      "Draft quick takes with /draft, pick one by its number, approve the final. /quota shows the budget.",
    body: lines,
    picture: undefined,
    actions: [],
    reactions: [],
    note: "Only you see this",
  };
}
