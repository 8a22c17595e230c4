import { createDraftCommand, type DraftParts } from "../../../../commands/draft.ts";
import type { Form } from "../../../../src/core/card.ts";
import type { EventId } from "../../../../src/core/ids.ts";
import { CHANNEL, MIA } from "./real-cards.ts";

/** What `/draft` alone asks. It needs none of the command's parts. */
export async function draftForm(): Promise<Form> {
  const reply = await createDraftCommand({} as DraftParts).run({
    event: "slack:trigger:1" as EventId,
    place: { channel: CHANNEL, thread: undefined },
    person: MIA,
    name: "draft",
    text: "",
    options: undefined,
    mentions: [],
    attachments: [],
    isLive: false,
  });
  if (reply.kind !== "form") throw new Error(`/draft alone answers with a form, not ${reply.kind}`);
  return reply.form;
}
