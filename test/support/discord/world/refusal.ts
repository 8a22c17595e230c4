import type { Json } from "./records.ts";

/** A refusal, as Discord words it: https://docs.discord.com/developers/reference#error-messages */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: number;
  readonly errors: Json | undefined;
  /** More of the JSON body, such as `retry_after`. */
  readonly more: Json;

  constructor(
    status: number,
    code: number,
    message: string,
    details: { readonly errors?: Json; readonly more?: Json } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = details.errors;
    this.more = details.more ?? {};
  }
}

/** One thing that is wrong with a body. `path`: `components.0.custom_id`. */
export interface FormFlaw {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

// The codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
export const unknownChannel = () => new Refusal(404, 10003, "Unknown Channel");
export const unknownGuild = () => new Refusal(404, 10004, "Unknown Guild");
export const unknownMember = () => new Refusal(404, 10007, "Unknown Member");
export const unknownMessage = () => new Refusal(404, 10008, "Unknown Message");
export const unknownUser = () => new Refusal(404, 10013, "Unknown User");
export const unknownEmoji = () => new Refusal(400, 10014, "Unknown Emoji");
export const unknownWebhook = () => new Refusal(404, 10015, "Unknown Webhook");
export const unknownInteraction = () => new Refusal(404, 10062, "Unknown interaction");
export const unknownCommand = () => new Refusal(404, 10063, "Unknown application command");
export const missingAccess = () => new Refusal(403, 50001, "Missing Access");
export const missingPermissions = () => new Refusal(403, 50013, "Missing Permissions");
export const wrongChannelType = () => new Refusal(400, 50024, "Cannot execute action on this channel type");
export const tooLarge = () => new Refusal(413, 40005, "Request entity too large");

/** 50035 with each flaw at its path. */
export function invalidForm(flaws: readonly FormFlaw[]): Refusal {
  const errors: Record<string, unknown> = {};
  for (const { path, code, message } of flaws) {
    let at = errors;
    for (const key of path.split(/[.[\]]+/).filter((part) => part !== "")) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    const list = (at._errors as unknown[] | undefined) ?? [];
    at._errors = [...list, { code, message }];
  }
  return new Refusal(400, 50035, "Invalid Form Body", { errors });
}

export function invalid(path: string, code: string, message: string): Refusal {
  return invalidForm([{ path, code, message }]);
}
