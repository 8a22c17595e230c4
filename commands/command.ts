import type { CommandCall, Reply } from "../src/ports/chat.ts";
import type { CommandSpec } from "../src/ports/command-spec.ts";

/** One thing that a person can type: what it is called and what it does. */
export interface Command {
  readonly spec: CommandSpec;
  run(call: CommandCall): Promise<Reply>;
}
