import type { SlackFileView, SlackMessage, SlackView, SlackViewField } from "../slack-message.ts";
import { mimetypeOf, toFileJson } from "../world/files.ts";
import type { Json, MessageRecord, ViewRecord } from "../world/records.ts";
import { blocksOf } from "../world/view-state.ts";
import type { World } from "../world/world.ts";
import { buttonsOf, imagesOf, optionsOf, textOf, wordsOf } from "./read-blocks.ts";
import { marksOf } from "./read-marks.ts";

/** A message as it stands now. */
export function toSlackMessage(world: World, message: MessageRecord): SlackMessage {
  const words = message.blocks.length > 0 ? wordsOf(message.blocks) : message.text;
  return {
    team: world.channels.get(message.channel)?.team ?? "",
    channel: message.channel,
    ts: message.ts,
    threadTs: message.threadTs,
    author: message.user,
    byApp: message.byApp,
    text: message.text,
    blocks: structuredClone(message.blocks),
    files: message.files.flatMap((id) => toFileView(world, id)),
    reactions: [...message.reactions].map(([name, users]) => ({ name, users: [...users] })),
    edited: message.edited,
    ephemeralFor: message.ephemeralFor,
    metadata: message.metadata,
    words,
    buttons: buttonsOf(message.blocks),
    images: imagesOf(message.blocks),
    ...marksOf(message.text, message.blocks),
  };
}

function toFileView(world: World, id: string): readonly SlackFileView[] {
  const file = world.files.get(id);
  if (file === undefined) return [];
  const json = toFileJson(world, file);
  return [
    {
      id,
      name: file.name,
      title: file.title,
      mimetype: mimetypeOf(file),
      size: Number(json.size),
      urlPrivate: String(json.url_private),
    },
  ];
}

/** A view as it stands now. */
export function toSlackView(record: ViewRecord): SlackView {
  const { view } = record;
  const blocks = blocksOf(view);
  return {
    id: record.id,
    type: record.type,
    callbackId: typeof view.callback_id === "string" ? view.callback_id : "",
    title: textOf(view.title) ?? "",
    submit: textOf(view.submit),
    close: textOf(view.close),
    privateMetadata: typeof view.private_metadata === "string" ? view.private_metadata : "",
    hash: record.hash,
    blocks: structuredClone(blocks),
    fields: blocks.flatMap((block) => toField(record, block)),
    words: wordsOf(blocks),
    buttons: buttonsOf(blocks),
  };
}

function toField(record: ViewRecord, block: Json): readonly SlackViewField[] {
  if (block.type !== "input") return [];
  const element = (block.element ?? {}) as Json;
  const [blockId, actionId] = [String(block.block_id), String(element.action_id)];
  const stated = record.state[blockId]?.[actionId];
  return [
    {
      label: textOf(block.label) ?? "",
      blockId,
      actionId,
      type: String(element.type),
      optional: block.optional === true,
      value: stated === undefined ? undefined : stateValueOf(stated),
      options: optionsOf(element),
      hint: textOf(block.hint),
    },
  ];
}

/** The value of an element's state, as a string. */
export function stateValueOf(state: Json): string | undefined {
  const option = state.selected_option as Json | null | undefined;
  const value = state.value ?? option?.value ?? state.selected_conversation ?? state.selected_user;
  return typeof value === "string" ? value : undefined;
}
