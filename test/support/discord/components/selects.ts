import { z } from "zod";
import { refuse } from "./form-errors.ts";
import { componentId, customId, list, partialEmoji, repeatedAt, snowflake, text } from "./form-values.ts";

/** https://docs.discord.com/developers/components/reference#string-select-select-option-structure: all 100. */
const option = z.strictObject({
  label: text(1, 100),
  value: text(1, 100),
  description: text(1, 100).optional(),
  emoji: partialEmoji.optional(),
  default: z.boolean().optional(),
});

export const SELECT_TYPES = [3, 5, 6, 7, 8];

/**
 * The select menus (https://docs.discord.com/developers/components/reference#string-select and the next four):
 * placeholder 150, min_values 0–25, max_values 1–25. `more`: what they have only in messages, or only in modals.
 */
export function selects<T extends z.ZodRawShape>(more: T) {
  const shared = {
    id: componentId,
    custom_id: customId,
    placeholder: text(0, 150).optional(),
    min_values: z.int().min(0).max(25).optional(),
    max_values: z.int().min(1).max(25).optional(),
    ...more,
  };
  const stringSelect = z
    .strictObject({ type: z.literal(3), options: list(option, 1, 25), ...shared })
    .superRefine((select, context) => checkChosen(select as Choosing, context));
  const withDefaults = <N extends number>(type: N, kinds: readonly [string, ...string[]]) =>
    z
      .strictObject({
        type: z.literal(type),
        default_values: list(z.strictObject({ id: snowflake, type: z.enum(kinds) }), 0, 25).optional(),
        ...shared,
      })
      .superRefine((select, context) => checkRange(select as Choosing, context));
  const channelSelect = z
    .strictObject({
      type: z.literal(8),
      channel_types: z.array(z.int().min(0).max(16)).optional(),
      default_values: list(z.strictObject({ id: snowflake, type: z.enum(["channel"]) }), 0, 25).optional(),
      ...shared,
    })
    .superRefine((select, context) => checkRange(select as Choosing, context));
  return [
    stringSelect,
    withDefaults(5, ["user"]),
    withDefaults(6, ["role"]),
    withDefaults(7, ["user", "role"]),
    channelSelect,
  ] as const;
}

export interface Choosing {
  readonly min_values?: number | undefined;
  readonly max_values?: number | undefined;
  readonly required?: boolean | undefined;
  readonly options?:
    | readonly { readonly value: string; readonly default?: boolean | undefined }[]
    | undefined;
}

/** `min_values` "must be either omitted or at least `1` if `required` is omitted or `true`": said of modals, where `required` counts. */
export function checkRequired({ min_values, required }: Choosing, context: z.core.$RefinementCtx): void {
  if (min_values === 0 && required !== false)
    refuse(context, "COMPONENT_REQUIRED_MIN_VALUES", "min_values must be at least 1 when required", [
      "min_values",
    ]);
}

export function checkRange(
  { min_values: min = 1, max_values: max = 1 }: Choosing,
  context: z.core.$RefinementCtx,
): void {
  if (min > max)
    refuse(context, "NUMBER_TYPE_MAX", `int value should be less than or equal to ${max}.`, ["min_values"]);
}

/** Values once each, no more chosen to start with than may be, and no more to choose than there are. */
export function checkChosen(select: Choosing, context: z.core.$RefinementCtx, maxDefault = 1): void {
  const { options = [], max_values: max = maxDefault } = select;
  checkRange({ ...select, max_values: max }, context);
  for (const index of repeatedAt(options.map((each) => each.value)))
    refuse(
      context,
      "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
      "The specified option value is already used",
      ["options", index, "value"],
    );
  if (options.filter((each) => each.default).length > max)
    refuse(context, "SELECT_COMPONENT_MAX_DEFAULTS", `Only ${max} may be chosen to start with.`, ["options"]);
  if (options.length > 0 && max > options.length)
    refuse(context, "NUMBER_TYPE_MAX", `int value should be less than or equal to ${options.length}.`, [
      "max_values",
    ]);
}
