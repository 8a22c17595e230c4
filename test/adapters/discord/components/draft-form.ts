import { createDraftCommand, type DraftParts } from "../../../../commands/draft.ts";
import type { Form } from "../../../../src/core/card.ts";
import { callOf } from "./real-cards.ts";

/** What `/draft` alone asks. It needs none of the command's parts. */
export async function draftForm(): Promise<Form> {
  const reply = await createDraftCommand({ models: ["sketch"] } as unknown as DraftParts).run(
    callOf("draft"),
  );
  if (reply.kind !== "form") throw new Error(`/draft alone answers with a form, not ${reply.kind}`);
  return reply.form;
}
