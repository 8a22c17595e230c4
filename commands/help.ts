import { bold, type Card, code, type Span, text } from "../src/core/card.ts";
import { inCredits } from "../src/core/credits.ts";
import { priceOf } from "../src/core/model.ts";
import { TAKE_SIZE } from "../src/core/recipe.ts";
import { REFERENCES_MAX } from "../src/core/round.ts";
import type { Gate, Standing } from "../src/gate/gate.ts";
import { type Models, modelOf } from "../src/models/models.ts";
import type { CommandSpec } from "../src/ports/command-spec.ts";
import type { Command } from "./command.ts";
import { asAsked, type OptionStyle, optionName, styleOf } from "./option-style.ts";
import { whisper } from "./replies.ts";

export const HELP_SPEC: CommandSpec = {
  name: "help",
  summary: "How this works, with examples",
  usage: "/help",
  examples: ["/help"],
  words: undefined,
  options: [],
  attachmentsMax: 0,
  subcommands: [],
};

const EXAMPLES_SHOWN = 2;
/** Between how it works and what can be asked for. */
const GAP: readonly Span[] = [];

export interface HelpParts {
  readonly gate: Gate;
  readonly models: Models;
  /** The other commands. */
  readonly others: readonly CommandSpec[];
}

export function createHelpCommand(parts: HelpParts): Command {
  return {
    spec: HELP_SPEC,
    async run(call) {
      return whisper(helpCard(parts, await parts.gate.standing(call.place.channel), styleOf(call)));
    },
  };
}

function helpCard({ models, others }: HelpParts, { approval, channel }: Standing, style: OptionStyle): Card {
  const { spec } = modelOf(models, "draft", channel);
  const who = approval === "director" ? "an art director's number" : "the number of whoever asked";
  return {
    tone: "info",
    summary:
      "Draft quick takes with /draft, pick one by its number, approve the final. /quota shows the budget.",
    body: [
      [
        bold("Draft"),
        text(` many quick takes, ${inCredits(priceOf(spec, TAKE_SIZE))} each. `),
        bold("Pick"),
        text(" one by its number. "),
        bold("Approve"),
        text(" the final. What fails costs nothing."),
      ],
      [text(`Under a grid: a number is a vote, ${who} is the pick and starts the final.`)],
      [text("🔄 rerolls into the thread, Edit… does so in other words, Vary… makes takes close to one.")],
      [text("✅ on a grid picks the leader.")],
      [text("On a final: ✅ approves, ❌ sends it back and opens the grid again, Redo pays for another.")],
      [
        text(`Pictures that come with your words are gone by, up to ${REFERENCES_MAX}. `),
        text("Where messages have a menu, Draft from this message begins with one."),
      ],
      GAP,
      ...others.flatMap((spec) => commandLines(spec, style)),
    ],
    picture: undefined,
    actions: [],
    reactions: [],
    note: undefined,
  };
}

/** What everybody can ask for, with examples; what managers can besides is theirs to look up by name. */
function commandLines(spec: CommandSpec, style: OptionStyle): Card["body"] {
  const { name, summary, examples, options, subcommands } = spec;
  const names = options.map((option) => optionName(option.name, style)).join(", ");
  const managed = subcommands.filter((each) => each.managersOnly).map((each) => each.name);
  const more = [
    ...(names === "" ? [] : [`Also: ${names}.`]),
    ...(managed.length === 0 ? [] : [`For managers: ${managed.join(", ")}.`]),
  ];
  const isTelling = (example: string) =>
    example !== `/${name}` && !managed.some((word) => example.startsWith(`/${name} ${word}`));
  return [
    [bold(`/${name}`), text(`  ${[`${summary}.`, ...more].join(" ")}`)],
    ...examples
      .filter(isTelling)
      .slice(0, EXAMPLES_SHOWN)
      .map((example) => [code(style === "typed" ? example : asAsked(example, spec))]),
  ];
}
