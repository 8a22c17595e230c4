import type { EventId, RoundId, UserRef } from "../../src/core/ids.ts";
import type { Round } from "../../src/core/round.ts";
import type { Models } from "../../src/models/models.ts";
import type { Attachment, CommandCall, Reply } from "../../src/ports/chat.ts";
import { fresh } from "./fresh.ts";
import type { TestDatabase } from "./open-databases.ts";
import { SEVERAL_MODELS } from "./several-models.ts";
import { inWords, MIA, openDesk } from "./story-desk.ts";

interface Said {
  readonly who?: UserRef;
  readonly options?: CommandCall["options"];
  readonly attachments?: readonly Attachment[];
}

/** A channel of its own, with several models, in which people type `/draft`. */
export function openAskingDraft(bench: TestDatabase, models: Models = SEVERAL_MODELS) {
  const desk = openDesk(bench, undefined, models);
  const channel = desk.channel();
  const place = { channel, thread: undefined };

  async function roundAt(index: number): Promise<Round> {
    const id: RoundId | undefined = (await desk.roundsOf(channel)).at(index);
    if (id === undefined) throw new Error(`there is no round ${index}`);
    return desk.roundOf(id);
  }

  const say = (name: string, text: string, { who = MIA, options, attachments = [] }: Said = {}) =>
    desk.inbox.command({
      event: fresh<EventId>(),
      place,
      person: who,
      name,
      text,
      options,
      mentions: [],
      attachments,
      isLive: false,
    });

  return {
    desk,
    channel,
    roundAt,
    draft: (text: string, said?: Said) => say("draft", text, said),
    say: async (name: string, text: string, said?: Said) => wordsOf(await say(name, text, said)),

    /** The latest round. */
    latest: () => roundAt(-1),

    async submit(
      form: string,
      answers: Readonly<Record<string, string>>,
      { who = MIA, attachments = [] }: Said = {},
    ): Promise<Reply> {
      return desk.inbox.submit({
        event: fresh<EventId>(),
        place,
        person: who,
        form,
        answers,
        attachments,
        isLive: false,
      });
    },
  };
}

export type AskingDraft = ReturnType<typeof openAskingDraft>;

export const wordsOf = (reply: Reply): string => ("card" in reply ? inWords(reply.card) : reply.kind);

/** The form that a reply is, with what each of its fields begins with. */
export function formOf(reply: Reply) {
  if (reply.kind !== "form") throw new Error(`no form: ${wordsOf(reply)}`);
  const { form } = reply;
  return { form, given: Object.fromEntries(form.fields.map(({ name, value }) => [name, value])) };
}
