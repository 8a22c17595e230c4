import { z } from "zod";
import { MODEL_NAME, WEAKNESSES } from "../core/model.ts";
import { nearest } from "../core/nearest.ts";
import { ASPECTS, SIZES } from "../core/recipe.ts";
import { REFERENCES_MAX } from "../core/round.ts";
import { PROVIDERS } from "./model-setting.ts";
import { ownUrl, safeUrl } from "./setting-kinds.ts";

// What a models file may say. Messages follow the place in the file and never quote what stands there: it may be secret.

/** Said of whatever is wrong with a value, also of one that is not there. */
const says = (what: string) => ({
  error: ({ input }: { readonly input: unknown }) => (input === undefined ? `is missing: it ${what}` : what),
});
const listOf = (names: readonly string[]) => `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

const oneOf = <const T extends readonly [string, ...string[]]>(names: T) =>
  z.enum(names, {
    error: ({ input }) => {
      const what = `is ${listOf(names)}`;
      if (input === undefined) return `is missing: it ${what}`;
      // Of sizes and aspects, everything is near to everything.
      const meant = typeof input === "string" && input.length > 4 ? nearest(input, names) : undefined;
      return meant === undefined ? what : `${what}: did you mean ${meant}?`;
    },
  });
const several = <const T extends readonly [string, ...string[]]>(names: T) =>
  z.array(oneOf(names), says(`is a list of ${listOf(names)}`));
const whole = (min: number, max: number) => {
  const what = says(`is a whole number from ${min} to ${max}`);
  return z.int(what).min(min, what).max(max, what);
};
const yesNo = () => z.boolean(says("is true or false"));
const text = (what: string) => z.string(says(what)).min(1, what);

/** One number, or one for each size. Sizes that are not named cost what the next smaller one does. */
const priced = (amount: (what: string) => z.ZodNumber | z.ZodInt, unit: string, example: string) => {
  const one = amount(`is ${unit}`);
  const by = z
    .strictObject({ "1K": one.optional(), "2K": one.optional(), "4K": one.optional() })
    .refine((sizes) => Object.keys(sizes).length > 0, "names at least one size");
  return z.union([one, by], says(`is ${unit}, or one for each size, such as ${example}`)).optional();
};
const usd = () => {
  const amount = (what: string) => z.number(says(what)).min(0, what).max(1000, what);
  return priced(amount, "a number of US dollars up to 1000", "{1K: 0.13, 4K: 0.24}");
};
const credits = () => {
  const amount = (what: string) => z.int(says(what)).min(0, what).max(10_000, what);
  return priced(amount, "a whole number of credits up to 10000", "{1K: 4, 4K: 7}");
};

/** US dollars for a million tokens. */
const perMillion = () => {
  const what = says("is a number of US dollars for a million tokens");
  return z.number(what).min(0, what).max(10_000, what);
};

const model = z.strictObject(
  {
    provider: oneOf(PROVIDERS),
    id: text("is the provider's own name of the model"),
    tier: oneOf(["draft", "final"]),
    name: z
      .string(says("is a short name"))
      .regex(MODEL_NAME, "is a short name: small letters, digits, “.”, “-” and “_”, 40 at most")
      .optional(),
    sizes: several(SIZES).min(1, "names at least one size").optional(),
    aspects: several(ASPECTS).min(1, "names at least one aspect").optional(),
    imagesPerCall: whole(1, 16).optional(),
    references: whole(0, REFERENCES_MAX).optional(),
    guide: yesNo().optional(),
    seed: yesNo().optional(),
    mask: yesNo().optional(),
    strength: yesNo().optional(),
    price: z.strictObject({ usd: usd(), credits: credits() }, says("has usd, credits or both")).optional(),
    tokenPrices: z
      .strictObject(
        { textIn: perMillion(), imageIn: perMillion(), textOut: perMillion(), imageOut: perMillion() },
        says("has textIn, imageIn, textOut and imageOut"),
      )
      .optional(),
    timeoutSeconds: whole(1, 3600).optional(),
    atOnce: whole(1, 1000).optional(),
    requestsPerMinute: whole(1, 100_000).optional(),
    options: z
      .record(z.string(), z.json(), says("has settings in the provider's own words, by name"))
      .optional(),
    editId: text("is the provider's name of the model where pictures go along").optional(),
    family: oneOf(["gemini", "gpt-image", "flux", "diffusion"]).optional(),
    weaknesses: several(WEAKNESSES).optional(),
  },
  says("has provider, id and tier"),
);

const provider = (baseUrl: z.ZodType<URL, string>) =>
  z
    .strictObject(
      {
        baseUrl: baseUrl.optional(),
        keyFrom: z
          .string(says("is the name of an environment variable"))
          .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "is the name of an environment variable, not a key")
          .optional(),
      },
      says("has baseUrl, keyFrom or both"),
    )
    .optional();

const order = () => z.array(text("is the name of a model"), says("is a list of names of models")).optional();

export const MODELS_FILE = z.strictObject(
  {
    models: z.array(model, says("is a list of models")).optional(),
    draft: order(),
    final: order(),
    providers: z
      .strictObject(
        {
          google: provider(safeUrl()),
          openai: provider(safeUrl()),
          fal: provider(safeUrl()),
          bfl: provider(safeUrl()),
          replicate: provider(safeUrl()),
          sdapi: provider(ownUrl()),
        },
        says("has providers by name"),
      )
      .optional(),
  },
  says("has models, draft, final and providers"),
);

/** One model, as a file lists it. */
export type ListedModel = z.output<typeof model>;
export type ModelsFileContent = z.output<typeof MODELS_FILE>;
