/** Slack says no: `{"ok":false,"error":…}`. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly error: string;
  readonly more: Readonly<Record<string, unknown>>;

  /** `messages` go out as `response_metadata.messages`. */
  constructor(error: string, messages: readonly string[] = [], more: Readonly<Record<string, unknown>> = {}) {
    super(`${error}${messages.length > 0 ? `: ${messages.join("; ")}` : ""}`);
    this.error = error;
    this.more =
      messages.length > 0
        ? { ...more, errors: messages.map(withoutMark), response_metadata: { messages } }
        : more;
  }
}

function withoutMark(message: string): string {
  return message.replace(/^\[ERROR\] /, "");
}
