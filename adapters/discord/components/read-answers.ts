import { ComponentType } from "discord.js";
import { z } from "zod";
import { LIMITS } from "./limits.ts";

/** What a field may be called; so nothing that every object has, such as `__proto__`, is an answer. */
const NAME = z.string().regex(/^[a-z][A-Za-z0-9]{0,99}$/);

const ANSWER = z.object({
  component: z.union([
    z.object({ type: z.literal(ComponentType.TextInput), custom_id: NAME, value: z.string().nullish() }),
    z.object({
      type: z.literal(ComponentType.StringSelect),
      custom_id: NAME,
      values: z.array(z.string()).max(LIMITS.options),
    }),
  ]),
});

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure */
const SUBMITTED = z.object({ components: z.array(z.unknown()) });

/**
 * The answers of a form by the names of its fields, "" for one that was left empty. What is no field of a form of
 * ours is left out.
 *
 * @param data of the interaction of a submitted modal, as Discord sends it.
 */
export function readAnswers(data: unknown): Readonly<Record<string, string>> {
  const { components = [] } = SUBMITTED.safeParse(data).data ?? {};
  const answers = components.flatMap((label): [string, string][] => {
    const { component } = ANSWER.safeParse(label).data ?? {};
    if (component === undefined) return [];
    const value = "values" in component ? component.values[0] : component.value;
    return [[component.custom_id, value ?? ""]];
  });
  return Object.fromEntries(answers);
}
