import type { Adapters } from "../../src/compose.ts";
import type { Platform } from "../../src/platforms.ts";
import type { ChatInbox } from "../../src/ports/chat.ts";
import type { JobRunner } from "../../src/ports/jobs.ts";
import type { Database, Records } from "../../src/ports/records.ts";
import { type Doom, type NameOf, withDoom } from "./doomed.ts";
import { through } from "./models.ts";

/** The adapters with a place before and after every call of a port, in and out of transactions. */
export function withDoomedPorts(adapters: Adapters, doom: Doom): Adapters {
  return {
    ...adapters,
    database: doomDatabase(adapters.database, doom),
    blobs: withDoom("blobs", adapters.blobs, doom, byFolder),
    queue: withDoom("queue", adapters.queue, doom),
    runner: doomRunner(adapters.runner, doom),
    models: through(adapters.models, (image, tier) => withDoom(`${tier} model`, image, doom)),
    platforms: adapters.platforms.map((platform) => doomPlatform(platform, doom)),
  };
}

/** `put(paid)`: what a model sent and what is shown are kept at different moments. */
const byFolder: NameOf = (method, [key]) =>
  typeof key === "string" ? `${method}(${key.split("/")[0]})` : method;

export function doomDatabase(database: Database, doom: Doom): Database {
  return {
    records: doomRecords("records", database.records, doom),
    async transact<T>(work: (records: Records, undo: (value: T) => never) => Promise<T>): Promise<T> {
      doom.at("before transact");
      const done = database.transact<T>((records, undo) => work(doomRecords("tx", records, doom), undo));
      await done;
      doom.at("after transact");
      return done;
    },
  };
}

function doomRecords(room: string, records: Records, doom: Doom): Records {
  const stores = Object.entries(records).map(([name, store]) => [
    name,
    withDoom(`${room}.${name}`, store, doom),
  ]);
  return Object.fromEntries(stores) as Records;
}

/** A handler has its own places: a job that has done its work and is not yet gone from the queue. */
function doomRunner(runner: JobRunner, doom: Doom): JobRunner {
  return {
    start: (handlers) => runner.start(withDoom("job", handlers, doom)),
    drain: (deadlineMs) => runner.drain(deadlineMs),
  };
}

/** What the inbox has answered and the person has not heard yet is a place, too. */
function doomPlatform({ gateway, sender, place }: Platform, doom: Doom): Platform {
  return {
    gateway: {
      platform: gateway.platform,
      start: (inbox: ChatInbox) => gateway.start(withDoom("inbox", inbox, doom)),
      stop: () => gateway.stop(),
    },
    sender: withDoom("sender", sender, doom),
    place,
  };
}
