import { describe, expect, it } from "vitest";
import { command, type Json, many, parameter, x } from "../../support/discord/component-parts.ts";
import { checkCommands } from "../../support/discord/components/check-commands.ts";

const one = (more: Json) => [command(more)];
const withOptions = (...options: Json[]) => one({ options });
const asking = (more: Json) => withOptions(parameter(more));
const choices = (count: number) => many(count, (index) => ({ name: `c${index}`, value: `v${index}` }));
const subcommand = (more: Json = {}) => ({ type: 1, name: "grant", description: "Give", ...more });
const group = (...options: Json[]) => ({ type: 2, name: "team", description: "Of it", options });

const GOOD: readonly (readonly [string, unknown])[] = [
  ["none", []],
  [
    "all that there is",
    [
      command({
        type: 1,
        name_localizations: { de: "entwurf", ja: "ドラフト" },
        description_localizations: { de: x(100) },
        default_member_permissions: "32",
        contexts: [0],
        integration_types: [0],
        nsfw: false,
        options: [
          parameter({ required: true, min_length: 1, max_length: 6000 }),
          parameter({
            name: "count",
            type: 4,
            min_value: 1,
            max_value: 16,
            choices: [{ name: "Four", value: 4 }],
          }),
          parameter({ name: "model", autocomplete: true }),
          parameter({ name: "aspect", choices: choices(25) }),
          parameter({ name: "reference", type: 11, file_types: ["image"] }),
          parameter({ name: "in", type: 7, channel_types: [0, 5] }),
          parameter({ name: "weight", type: 10, min_value: 0.5 }),
        ],
      }),
      command({
        name: "quota",
        options: [subcommand({ options: [parameter({ type: 9 })] }), group(subcommand())],
      }),
      { type: 3, name: "Draft from this message", default_member_permissions: null },
      { type: 2, name: "draft" },
    ],
  ],
];

/** By code: what it is, the body, and where it is refused. */
const BAD: Readonly<Record<string, readonly (readonly [string, unknown, string])[]>> = {
  LIST_TYPE_CONVERT: [["no list", command(), ""]],
  MODEL_TYPE_CONVERT: [["nothing", [null], "0"]],
  BASE_TYPE_REQUIRED: [["no description", [{ name: "draft" }], "0.description"]],
  APPLICATION_COMMAND_INVALID_NAME: [
    ["a capital", one({ name: "Draft" }), "0.name"],
    ["a space", one({ name: "a draft" }), "0.name"],
    ["too long", one({ name: x(33) }), "0.name"],
    ["nothing", one({ name: "" }), "0.name"],
    ["a capital in German", one({ name_localizations: { de: "Entwurf" } }), "0.name_localizations.de"],
    ["a space in an option", asking({ name: "the prompt" }), "0.options.0.name"],
  ],
  BASE_TYPE_BAD_LENGTH: [
    ["a long description", one({ description: x(101) }), "0.description"],
    ["an empty description", one({ description: "" }), "0.description"],
    [
      "a long description in German",
      one({ description_localizations: { de: x(101) } }),
      "0.description_localizations.de",
    ],
    ["a long description of an option", asking({ description: x(101) }), "0.options.0.description"],
    ["a long choice", asking({ choices: [{ name: x(101), value: "a" }] }), "0.options.0.choices.0.name"],
    ["a long value", asking({ choices: [{ name: "a", value: x(101) }] }), "0.options.0.choices.0.value"],
    ["a long name of a menu", [{ type: 3, name: x(33) }], "0.name"],
    ["an empty group", withOptions(group()), "0.options.0.options"],
    ["nowhere", one({ contexts: [] }), "0.contexts"],
  ],
  BASE_TYPE_MAX_LENGTH: [
    ["26 options", withOptions(...many(26, (index) => parameter({ name: `o${index}` }))), "0.options"],
    ["26 choices", asking({ choices: choices(26) }), "0.options.0.choices"],
  ],
  BASE_TYPE_CHOICES: [
    ["an unknown type", one({ type: 5 }), "0.type"],
    ["an unknown context", one({ contexts: [3] }), "0.contexts.0"],
    ["a description of a menu", [{ type: 3, name: "Draft", description: "a" }], "0.description"],
  ],
  UNKNOWN_KEY: [
    [
      "an unknown language",
      one({ name_localizations: { "de-AT": "entwurf" } }),
      "0.name_localizations.de-AT",
    ],
    ["what is deprecated", one({ dm_permission: false }), "0.dm_permission"],
    ["options of a menu", [{ type: 3, name: "Draft", options: [] }], "0.options"],
    ["a choice of people", asking({ type: 6, choices: [] }), "0.options.0.choices"],
    ["a length of a number", asking({ type: 4, max_length: 3 }), "0.options.0.max_length"],
    ["a subcommand that is required", withOptions(subcommand({ required: true })), "0.options.0.required"],
  ],
  UNION_TYPE_CHOICES: [
    ["an unknown option", asking({ type: 12 }), "0.options.0.type"],
    [
      "a subcommand in a subcommand",
      withOptions(subcommand({ options: [subcommand()] })),
      "0.options.0.options.0.type",
    ],
    ["a group in a group", withOptions(group(group(subcommand()))), "0.options.0.options.0.type"],
    ["a parameter in a group", withOptions(group(parameter())), "0.options.0.options.0.type"],
  ],
  STRING_TYPE_CONVERT: [
    ["permissions as a number", one({ default_member_permissions: 32 }), "0.default_member_permissions"],
    ["a number among words", asking({ choices: [{ name: "a", value: 1 }] }), "0.options.0.choices.0.value"],
  ],
  NUMBER_TYPE_COERCE: [
    ["permissions by name", one({ default_member_permissions: "MANAGE" }), "0.default_member_permissions"],
    [
      "a word among numbers",
      asking({ type: 4, choices: [{ name: "a", value: "1" }] }),
      "0.options.0.choices.0.value",
    ],
    ["a part of a number", asking({ type: 4, min_value: 0.5 }), "0.options.0.min_value"],
  ],
  NUMBER_TYPE_MAX: [
    ["a long answer", asking({ max_length: 6001 }), "0.options.0.max_length"],
    ["lengths", asking({ min_length: 3, max_length: 2 }), "0.options.0.min_length"],
    ["values", asking({ type: 4, min_value: 3, max_value: 2 }), "0.options.0.min_value"],
  ],
  NUMBER_TYPE_MIN: [["no answer", asking({ max_length: 0 }), "0.options.0.max_length"]],
  APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES: [
    ["both", asking({ autocomplete: true, choices: choices(1) }), "0.options.0.autocomplete"],
  ],
  APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID: [
    [
      "required after optional",
      withOptions(parameter(), parameter({ name: "b", required: true })),
      "0.options.1",
    ],
  ],
  APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS: [
    ["twice", withOptions(subcommand(), subcommand()), "0.options.1.name"],
    [
      "twice in German",
      withOptions(parameter(), parameter({ name: "b", name_localizations: { de: "prompt" } })),
      "0.options.1.name_localizations.de",
    ],
    [
      "one in German as another by default",
      withOptions(
        parameter({ name_localizations: { de: "b" } }),
        parameter({ name: "b", name_localizations: { de: "c" } }),
      ),
      "0.options.0.name_localizations.de",
    ],
    [
      "two in German",
      withOptions(...["a", "b"].map((name) => parameter({ name, name_localizations: { de: "c" } }))),
      "0.options.1.name_localizations.de",
    ],
  ],
  APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS: [
    ["twice", asking({ choices: [...choices(1), { name: "c0", value: "b" }] }), "0.options.0.choices.1.name"],
  ],
  APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_ALREADY_EXISTS: [
    [
      "twice",
      asking({ choices: [...choices(1), { name: "b", value: "v0" }] }),
      "0.options.0.choices.1.value",
    ],
  ],
  APPLICATION_COMMAND_OPTIONS_TYPE_INVALID: [
    ["a parameter beside a subcommand", withOptions(subcommand(), parameter()), "0.options"],
  ],
  APPLICATION_COMMAND_TOO_LARGE: [
    ["25 long choices, twice", withOptions(wordy("a"), wordy("b")), "0"],
    ["with their longest translation", withOptions(wordy("a"), wordy("b", 1)), "0"],
  ],
  APPLICATION_COMMANDS_DUPLICATE_NAME: [["twice", [command(), command()], "1.name"]],
  APPLICATION_COMMANDS_TOO_MANY: [
    ["16 of messages", many(16, (index) => ({ type: 3, name: `m${index}` })), ""],
    ["101 commands", many(101, (index) => command({ name: `c${index}` })), ""],
  ],
  SET_TYPE_ALREADY_CONTAINS_VALUE: [["twice", one({ integration_types: [0, 0] }), "0.integration_types.1"]],
};

/** 25 choices of 100 characters as name and value, or as a translation of so short a name. */
function wordy(name: string, length = 98): Json {
  const each = (index: number) => ({
    name: `${index}`.padStart(2, "0") + x(length),
    name_localizations: { de: `${index}`.padStart(2, "0") + x(98) },
    value: `${index}`.padStart(2, "0") + x(98),
  });
  return parameter({ name, choices: many(25, each) });
}

describe("commands that Discord takes", () => {
  it.each(GOOD)("%s", (_name, body) => {
    expect(checkCommands(body)).toEqual([]);
  });
});

describe.each(Object.entries(BAD))("commands that Discord refuses for %s", (code, cases) => {
  it.each(cases)("%s", (_name, body, path) => {
    expect(checkCommands(body)).toMatchObject([{ path, code, message: expect.stringMatching(/./) }]);
  });
});
