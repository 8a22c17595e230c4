import { assetKey } from "../../src/assets/keys.ts";
import { referenceId } from "../../src/assets/reference-id.ts";
import type { EventId } from "../../src/core/ids.ts";
import type { Round } from "../../src/core/round.ts";
import type { Attachment } from "../../src/ports/chat.ts";
import { fresh } from "./fresh.ts";
import type { TestDatabase } from "./open-databases.ts";
import type { ScriptedModel } from "./scripted-model.ts";
import { MIA, openDesk } from "./story-desk.ts";
import type { Workshop } from "./story-workshop.ts";

/** A channel of its own in which Mia drafts with pictures. */
export function openDrafting(bench: TestDatabase, shop: Workshop) {
  const desk = openDesk(bench, shop.blobs);
  const channel = desk.channel();

  return {
    desk,
    channel,

    draft: (attachments: readonly Attachment[], event = fresh<EventId>(), text = "a red fox in snow") =>
      desk.inbox.command({
        event,
        place: { channel, thread: undefined },
        person: MIA,
        name: "draft",
        text,
        options: undefined,
        mentions: [],
        attachments,
        isLive: false,
      }),

    async roundAt(index: number): Promise<Round> {
      const id = (await desk.roundsOf(channel))[index];
      if (id === undefined) throw new Error(`there is no round ${index}`);
      return desk.roundOf(id);
    },

    /** How many pictures of an event are kept, in records and on the disk. */
    async keptOf(event: EventId): Promise<readonly [number, number]> {
      const ids = await referencesOf(event, 4);
      const assets = await Promise.all(ids.map((id) => desk.database.records.assets.find(id)));
      const bytes = await Promise.all(ids.map((id) => shop.blobs.find(assetKey(id))));
      return [assets.filter((each) => each).length, bytes.filter((each) => each).length];
    },

    async make(round: Round, model: ScriptedModel): Promise<void> {
      for (const take of round.takes) await shop.makeTake(desk, take.id, model);
      await shop.composeGrid(desk, round.id);
    },
  };
}

export type Drafting = ReturnType<typeof openDrafting>;

export const referencesOf = (event: EventId, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => referenceId(event, index)));
