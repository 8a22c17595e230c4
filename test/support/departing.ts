import { readdir } from "node:fs/promises";
import type { ChannelRef, EventId, RoundId, WorkspaceRef } from "../../src/core/ids.ts";
import type { BlobStore } from "../../src/ports/blobs.ts";
import type { Database } from "../../src/ports/records.ts";
import { createPurge } from "../../src/upkeep/purge.ts";
import { createSweep } from "../../src/upkeep/sweep.ts";
import { ATTEMPT } from "./attempt.ts";
import { fresh, HOUR_MS } from "./fresh.ts";
import { T0 } from "./make-records.ts";
import type { TestDatabase } from "./open-databases.ts";
import { createScriptedModel, sends } from "./scripted-model.ts";
import { ADA, DIRECTED, MAX, MIA, openDesk } from "./story-desk.ts";
import type { Workshop } from "./story-workshop.ts";
import { createStrictLog } from "./strict-log.ts";

export const RETENTION_MS = 30 * 24 * HOUR_MS;
export const GRACE_MS = 2 * HOUR_MS;
/** Hours after the workspace left, a moment late. */
export const hoursLater = (hours: number) => new Date(T0.getTime() + hours * HOUR_MS + 60_000);
export const DUE = hoursLater(RETENTION_MS / HOUR_MS);
export const PAST_GRACE = hoursLater((RETENTION_MS + GRACE_MS) / HOUR_MS);

/** What a purge runs on, where it is not the workshop's. */
export interface PurgeGround {
  readonly database?: Database;
  readonly blobs?: BlobStore;
  readonly retentionMs?: number;
  /** Tells it to stop. */
  readonly signal?: AbortSignal;
}

/** A workspace of its own that takes Draftroom out. `picture` is what people send and models answer. */
export function openDeparting(bench: TestDatabase, shop: Workshop, picture: Uint8Array) {
  const desk = openDesk(bench, shop.blobs);
  const workspace = fresh<WorkspaceRef>("studio:");

  /** Runs the job as if it were that late. */
  function purge(at: Date, { signal = ATTEMPT.signal, ...ground }: PurgeGround = {}) {
    const parts = { database: desk.database, blobs: shop.blobs, log: createStrictLog([]), clock: () => at };
    const times = { retentionMs: RETENTION_MS, graceMs: GRACE_MS };
    return createPurge({ ...parts, ...times, ...ground })({ v: 1 }, { ...ATTEMPT, signal });
  }

  async function sweep(at: Date): Promise<void> {
    const log = createStrictLog([]);
    const parts = {
      database: desk.database,
      queue: shop.queue,
      models: desk.models,
      log,
      clock: () => at,
      poke: () => {},
    };
    await createSweep({ ...parts, staleMs: HOUR_MS })({ v: 1 }, ATTEMPT);
    await shop.loseAll();
  }

  function channelIn(where: WorkspaceRef): ChannelRef {
    const channel = fresh<ChannelRef>(`${where}:`);
    desk.platform.staff.set(channel, DIRECTED);
    return channel;
  }

  const leave = (where = workspace) => desk.inbox.workspace(where, "left");

  async function started(channel: ChannelRef): Promise<RoundId> {
    const event = fresh<EventId>(`${channel}:event:`);
    const result = await desk.startRound({
      event,
      place: { channel, thread: undefined },
      person: MIA,
      origin: { kind: "draft" },
      concept: undefined,
      formerRequester: undefined,
      model: undefined,
      order: {
        prompt: "a red fox in snow",
        seed: 7,
        aspect: "1:1",
        count: 2,
        finalSize: "1K",
        keep: "close",
        references: [],
      },
      attachments: [{ name: "fox.png", read: async () => picture }],
      isLive: false,
    });
    if (result.status !== "started") throw new Error(result.status);
    return result.round;
  }

  /** A round with everything that can hang on one: a reference, two takes, a vote, a final that was decided. */
  async function lived(channel: ChannelRef): Promise<RoundId> {
    const model = createScriptedModel([sends(picture, "1.2")]);
    const id = await started(channel);
    for (const take of (await desk.roundOf(id)).takes) await shop.makeTake(desk, take.id, model);
    await shop.composeGrid(desk, id);
    const round = await desk.roundOf(id);
    const message = await desk.show(round.post);
    await desk.react(message, MIA, "n2");
    await desk.react(message, ADA, "n1");
    const [line] = await desk.finalsOf(id);
    if (line === undefined) throw new Error("nothing was picked");
    await shop.makeFinal(desk, line.id, model);
    const final = await desk.database.records.finals.find(line.id);
    if (final === undefined) throw new Error("it was picked");
    await desk.react(await desk.show(final.post), ADA, "approve");
    await desk.inbox.command({
      event: fresh<EventId>(),
      place: { channel, thread: undefined },
      person: MAX,
      name: "quota",
      text: `roles managers @${MAX}`,
      options: undefined,
      mentions: [{ typed: `@${MAX}`, who: MAX }],
      attachments: [],
      isLive: false,
    });
    return id;
  }

  const files = async (): Promise<readonly string[]> => {
    const found = await readdir(shop.folder, { recursive: true, withFileTypes: true });
    return found
      .filter((each) => each.isFile())
      .map((each) => each.name)
      .toSorted();
  };

  /** The ids of everything of a workspace, as its rows name it. */
  async function namesIn(where: WorkspaceRef): Promise<readonly string[]> {
    const of = "from draftroom.channels h join draftroom.concepts c on c.channel = h.ref";
    const { rows } = await bench.pool.query(
      `with round as (select r.* ${of} join draftroom.rounds r on r.concept_id = c.id where h.workspace = $1)
       select c.id ${of} where h.workspace = $1 union all select c.root_post ${of} where h.workspace = $1
       union all select id from round union all select grid from round where grid is not null
       union all select unnest(reference_ids) from round
       union all select t.id from draftroom.takes t join round on round.id = t.round_id
       union all select f.id from draftroom.finals f join round on round.id = f.round_id
       union all select f.post from draftroom.finals f join round on round.id = f.round_id`,
      [where],
    );
    return [where, ...rows.map((row) => `${row.id}`)];
  }

  return { desk, workspace, purge, sweep, channelIn, leave, started, lived, files, namesIn };
}

export type Departing = ReturnType<typeof openDeparting>;
