import { createHash } from "node:crypto";
import { z } from "zod";

/**
 * Translations are ignored where they are the same as the default, which English is:
 * https://docs.discord.com/developers/interactions/application-commands#localization
 */
const LOCALIZED = z
  .record(z.string(), z.string())
  .nullish()
  .transform((words) =>
    Object.entries(words ?? {})
      .filter(([locale]) => locale !== "en-US")
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

const WORDS = {
  name: z.string(),
  description: z.string().default(""),
  name_localizations: LOCALIZED,
  description_localizations: LOCALIZED,
} as const;

const BASIC_OPTION = z.object({
  ...WORDS,
  type: z.number(),
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
  choices: z
    .array(z.object({ name: z.string(), value: z.unknown(), name_localizations: LOCALIZED }))
    .default([]),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  min_length: z.number().optional(),
  max_length: z.number().optional(),
});
/** Of a group of subcommands; nothing of ours goes deeper. */
const OPTION = BASIC_OPTION.extend({
  options: z.array(BASIC_OPTION.extend({ options: z.array(BASIC_OPTION).default([]) })).default([]),
});

const numbers = z
  .array(z.number())
  .nullish()
  .transform((each) => each?.toSorted((a, b) => a - b) ?? null);

/** Of what Discord has, and of what is sent to it, the same: without ids, with what it assumes by itself. */
const COMMAND = z.object({
  ...WORDS,
  type: z.number().default(1),
  default_member_permissions: z.string().nullable().default(null),
  nsfw: z.boolean().default(false),
  contexts: numbers,
  integration_types: numbers,
  options: z.array(OPTION).default([]),
});

export type CanonicalCommand = z.output<typeof COMMAND>;

/** @param scope "Only for globally-scoped commands" are `contexts` and `integration_types`. */
export function toCanonical(command: unknown, scope: "global" | "guild"): CanonicalCommand {
  const canonical = COMMAND.parse(command);
  return scope === "global" ? canonical : { ...canonical, contexts: null, integration_types: null };
}

/** The same for commands that are the same, in whatever order they stand. */
export function hashOf(commands: readonly CanonicalCommand[]): string {
  const sorted = commands.map((each) => JSON.stringify(each)).toSorted();
  return createHash("sha256").update(sorted.join("\n")).digest("hex");
}
