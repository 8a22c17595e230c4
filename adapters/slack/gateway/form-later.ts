import { z } from "zod";
import type { EventId, ThreadRef } from "../../../src/core/ids.ts";
import type { FormAttachment } from "../blocks/form-context.ts";
import { LIMITS } from "../blocks/limits.ts";

/** What was asked for where Slack opens no form. A button carries it: pressed, it is asked for once more. */
export interface AskedBefore {
  /** Of what was asked for, so that it is the same thing if no form is needed any more. */
  readonly event: EventId;
  readonly name: string;
  readonly text: string;
  readonly thread: ThreadRef | undefined;
  readonly attachments: readonly FormAttachment[];
}

const PREFIX = "form:";

const ASKED = z.strictObject({
  event: z.string().startsWith("slack:"),
  name: z.string().min(1),
  text: z.string(),
  thread: z
    .string()
    .regex(/^slack:\w+:\w+:[\d.]+$/)
    .optional(),
  attachments: z.array(z.strictObject({ file: z.string().regex(/^F\w+$/), name: z.string() })),
});

/** As the value of a button, which Slack keeps and nobody sees; undefined when it has no room for it. */
export function toFormLater(asked: AskedBefore): string | undefined {
  const value = `${PREFIX}${JSON.stringify(asked)}`;
  return value.length > LIMITS.buttonValue ? undefined : value;
}

/** Undefined for the value of any other button. */
export function readFormLater(value: string): AskedBefore | undefined {
  if (!value.startsWith(PREFIX)) return undefined;
  const { event, name, text, thread, attachments } = ASKED.parse(JSON.parse(value.slice(PREFIX.length)));
  return { event: event as EventId, name, text, thread: thread as ThreadRef | undefined, attachments };
}
