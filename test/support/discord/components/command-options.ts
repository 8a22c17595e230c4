import { z } from "zod";
import { refuse } from "./form-errors.ts";
import { byType, list, repeatedAt, text } from "./form-values.ts";
import { LOCALES } from "./locales.ts";
import { fileTypes } from "./modal-components.ts";

// https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure

/** A value for each language, or none: https://docs.discord.com/developers/reference#locales */
export function localized(value: z.ZodType<string>) {
  return z.partialRecord(z.enum(LOCALES), value).nullish();
}

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming, lower case where there is one. */
export const slashName = z.string().superRefine((name, context) => {
  if (!/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(name) || name !== name.toLowerCase())
    refuse(context, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
});

/** 1-100 characters. */
export const description = text(1, 100);

const NAMED = {
  name: slashName,
  name_localizations: localized(slashName),
  description,
  description_localizations: localized(description),
};
const ASKED = { ...NAMED, required: z.boolean().optional() };

/** Choices: at most 25, names and text values of 100 characters. */
function choosing(value: z.ZodType<string | number>) {
  const choice = z.strictObject({
    name: text(1, 100),
    name_localizations: localized(text(1, 100)),
    value,
  });
  const choices = list(choice, 0, 25).superRefine((all, context) => {
    for (const key of ["name", "value"] as const)
      for (const index of repeatedAt(all.map((each) => each[key])))
        refuse(
          context,
          `APPLICATION_COMMAND_OPTIONS_CHOICE_${key.toUpperCase()}_ALREADY_EXISTS`,
          `Option choice ${key}s must be unique`,
          [index, key],
        );
  });
  return { choices: choices.optional(), autocomplete: z.boolean().optional() };
}

interface Asked {
  readonly choices?: readonly unknown[] | undefined;
  readonly autocomplete?: boolean | undefined;
}

/** "`autocomplete` may not be set to true if `choices` are present." */
function checkAutocomplete({ choices, autocomplete }: Asked, context: z.core.$RefinementCtx): void {
  if (autocomplete && choices !== undefined)
    refuse(
      context,
      "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
      "Autocomplete may not be set to true if choices are present",
      ["autocomplete"],
    );
}

function checkOrder(
  [min, max]: readonly [number | undefined, number | undefined],
  key: string,
  context: z.core.$RefinementCtx,
): void {
  if (min !== undefined && max !== undefined && min > max)
    refuse(context, "NUMBER_TYPE_MAX", `int value should be less than or equal to ${max}.`, [key]);
}

/** Lengths from 0 (at most: 1) to 6000. */
const stringOption = z
  .strictObject({
    type: z.literal(3),
    ...ASKED,
    ...choosing(text(1, 100)),
    min_length: z.int().min(0).max(6000).optional(),
    max_length: z.int().min(1).max(6000).optional(),
  })
  .superRefine((option, context) => {
    checkAutocomplete(option, context);
    checkOrder([option.min_length, option.max_length], "min_length", context);
  });

/** "Any integer between -2^53+1 and 2^53-1", "any double between -2^53 and 2^53". */
function numeric<N extends 4 | 10>(type: N, value: z.ZodType<number>) {
  return z
    .strictObject({
      type: z.literal(type),
      ...ASKED,
      ...choosing(value),
      min_value: value.optional(),
      max_value: value.optional(),
    })
    .superRefine((option, context) => {
      const { choices, autocomplete, min_value, max_value } = option as Asked & {
        readonly min_value?: number | undefined;
        readonly max_value?: number | undefined;
      };
      checkAutocomplete({ choices, autocomplete }, context);
      checkOrder([min_value, max_value], "min_value", context);
    });
}

const plain = <N extends number>(type: N) => z.strictObject({ type: z.literal(type), ...ASKED });
const channelOption = z.strictObject({
  type: z.literal(7),
  ...ASKED,
  channel_types: z.array(z.int().min(0).max(16)).optional(),
});
const attachmentOption = z.strictObject({ type: z.literal(11), ...ASKED, file_types: fileTypes.optional() });

const PARAMETERS = [
  stringOption,
  numeric(4, z.int()),
  plain(5),
  plain(6),
  channelOption,
  plain(8),
  plain(9),
  numeric(
    10,
    z
      .number()
      .min(-(2 ** 53))
      .max(2 ** 53),
  ),
  attachmentOption,
] as const;
const PARAMETER_TYPES = [3, 4, 5, 6, 7, 8, 9, 10, 11];

interface Listed {
  readonly type: number;
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string | undefined>> | null | undefined;
  readonly required?: boolean | undefined;
}

/** "Required `options` must be listed before optional options"; names once each, in any language. */
function options<T extends z.ZodType>(option: T, min = 0) {
  return list(option, min, 25).superRefine((all, context) => {
    const listed = all as readonly Listed[];
    const firstOptional = listed.findIndex((each) => !each.required);
    for (const [index, each] of listed.entries())
      if (each.required && firstOptional >= 0 && index > firstOptional)
        refuse(
          context,
          "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
          "Required options must be placed before non-required options",
          [index],
        );
    for (const index of repeatedAt(listed.map(({ name }) => name)))
      refuse(context, ...NAME_TAKEN, [index, "name"]);
    for (const [index, locale] of takenNames(listed))
      refuse(context, ...NAME_TAKEN, [index, "name_localizations", locale]);
  });
}

const NAME_TAKEN = [
  "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
  "Option names must be unique",
] as const;

/**
 * Localized names "must be distinct from all other default option names of that command, as well as all other option
 * names within that locale": https://docs.discord.com/developers/interactions/application-commands#localization
 */
function takenNames(listed: readonly Listed[]): readonly (readonly [index: number, locale: string])[] {
  return listed.flatMap(({ name_localizations: names }, index) =>
    Object.entries(names ?? {}).flatMap(([locale, name]) => {
      const isTaken = listed.some(
        (other, at) =>
          at !== index &&
          (other.name === name || (at < index && other.name_localizations?.[locale] === name)),
      );
      return isTaken ? [[index, locale] as const] : [];
    }),
  );
}

const subcommand = z.strictObject({
  type: z.literal(1),
  ...NAMED,
  options: options(byType(PARAMETER_TYPES, PARAMETERS)).optional(),
});

/** "Groups can contain subcommands. That is the only kind of nesting supported." */
const subcommandGroup = z.strictObject({
  type: z.literal(2),
  ...NAMED,
  options: options(byType([1], [subcommand]), 1),
});

/** Up to 25. "Using subcommands or subcommand groups will make your base command unusable": no parameters beside them. */
export const COMMAND_OPTIONS = options(
  byType([1, 2, ...PARAMETER_TYPES], [subcommand, subcommandGroup, ...PARAMETERS]),
).superRefine((all, context) => {
  const nested = all.filter((each) => each.type <= 2);
  if (nested.length > 0 && nested.length < all.length)
    refuse(
      context,
      "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
      "Sub-command and sub-command group option types are mutually exclusive to all other types",
    );
});
