import { z } from "zod";
import { refuse } from "./form-errors.ts";
import { byType, componentId, customId, list, text } from "./form-values.ts";
import { textDisplay } from "./message-components.ts";
import { type Choosing, checkChosen, checkRange, checkRequired, SELECT_TYPES, selects } from "./selects.ts";

// https://docs.discord.com/developers/components/reference: those that may stand in modals.

/**
 * https://docs.discord.com/developers/components/reference#text-input-text-input-structure: lengths to 4000,
 * placeholder 100. Its own `label` is deprecated, and no part of it within a Label.
 */
const textInput = z
  .strictObject({
    type: z.literal(4),
    id: componentId,
    custom_id: customId,
    style: z.literal([1, 2]),
    min_length: z.int().min(0).max(4000).optional(),
    max_length: z.int().min(1).max(4000).optional(),
    required: z.boolean().optional(),
    value: text(0, 4000).optional(),
    placeholder: text(0, 100).optional(),
  })
  .superRefine(({ min_length: min = 0, max_length: max = 4000, value }, context) => {
    if (min > max)
      refuse(context, "NUMBER_TYPE_MAX", `int value should be less than or equal to ${max}.`, ["min_length"]);
    if (value !== undefined && value !== "" && (value.length < min || value.length > max))
      refuse(context, "BASE_TYPE_BAD_LENGTH", `Must be between ${min} and ${max} in length.`, ["value"]);
  });

/** https://docs.discord.com/developers/components/reference#radio-group-option-structure: all 100. */
const option = z.strictObject({
  value: text(1, 100),
  label: text(1, 100),
  description: text(1, 100).optional(),
  default: z.boolean().optional(),
});

/** https://docs.discord.com/developers/components/reference#radio-group: 2 to 10. */
const radioGroup = z
  .strictObject({
    type: z.literal(21),
    id: componentId,
    custom_id: customId,
    options: list(option, 2, 10),
    required: z.boolean().optional(),
  })
  .superRefine(({ options }, context) => checkChosen({ options }, context));

/** https://docs.discord.com/developers/components/reference#checkbox-group: 1 to 10. */
const checkboxGroup = z
  .strictObject({
    type: z.literal(22),
    id: componentId,
    custom_id: customId,
    options: list(option, 1, 10),
    min_values: z.int().min(0).max(10).optional(),
    max_values: z.int().min(1).max(10).optional(),
    required: z.boolean().optional(),
  })
  .superRefine((group, context) => {
    checkChosen(group, context, group.options.length);
    checkRequired(group, context);
  });

/** https://docs.discord.com/developers/components/reference#checkbox */
const checkbox = z.strictObject({
  type: z.literal(23),
  id: componentId,
  custom_id: customId,
  default: z.boolean().optional(),
});

/** https://docs.discord.com/developers/reference#file-type-filtering: up to 10 groups or extensions with their dot. */
export const fileTypes = list(z.string(), 0, 10).superRefine((types, context) => {
  for (const [index, type] of types.entries())
    if (!/^(image|video|audio|\.[a-z0-9]+)$/i.test(type))
      refuse(context, "STRING_TYPE_REGEX", "String value did not match validation regex.", [index]);
});

/** https://docs.discord.com/developers/components/reference#file-upload: 0 to 10 files. */
const fileUpload = z
  .strictObject({
    type: z.literal(19),
    id: componentId,
    custom_id: customId,
    min_values: z.int().min(0).max(10).optional(),
    max_values: z.int().min(1).max(10).optional(),
    file_types: fileTypes.optional(),
    required: z.boolean().optional(),
  })
  .superRefine((upload, context) => {
    checkRange(upload, context);
    checkRequired(upload, context);
  });

/** "Using `disabled` in a modal will result in an error": it is not known here. */
const modalSelects = selects({ required: z.boolean().optional() });

/** https://docs.discord.com/developers/components/reference#label: label 45, description 100. */
const label = z
  .strictObject({
    type: z.literal(18),
    id: componentId,
    label: text(1, 45),
    description: text(1, 100).optional(),
    component: byType(
      [4, ...SELECT_TYPES, 19, 21, 22, 23],
      [textInput, ...modalSelects, fileUpload, radioGroup, checkboxGroup, checkbox],
    ),
  })
  .superRefine(({ component }, context) => {
    const inside: typeof context = {
      ...context,
      addIssue: (issue) =>
        context.addIssue(
          typeof issue === "string" ? issue : { ...issue, path: ["component", ...(issue.path ?? [])] },
        ),
    };
    if (SELECT_TYPES.includes(component.type)) checkRequired(component as Choosing, inside);
  });

/** Action rows with text inputs in modals "are now deprecated": https://docs.discord.com/developers/components/reference#action-row. */
export const MODAL_COMPONENTS = list(byType([10, 18], [textDisplay, label]), 1, 5);
