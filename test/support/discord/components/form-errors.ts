import type { core, z } from "zod";

/**
 * One thing that Discord would refuse, of those in the `errors` of "Invalid Form Body" (50035).
 * `path`: keys and indexes with dots between, empty for the whole body. `code` is Discord's own where it is
 * known (https://docs.discord.com/developers/reference#error-messages: "a complete list of errors is not feasible").
 */
export interface FormError {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** Refuses a value from inside a check of zod's. `at`: the path from that value on. */
export function refuse(
  context: z.core.$RefinementCtx,
  code: string,
  message: string,
  at: readonly (string | number)[] = [],
): void {
  context.addIssue({ code: "custom", params: { code }, message, path: [...at] });
}

/** What is wrong with a body, in Discord's terms; empty, when nothing is. */
export function checkForm(schema: z.ZodType, body: unknown): readonly FormError[] {
  const { error } = schema.safeParse(body);
  return [...(error?.issues.flatMap(toFormErrors) ?? []), ...brokenText(body, [])];
}

function toFormErrors(issue: core.$ZodIssue): readonly FormError[] {
  const path = issue.path.join(".");
  switch (issue.code) {
    case "custom":
      return [{ path, code: String(issue.params?.code), message: issue.message }];
    case "invalid_type":
      return [{ path, ...typeError(issue.expected, issue.message) }];
    case "unrecognized_keys":
      // Discord ignores what it does not know. Here it is a mistake of ours.
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join("."),
        code: "UNKNOWN_KEY",
        message: "Discord does not know this field.",
      }));
    case "invalid_union":
      return [{ path, code: "UNION_TYPE_CHOICES", message: issue.message }];
    case "invalid_value":
      return [
        { path, code: "BASE_TYPE_CHOICES", message: `Value must be one of (${issue.values.join(", ")}).` },
      ];
    case "too_big":
      return [
        {
          path,
          code: "NUMBER_TYPE_MAX",
          message: `int value should be less than or equal to ${issue.maximum}.`,
        },
      ];
    case "too_small":
      return [
        {
          path,
          code: "NUMBER_TYPE_MIN",
          message: `int value should be greater than or equal to ${issue.minimum}.`,
        },
      ];
    default:
      return [{ path, code: issue.code, message: issue.message }];
  }
}

const TYPE_CODES: Readonly<Record<string, string>> = {
  string: "STRING_TYPE_CONVERT",
  number: "NUMBER_TYPE_COERCE",
  int: "NUMBER_TYPE_COERCE",
  boolean: "BOOLEAN_TYPE_CONVERT",
  array: "LIST_TYPE_CONVERT",
  object: "MODEL_TYPE_CONVERT",
};

function typeError(expected: string, message: string): Pick<FormError, "code" | "message"> {
  if (message.endsWith("received undefined"))
    return { code: "BASE_TYPE_REQUIRED", message: "This field is required" };
  return { code: TYPE_CODES[expected] ?? "BASE_TYPE_CONVERT", message };
}

/** Half an emoji is no text: as JSON it is refused (50109, https://docs.discord.com/developers/topics/opcodes-and-status-codes#json). */
function brokenText(value: unknown, path: readonly string[]): readonly FormError[] {
  if (typeof value === "string") {
    return value.isWellFormed()
      ? []
      : [
          {
            path: path.join("."),
            code: "INVALID_UNICODE",
            message: "The request body contains invalid JSON.",
          },
        ];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => brokenText(each, [...path, key]));
}
