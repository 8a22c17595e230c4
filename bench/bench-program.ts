import { createBullQueue } from "../adapters/bullmq/bull-queue.ts";
import type { QueueBackend } from "../adapters/bullmq/queue-backend.ts";
import { createFileBlobs } from "../adapters/files/file-blobs.ts";
import { createPinoLog } from "../adapters/pino/pino-log.ts";
import { createDatabase } from "../adapters/postgres/database.ts";
import type { Adapters } from "../src/compose.ts";
import { readConfig } from "../src/config.ts";
import type { Card } from "../src/core/card.ts";
import type { ChannelRef, EventId, MessageRef, ThreadRef, UserRef } from "../src/core/ids.ts";
import type { ChatGateway, ChatInbox, ChatSender } from "../src/ports/chat.ts";
import type { ImageModel } from "../src/ports/image-model.ts";
import type { JobRunner } from "../src/ports/jobs.ts";
import { createProgram } from "../src/program.ts";
import { onlyModel } from "../test/support/models.ts";
import type { Ground } from "./ground.ts";

export const PLATFORM = "bench";
/** No bench runs out of them. */
const START_CREDITS = 1_000_000;

export interface Draft {
  readonly event: string;
  readonly channel: string;
  readonly person: string;
}

/** The program as it is, spoken to without a platform between: what it posts goes nowhere. */
export interface BenchProgram {
  /** Types `/draft`. Resolves when it is durably accepted. */
  draft(draft: Draft): Promise<void>;
  stop(): Promise<void>;
}

export interface BenchProgramParts {
  readonly pool: Ground["pool"];
  readonly backend: QueueBackend;
  /** Does the work, or leaves it in the queue. */
  readonly runner: JobRunner;
  readonly model: ImageModel;
  /** Where pictures are kept. */
  readonly folder: string;
  /** Told of every card that the program shows, with its channel. */
  readonly onCard: (channel: string, card: Card) => void;
}

export async function startBenchProgram(parts: BenchProgramParts): Promise<BenchProgram> {
  const read = readConfig({ DRAFTROOM_START_CREDITS: `${START_CREDITS}` });
  if (read.status === "bad") throw new Error(read.problems.join("; "));
  const log = createPinoLog("warn");
  const clock = () => new Date();
  const queue = createBullQueue({ backend: parts.backend, log, platforms: [PLATFORM], models: [] });
  let inbox: ChatInbox | undefined;
  const gateway: ChatGateway = {
    platform: PLATFORM,
    start: async (given) => {
      inbox = given;
    },
    stop: async () => {},
  };
  const adapters: Adapters = {
    log,
    clock,
    database: createDatabase(parts.pool),
    blobs: createFileBlobs(parts.folder),
    queue,
    runner: parts.runner,
    models: onlyModel(parts.model),
    platforms: [{ gateway, sender: createNullSender(parts.onCard), place: () => "" }],
    close: () => queue.close(),
  };
  const program = createProgram(read.config, adapters);
  await program.start();
  return {
    async draft({ event, channel, person }) {
      const reply = await inbox?.command({
        event: `${PLATFORM}:${event}` as EventId,
        place: { channel: `${PLATFORM}:w:${channel}` as ChannelRef, thread: undefined },
        person: `${PLATFORM}:w:${person}` as UserRef,
        name: "draft",
        text: "a glass bottle refracting afternoon sun on a limestone table",
        options: undefined,
        mentions: [],
        attachments: [],
        isLive: false,
      });
      if (reply?.kind !== "started") throw new Error(`not accepted: ${JSON.stringify(reply)}`);
    },
    stop: () => program.stop(),
  };
}

/** A platform that takes no time. A message's ref says in which channel it is. */
function createNullSender(onCard: BenchProgramParts["onCard"]): ChatSender {
  return {
    platform: PLATFORM,
    async post({ channel }, card, { key }) {
      const name = channel.split(":")[2] ?? "";
      onCard(name, card);
      return `${PLATFORM}:${name}:${key}` as MessageRef;
    },
    async edit(message, card) {
      onCard(message.split(":")[1] ?? "", card);
    },
    whisper: async () => true,
    seed: async () => undefined,
    thread: async (message) => message as string as ThreadRef,
    reactions: async () => [],
    status: async () => undefined,
    isIn: async () => false,
    staff: async () => ({ directors: [], managers: [] }),
  };
}
