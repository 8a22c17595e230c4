import sharp from "sharp";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { Emoji } from "../../src/core/card.ts";
import type { AssetId, GroupRef, MessageRef, UserRef } from "../../src/core/ids.ts";
import type { Staff } from "../../src/core/roles.ts";
import type { AssetReader } from "../../src/ports/assets.ts";
import type { ChatGateway, ChatSender, Place } from "../../src/ports/chat.ts";
import type { ScriptedInbox } from "../support/scripted-inbox.ts";

/** A platform with a channel and two people in it: what suites of the chat ports need, over whichever platform. */
export interface ChatBench {
  readonly sender: ChatSender;
  /** Started with `inbox`. */
  readonly gateway: ChatGateway;
  readonly inbox: ScriptedInbox;
  readonly place: Place;
  readonly mia: ChatPerson;
  readonly noor: ChatPerson;
  /** Who directs and manages there by the platform's settings. */
  readonly staff: Staff;
  /** The options of a command that was given none: undefined where they stand in its text. */
  readonly options: Readonly<Record<string, string>> | undefined;
  /** Whether everybody sees the answer to a command. */
  readonly isLive: boolean;
  /** What the bot can say to one person only: at any time, or only to somebody who has just asked something there. */
  readonly whispers: "always" | "in_answer";
  /** A group that does not exist. */
  readonly nobody: GroupRef;
  /** A message goes, with everything about it. */
  remove(message: MessageRef): Promise<void>;
  /** The next post is made, and its answer lost: where an answer can be. */
  loseAnswer(): void;
  /** From now on the sender reaches nothing. */
  cutOff(): Promise<void>;
  /** What is done next is delivered twice. */
  deliverTwice(): void;
  close(): Promise<void>;
}

/** Somebody with the platform's own client open. What they do resolves when it is answered, with what they read then: "" for nothing. */
export interface ChatPerson {
  readonly ref: UserRef;
  /** As others type it, with `@`. */
  readonly name: string;
  /** `/draft a red fox`, in the channel. */
  command(text: string): Promise<string>;
  /** A button, by its label. */
  press(message: MessageRef, label: string): Promise<string>;
  react(message: MessageRef, emoji: Emoji, on: boolean): Promise<string>;
  /** The names of the fields of the form that is open. */
  form(): readonly string[] | undefined;
  /** Fills in the form that is open, by the names of its fields; the others keep what they start with. */
  submit(answers: Readonly<Record<string, string>>): Promise<string>;
  /** What they see in a channel or thread, the oldest first. */
  sees(place: Place): Promise<readonly SeenMessage[]>;
}

export interface SeenMessage {
  readonly ref: MessageRef;
  /** Everything that is to be read in it; people as the platform notes them. */
  readonly words: string;
  /** Refs of the people whom it names. */
  readonly names: readonly string[];
  /** Whom it calls: refs of people, and what else the platform has. */
  readonly calls: readonly string[];
  /** What its pictures are said to show. */
  readonly pictures: readonly string[];
  readonly buttons: readonly string[];
  /** The bot's own too, in their order. */
  readonly reactions: readonly Emoji[];
  /** Nobody else sees it. */
  readonly isPrivate: boolean;
}

/** What benches of a platform share, since it takes long to open. */
export interface ChatGround {
  open(): Promise<ChatBench>;
  close(): Promise<void>;
}

/** Opens a bench a test. */
export function useChatBench(openGround: () => Promise<ChatGround>): () => Promise<ChatBench> {
  let ground: ChatGround;
  const benches: ChatBench[] = [];
  beforeAll(async () => {
    ground = await openGround();
  });
  afterEach(async () => {
    for (const bench of benches.splice(0)) await bench.close();
  });
  afterAll(() => ground.close());
  return async () => {
    const bench = await ground.open();
    benches.push(bench);
    return bench;
  };
}

/** The one picture that benches keep. */
export const PICTURE = "PICTURE01" as AssetId;

export async function drawPicture(): Promise<AssetReader> {
  const [width, height] = [64, 48];
  const bytes = await sharp({ create: { width, height, channels: 3, background: "#3c6e63" } })
    .png()
    .toBuffer();
  return {
    find: async (asset) => (asset === PICTURE ? { mime: "image/png", width, height, bytes } : undefined),
  };
}
