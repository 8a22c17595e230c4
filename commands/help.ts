import { bold, type Card, code, type Span, text } from "../src/core/card.ts";
import { inCredits } from "../src/core/credits.ts";
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
  const who = directed ? "an art director's number" : "the number of whoever asked";
  return {
    tone: "info",
    summary:
      "Draft quick takes with /draft, pick one by its number, approve the final. /quota shows the budget.",
    body: [
      [
        bold("Draft"),
        text(` many quick takes, ${inCredits(prices.take)} each. `),
        bold("Pick"),
        text(" one by its number. "),
        bold("Approve"),
        text(" the final."),
      ],
      ...others.flatMap(commandLines),
      [text(`Under a grid: a number is a vote, ${who} is the pick and starts the final.`)],
      [text("🔄 rerolls into the thread, Vary… makes takes close to one, ✅ picks the leader.")],
      [text("On a final: ✅ approves, ❌ sends it back and opens the grid again. What fails costs nothing.")],
    ],
    picture: undefined,
    actions: [],
    reactions: [],
    note: undefined,
  };
}

function commandLines({ name, summary, examples, options, subcommands }: CommandSpec): Card["body"] {
  const words = [
    ...options.map((option) => `--${option.name}`),
    ...subcommands.map((subcommand) => subcommand.name),
  ];
  const more: readonly Span[] = words.length > 0 ? [text(`Also: ${words.join(", ")}`)] : [];
  return [
    [bold(`/${name}`), text(`  ${summary}. `), ...more],
    ...examples.slice(0, 2).map((example) => [code(example)]),
  ];
}
