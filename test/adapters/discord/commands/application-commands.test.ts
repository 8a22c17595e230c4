import {
  ApplicationCommandOptionType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord.js";
import { describe, expect, it } from "vitest";
import { toApplicationCommands } from "../../../../adapters/discord/commands/application-commands.ts";
import { TRANSLATIONS, type Translations } from "../../../../adapters/discord/commands/words.ts";
import { createCommandSpecs } from "../../../../commands/command-specs.ts";
import type { CommandSpec } from "../../../../src/ports/command-spec.ts";
import { checkCommands } from "../../../support/discord/components/check-commands.ts";

const SPECS = createCommandSpecs(["sketch"]);
const commands = toApplicationCommands(SPECS);

type ChatInput = RESTPostAPIChatInputApplicationCommandsJSONBody;
function find(name: string, among = commands): ChatInput {
  const found = among.find((each) => each.name === name);
  if (found === undefined || found.type !== 1) throw new Error(`no /${name}`);
  return found;
}

const HELP: CommandSpec = {
  name: "help",
  summary: "How this works",
  usage: "/help",
  examples: [],
  words: undefined,
  options: [],
  attachmentsMax: 0,
  subcommands: [],
};

describe("/draft", () => {
  it("has its words first, though nothing is required: alone it opens the form", () => {
    const { options = [], ...draft } = find("draft");
    expect(draft).toMatchObject({ type: 1, description: expect.stringContaining("grid") });
    expect(draft).not.toHaveProperty("default_member_permissions");
    expect(options[0]).toMatchObject({ type: ApplicationCommandOptionType.String, name: "prompt" });
    expect(options.map((each) => each.name)).toEqual([
      "prompt",
      "count",
      "aspect",
      "seed",
      "size",
      "keep",
      "model",
      "like",
      "dry-run",
      "reference",
      "reference2",
      "reference3",
      "reference4",
    ]);
    expect(options.filter((each) => each.required)).toEqual([]);
  });

  it("asks for each thing in its own type", () => {
    const byName = new Map((find("draft").options ?? []).map((each) => [each.name, each]));
    expect(byName.get("count")).toMatchObject({ type: 4, min_value: 1, max_value: 16 });
    expect(byName.get("seed")).toMatchObject({ type: 4, min_value: 0, max_value: 4294967295 });
    expect(byName.get("aspect")).toMatchObject({
      type: 3,
      choices: expect.arrayContaining([{ name: "16:9", value: "16:9" }]),
    });
    expect(byName.get("dry-run")).toMatchObject({ type: 5 });
    expect(byName.get("reference4")).toMatchObject({ type: 11, description: "A picture to go by" });
  });

  it("the models are completed, so that a change of settings needs no registration", () => {
    const model = (specs: readonly CommandSpec[]) =>
      find("draft", toApplicationCommands(specs)).options?.find((each) => each.name === "model");
    expect(model(SPECS)).toMatchObject({ type: 3, autocomplete: true });
    expect(model(SPECS)).not.toHaveProperty("choices");
    expect(model(createCommandSpecs([]))).toEqual(model(SPECS));
  });
});

describe("/quota", () => {
  const quota = find("quota");

  it("is for managers, whom admins may change", () => {
    expect(quota.default_member_permissions).toBe("32");
    expect(find("help")).not.toHaveProperty("default_member_permissions");
  });

  it("has a name for what it does alone, and all that can follow it", () => {
    const { options = [] } = quota;
    expect(options.map((each) => each.name)).toEqual([
      "show",
      "grant",
      "set",
      "history",
      "freeze",
      "unfreeze",
      "roles",
      "models",
    ]);
    for (const each of options) expect(each.type).toBe(ApplicationCommandOptionType.Subcommand);
    expect(options[0]).toMatchObject({ description: quota.description });
  });

  it("what must be there is required, and stands before what may be", () => {
    expect(quota.options?.find((each) => each.name === "set")).toMatchObject({
      options: [{ name: "credits", required: true }, { name: "every", required: true }, { name: "zone" }],
    });
    for (const subcommand of quota.options ?? []) {
      const given = ("options" in subcommand ? subcommand.options : undefined) ?? [];
      const required = given.map((each) => each.required === true);
      expect(required, subcommand.name).toEqual(required.toSorted((a, b) => Number(b) - Number(a)));
    }
  });
});

describe("all commands", () => {
  it("are offered in servers only", () => {
    expect(commands.map((each) => each.name)).toEqual(["draft", "quota", "help", "Draft from this message"]);
    for (const each of commands) expect(each).toMatchObject({ contexts: [0], integration_types: [0] });
    expect(commands.at(-1)).toEqual({
      type: 3,
      name: "Draft from this message",
      contexts: [0],
      integration_types: [0],
    });
  });

  it("are what Discord takes", () => {
    expect(checkCommands(commands)).toEqual([]);
    const [draft] = commands;
    expect(checkCommands([{ ...draft, description: "" }])).toHaveLength(1);
  });

  it("a list of more than 25 is completed, not listed", () => {
    const values = Array.from({ length: 26 }, (_, index) => `style-${index}`);
    const option = { name: "style", summary: "A style", value: { kind: "choice", values } } as const;
    const [command] = toApplicationCommands([{ ...HELP, options: [option] }]);
    expect((command as ChatInput).options).toEqual([
      { type: 3, name: "style", description: "A style", autocomplete: true },
    ]);
  });

  it("more options than Discord takes are refused at once", () => {
    expect(() => toApplicationCommands([{ ...HELP, attachmentsMax: 26 }])).toThrow(RangeError);
  });
});

describe("another language", () => {
  const invented: Translations = {
    fi: {
      draft: { name: "luonnos", description: "Luonnostele" },
      "draft prompt": { name: "kuva", description: "Mitä nähdään" },
      "quota grant credits": { name: "määrä", description: "Kuinka monta" },
      "quota show": { name: "näytä", description: undefined },
      "Draft from this message": { name: "Luonnos tästä viestistä", description: undefined },
    },
  };
  const translated = toApplicationCommands(SPECS, invented);

  it("names come out where Discord looks for them, and the default names stay", () => {
    const draft = find("draft", translated);
    expect(draft).toMatchObject({
      name: "draft",
      name_localizations: { fi: "luonnos", "en-US": "draft" },
      description_localizations: { fi: "Luonnostele", "en-US": draft.description },
    });
    expect(draft.options?.[0]).toMatchObject({ name: "prompt", name_localizations: { fi: "kuva" } });
    expect(draft.options?.[1]).not.toHaveProperty("name_localizations");
    const show = find("quota", translated).options?.[0];
    expect(show).toMatchObject({ name: "show", name_localizations: { fi: "näytä" } });
    expect(translated.at(-1)).toMatchObject({
      name_localizations: { fi: "Luonnos tästä viestistä", "en-US": "Draft from this message" },
    });
    expect(translated.at(-1)).not.toHaveProperty("description_localizations");
    expect(checkCommands(translated)).toEqual([]);
  });

  it("what is called the same there is not sent: Discord would not keep it", () => {
    const same = {
      quota: { name: "quota", description: undefined },
      help: { name: "help", description: "Aide" },
    };
    const [, quota, help] = toApplicationCommands(SPECS, { fr: same });
    expect(quota).toEqual(commands[1]);
    expect(help).toMatchObject({ description_localizations: { fr: "Aide" } });
    expect(help).not.toHaveProperty("name_localizations");
  });

  it("without it nothing else changes", () => {
    const bare = (each: unknown): unknown =>
      JSON.parse(JSON.stringify(each, (key, value) => (key.endsWith("_localizations") ? undefined : value)));
    expect(bare(translated)).toEqual(commands);
  });

  it("of something that is not there is refused", () => {
    const mistaken: Translations = { fi: { "draft promt": { name: "kuva", description: undefined } } };
    expect(() => toApplicationCommands(SPECS, mistaken)).toThrow("draft promt");
  });

  it("the languages that are there fit the commands", () => {
    expect(() => toApplicationCommands(SPECS, TRANSLATIONS)).not.toThrow();
  });
});
