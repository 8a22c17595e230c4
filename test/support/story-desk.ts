import type { Card } from "../../src/core/card.ts";
import { credits } from "../../src/core/credits.ts";
import type {
  AssetId,
  ChannelRef,
  EventId,
  FinalId,
  MessageRef,
  PostId,
  RoundId,
  UserRef,
} from "../../src/core/ids.ts";
import type { Staff } from "../../src/core/roles.ts";
import type { Round } from "../../src/core/round.ts";
import { failFinal } from "../../src/finals/fail-final.ts";
import { finalReservation } from "../../src/finals/final-reservation.ts";
import type { Models } from "../../src/models/models.ts";
import type { BlobStore } from "../../src/ports/blobs.ts";
import type { Press, Reply } from "../../src/ports/chat.ts";
import type { Post } from "../../src/ports/posts.ts";
import { failTake } from "../../src/rounds/fail-take.ts";
import { takeReservation } from "../../src/rounds/take-reservation.ts";
import { ATTEMPT } from "./attempt.ts";
import { wordsOfSpan } from "./cards.ts";
import { fresh, freshChannel, person } from "./fresh.ts";
import { findRound } from "./make-records.ts";
import { PRICES } from "./models.ts";
import type { TestDatabase } from "./open-databases.ts";
import { openStory, START_CREDITS } from "./open-story.ts";

export const [ADA, MIA, NOOR, MAX] = [person("ada"), person("mia"), person("noor"), person("max")] as const;
/** Ada directs, Max manages. */
export const DIRECTED: Staff = { directors: [ADA], managers: [MAX] };

export type Desk = ReturnType<typeof openDesk>;

/** A desk without a workshop has nowhere to keep pictures. */
const NO_BLOBS: BlobStore = {
  put: (key) => Promise.reject(new Error(`nowhere to keep ${key}`)),
  find: async () => undefined,
  delete: async () => {},
  tidy: async () => {},
};

/** The story, and what tests do with it. */
export function openDesk(bench: TestDatabase, blobs: BlobStore = NO_BLOBS, models?: Models) {
  const story = openStory(bench, blobs, models);
  const { database, clock, platform, inbox, startRound, deliver } = story;

  const findPost = async (id: PostId): Promise<Post> => {
    const post = await database.records.posts.find(id);
    if (post === undefined) throw new Error(`no post ${id}`);
    return post;
  };
  /** Shows a post on the platform, as its job would. */
  const show = async (id: PostId): Promise<MessageRef> => {
    const post = await findPost(id);
    if (post.under !== undefined && post.under !== id) await show(post.under);
    // Somebody else may be posting it at this moment.
    while ((await deliver({ v: 1, post: id }, ATTEMPT)).kind === "snooze") await new Promise(setImmediate);
    const { ref } = await findPost(id);
    if (ref === undefined) throw new Error(`${id} is not shown`);
    return ref;
  };

  return {
    database,
    blobs,
    log: story.log,
    clock,
    platform,
    gate: story.gate,
    models: story.models,
    inbox,
    startRound,
    show,
    findPost,
    reconcile: () => story.reconcile({ v: 1, platform: "studio" }, ATTEMPT),

    /** A channel that no other test has. */
    channel: (staff: Staff = DIRECTED): ChannelRef => {
      const channel = freshChannel();
      platform.staff.set(channel, staff);
      return channel;
    },

    async balance(channel: ChannelRef) {
      const { account } = await database.records.channels.open(channel, credits(START_CREDITS), clock());
      const { available, reserved, spent } = await database.records.ledger.balance(account, clock());
      return { available, reserved, spent };
    },

    async account(channel: ChannelRef) {
      return (await database.records.channels.open(channel, credits(START_CREDITS), clock())).account;
    },

    start,

    /** A round whose grid is posted: all takes are made and paid but those named. */
    async grid(channel: ChannelRef, who: UserRef, more: { count?: number; failed?: readonly number[] } = {}) {
      const { count = 4, failed = [] } = more;
      const round = await start(channel, who, count);
      await makeTakes(round, failed);
      const message = await show(round.post);
      return { round: await findRound(database, round.id), message, post: await findPost(round.post) };
    },

    /** The takes of a round come, and their grid; not shown yet. */
    makeGrid: async (round: RoundId) => makeTakes(await findRound(database, round), []),

    /** The latest final of a round comes, and is paid. */
    async deliverFinal(round: RoundId) {
      const { id, post } = await latestFinal(round);
      await database.transact(async (records) => {
        const delivered = await records.finals.deliver(
          id,
          id as string as AssetId,
          fresh<AssetId>(),
          clock(),
        );
        if (delivered) await records.ledger.spend(finalReservation(id), PRICES.final["2K"], clock());
      });
      return { final: await latestFinal(round), message: await show(post), post: await findPost(post) };
    },

    /** The latest final of a round comes to nothing. */
    async loseFinal(round: RoundId) {
      const final = await latestFinal(round);
      await failFinal(story, final, await findRound(database, round), "overloaded");
      return { final, message: await show(final.post), post: await findPost(final.post) };
    },

    async react(message: MessageRef, who: UserRef, emoji: Parameters<typeof platform.react>[2], on = true) {
      platform.react(message, who, emoji, on);
      const post = await database.records.posts.findByRef(message);
      if (post === undefined) throw new Error("that is no message of ours");
      await inbox.reaction({ message, place: post.place, person: who, emoji, on });
    },

    /** A click. A form that it opens is sent off, filled in so. */
    async press(press: Press, answers: Readonly<Record<string, string>> = {}): Promise<Reply> {
      const reply = await inbox.press(press);
      if (reply.kind !== "form") return reply;
      const { event, place, person: who } = press;
      const { id: form } = reply.form;
      return inbox.submit({ event, place, person: who, form, answers, attachments: [], isLive: false });
    },

    finalsOf,

    roundOf: (id: RoundId): Promise<Round> => findRound(database, id),

    async roundsOf(channel: ChannelRef): Promise<readonly RoundId[]> {
      const sql = `select r.id from draftroom.rounds r join draftroom.concepts c on c.id = r.concept_id
        where c.channel = $1 order by r.created_at`;
      return (await bench.pool.query(sql, [channel])).rows.map((row) => row.id);
    },

    /** What a person was told privately, newest last, in words. */
    heard: (who: UserRef): readonly string[] =>
      platform.whispers.filter((each) => each.person === who).map((each) => inWords(each.card)),
  };

  /** A round of which nothing is made or shown yet. */
  async function start(channel: ChannelRef, who: UserRef, count = 4): Promise<Round> {
    const order = {
      prompt: "a red fox in snow",
      seed: 7,
      aspect: "1:1",
      finalSize: "2K",
      keep: "close",
      references: [],
    } as const;
    const started = await startRound({
      event: fresh<EventId>(),
      place: { channel, thread: undefined },
      person: who,
      origin: { kind: "draft" },
      concept: undefined,
      formerRequester: undefined,
      model: undefined,
      order: { ...order, count },
      attachments: [],
      isLive: false,
    });
    if (started.status !== "started") throw new Error(`no round: ${started.status}`);
    return findRound(database, started.round);
  }

  async function makeTakes(round: Round, failed: readonly number[]): Promise<void> {
    for (const take of round.takes) {
      if (failed.includes(take.number)) {
        await failTake(story, take.id, "blocked");
        continue;
      }
      await database.transact(async (records) => {
        await records.rounds.takeMade(take.id, take.id as string as AssetId, clock());
        await records.ledger.spend(takeReservation(take.id), PRICES.take, clock());
      });
    }
    await database.records.rounds.offer(round.id, fresh<AssetId>(), clock());
  }

  async function finalsOf(round: RoundId): Promise<readonly FinalLine[]> {
    const { rows } = await bench.pool.query<FinalLine>(
      `select f.id, f.status, f.model, t.number from draftroom.finals f join draftroom.takes t on t.id = f.take_id
       where f.round_id = $1 order by f.picked_at`,
      [round],
    );
    return rows;
  }

  async function latestFinal(round: RoundId) {
    const id = (await finalsOf(round)).at(-1)?.id;
    const final = id && (await database.records.finals.find(id));
    if (!final) throw new Error("nothing was picked");
    return final;
  }
}

interface FinalLine {
  readonly id: FinalId;
  readonly status: string;
  readonly model: string;
  readonly number: number;
}

/** The lines of a card; people and channels by their refs. */
export function inWords(card: Pick<Card, "body">): string {
  return card.body.map((line) => line.map(wordsOfSpan).join("")).join("\n");
}
