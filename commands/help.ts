import { bold, type Card, code, text } from "../src/core/card.ts";
import { inCredits } from "../src/core/credits.ts";
import type { Prices } from "../src/core/prices.ts";
import type { Gate } from "../src/gate/gate.ts";
import type { CommandSpec } from "../src/ports/chat.ts";
import type { Command } from "./command.ts";
import { whisper } from "./replies.ts";

export const HELP_SPEC: CommandSpec = {
  name: "help",
  summary: "How this works, with examples",
  usage: "/help",
  examples: ["/help"],
  options: [],
  subcommands: [],
};

const EXAMPLES_SHOWN = 2;

export interface HelpParts {
  readonly gate: Gate;
  readonly prices: Prices;
  /** The other commands. */
  readonly others: readonly CommandSpec[];
}

export function createHelpCommand(parts: HelpParts): Command {
  return {
    spec: HELP_SPEC,
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
        text(" the final. What fails costs nothing."),
      ],
      [text(`Under a grid: a number is a vote, ${who} is the pick and starts the final.`)],
      [text("🔄 rerolls into the thread, Vary… makes takes close to one, ✅ picks the leader.")],
      [text("On a final: ✅ approves, ❌ sends it back and opens the grid again, Redo pays for another.")],
      ...others.flatMap(commandLines),
    ],
    picture: undefined,
    actions: [],
    reactions: [],
    note: undefined,
  };
}

/** What everybody can type, with examples; what managers can besides is theirs to look up by name. */
function commandLines({ name, summary, examples, options, subcommands }: CommandSpec): Card["body"] {
  const typed = options.map((option) => `--${option.name}`).join(", ");
  const managed = subcommands.filter((each) => each.managersOnly).map((each) => each.name);
  const more = [
    ...(typed === "" ? [] : [`Also: ${typed}.`]),
    ...(managed.length === 0 ? [] : [`For managers: ${managed.join(", ")}.`]),
  ];
  const isTelling = (example: string) =>
    example !== `/${name}` && !managed.some((word) => example.startsWith(`/${name} ${word}`));
  return [
    [bold(`/${name}`), text(`  ${[`${summary}.`, ...more].join(" ")}`)],
    ...examples
      .filter(isTelling)
      .slice(0, EXAMPLES_SHOWN)
      .map((example) => [code(example)]),
  ];
}
