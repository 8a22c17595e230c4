import { z } from "zod";
import { refuse } from "./form-errors.ts";

// Lengths are in UTF-16 units: Discord says "characters", and its API and its clients do not count alike.
// This is the larger count, so that what fits here fits everywhere.

/** Text of `min` to `max` characters. */
export function text(min: number, max: number) {
  return z.string().superRefine((value, context) => {
    if (value.length < min || value.length > max) refuse(context, ...badLength(min, max));
  });
}

/** A list of `min` to `max` items. */
export function list<T extends z.ZodType>(item: T, min: number, max: number) {
  return z.array(item).superRefine((value, context) => {
    if (value.length < min || value.length > max) refuse(context, ...badLength(min, max));
  });
}

export function badLength(min: number, max: number): [code: string, message: string] {
  return min === 0
    ? ["BASE_TYPE_MAX_LENGTH", `Must be ${max} or fewer in length.`]
    : ["BASE_TYPE_BAD_LENGTH", `Must be between ${min} and ${max} in length.`];
}

/** One of several objects, told apart by `type`. */
export function byType<T extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(
  types: readonly number[],
  options: T,
) {
  return z.discriminatedUnion("type", options, {
    error: (issue) =>
      issue.code === "invalid_union"
        ? `Value of field "type" must be one of (${types.join(", ")}).`
        : undefined,
  });
}

/** https://docs.discord.com/developers/reference#snowflakes */
export const snowflake = z.string().superRefine((value, context) => {
  if (!/^[1-9]\d{0,19}$/.test(value))
    refuse(context, "NUMBER_TYPE_COERCE", `Value "${value}" is not snowflake.`);
});

/** "32 bit integer": https://docs.discord.com/developers/components/reference#anatomy-of-a-component. 0 counts as none. */
export const componentId = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)
  .optional();

/** 1–100 characters: https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id */
export const customId = text(1, 100);

/** `name`, or `id` of an emoji of a server: https://docs.discord.com/developers/resources/emoji#emoji-object */
export const partialEmoji = z
  .strictObject({
    id: snowflake.nullish(),
    name: z.string().nullish(),
    animated: z.boolean().optional(),
  })
  .superRefine(({ id, name }, context) => {
    if (!id && !/^\p{RGI_Emoji}$/v.test(withSelectors(name ?? "")))
      refuse(context, "COMPONENT_INVALID_EMOJI", "Invalid emoji", ["name"]);
  });

/** Discord takes keycaps without the selector of their coloured form too. */
function withSelectors(name: string): string {
  return name.replace(/^([0-9#*])\u20e3$/u, "$1\ufe0f\u20e3");
}

/** A link that people can follow. */
export function link(lengthMax: number, schemes: readonly string[]) {
  return text(1, lengthMax).superRefine((value, context) => {
    const scheme = URL.parse(value)?.protocol.slice(0, -1);
    if (scheme === undefined || !schemes.includes(scheme))
      refuse(
        context,
        "URL_TYPE_INVALID_SCHEME",
        `Scheme "${scheme}" is not supported. Scheme must be one of (${schemes.join(", ")}).`,
      );
  });
}

/** Says of each repeated value where it stands. */
export function repeatedAt(values: readonly (string | number)[]): readonly number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}
