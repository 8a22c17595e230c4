import { createDraftCommand } from "../../commands/draft.ts";
import { createHelpCommand } from "../../commands/help.ts";
import { createInbox } from "../../commands/inbox.ts";
import { createQuotaCommand } from "../../commands/quota.ts";
import { createVary } from "../../commands/vary.ts";
import { createReadQuota } from "../../src/budgets/quota.ts";
import { createChoose } from "../../src/choices/choose.ts";
import { credits } from "../../src/core/credits.ts";
import { createIdSource } from "../../src/core/id-source.ts";
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
import type { Prices } from "../../src/core/prices.ts";
import type { Staff } from "../../src/core/roles.ts";
import type { Round, RoundOrder } from "../../src/core/round.ts";
import { createDecideFinal } from "../../src/finals/decide-final.ts";
import { failFinal } from "../../src/finals/fail-final.ts";
import { finalReservation } from "../../src/finals/final-reservation.ts";
import { createPickTake } from "../../src/finals/pick-take.ts";
import { createGate } from "../../src/gate/gate.ts";
import type { Post } from "../../src/ports/records.ts";
import { createDeliverPost } from "../../src/posts/deliver-post.ts";
import { createShowPost } from "../../src/posts/show-post.ts";
import { createApplyReaction, createOnReaction } from "../../src/reactions/on-reaction.ts";
import { createReconcile } from "../../src/reactions/reconcile.ts";
import { failTake } from "../../src/rounds/fail-take.ts";
import { createStartRound } from "../../src/rounds/start-round.ts";
import { takeReservation } from "../../src/rounds/take-reservation.ts";
import { ATTEMPT } from "./attempt.ts";
import { fresh, freshChannel, person } from "./fresh.ts";
import { findRound, T0 } from "./make-records.ts";
import type { TestDatabase } from "./open-databases.ts";
import { createRecordingPlatform } from "./recording-platform.ts";
import { createStrictLog } from "./strict-log.ts";

export const PRICES: Prices = {
  take: credits(1),
  final: { "1K": credits(4), "2K": credits(4), "4K": credits(7) },
};
export const START_CREDITS = 50;
export const [ADA, MIA, NOOR, MAX] = [person("ada"), person("mia"), person("noor"), person("max")] as const;
/** Ada directs, Max manages. */
export const DIRECTED: Staff = { directors: [ADA], managers: [MAX] };

export type Desk = ReturnType<typeof openDesk>;

/** The story over a real database and a recording platform. Nothing runs by itself: no queue, no workers. */
export function openDesk(bench: TestDatabase) {
  let ticks = 0;
  // Each look is a millisecond later, so that what came first can be told.
  const clock = () => new Date(T0.getTime() + ticks++);
  const platform = createRecordingPlatform();
  const { database } = bench;
  const common = {
    database,
    clock,
    prices: PRICES,
    ids: createIdSource(() => new Date()),
    random: Math.random,
    poke: () => {},
    timeZone: "Europe/Madrid",
    senderOf: () => platform.sender,
    log: createStrictLog([]),
  };
  const gate = createGate({
    database,
    clock,
    staffOf: (channel) => platform.sender.staff(channel),
    startCredits: credits(START_CREDITS),
    holdMs: 3_600_000,
  });
  const parts = { ...common, gate };
  const startRound = createStartRound({ ...parts, model: "sketch/1" });
  const pickTake = createPickTake({ ...parts, model: "sketch/1" });
  const choose = createChoose({ ...parts, startRound, pickTake, decideFinal: createDecideFinal(parts) });
  const applyReaction = createApplyReaction({ ...parts, choose });
  const onReaction = createOnReaction(parts, applyReaction);
  const draft = createDraftCommand({ ...parts, startRound });
  const quota = createQuotaCommand({ ...parts, readQuota: createReadQuota(parts) });
  const help = createHelpCommand({ ...parts, others: [draft.spec, quota.spec] });
  const vary = createVary({ ...parts, startRound });
  const inbox = createInbox({ ...parts, draft, others: [quota, help], vary, choose, onReaction });
  const deliver = createDeliverPost({ ...parts, showPost: createShowPost(parts), leaseMs: 30_000 });
  const reconcileJob = createReconcile({ ...parts, apply: applyReaction });

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
    clock,
    platform,
    gate,
    inbox,
    startRound,
    show,
    findPost,
    reconcile: () => reconcileJob({ v: 1, platform: "studio" }, ATTEMPT),

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

    /** A round whose grid is posted: all takes are made and paid but those named. */
    async grid(channel: ChannelRef, who: UserRef, more: { count?: number; failed?: readonly number[] } = {}) {
      const { count = 4, failed = [] } = more;
      const order: RoundOrder = {
        prompt: "a red fox in snow",
        seed: 7,
        aspect: "1:1",
        count,
        finalSize: "2K",
      };
      const place = { channel, thread: undefined };
      const started = await startRound({
        event: fresh<EventId>(),
        place,
        person: who,
        origin: { kind: "draft" },
        concept: undefined,
        formerRequester: undefined,
        order,
      });
      if (started.status !== "started") throw new Error(`no round: ${started.status}`);
      const round = await findRound(database, started.round);
      await makeTakes(round, failed);
      const message = await show(round.post);
      return { round: await findRound(database, round.id), message, post: await findPost(round.post) };
    },

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
      await failFinal(common, final, await findRound(database, round), "overloaded");
      return { final, message: await show(final.post), post: await findPost(final.post) };
    },

    async react(message: MessageRef, who: UserRef, emoji: Parameters<typeof platform.react>[2], on = true) {
      platform.react(message, who, emoji, on);
      const post = await database.records.posts.findByRef(message);
      if (post === undefined) throw new Error("that is no message of ours");
      await inbox.reaction({ message, place: post.place, person: who, emoji, on });
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

  async function makeTakes(round: Round, failed: readonly number[]): Promise<void> {
    for (const take of round.takes) {
      if (failed.includes(take.number)) {
        await failTake(common, take.id, "blocked");
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
      `select f.id, f.status, t.number from draftroom.finals f join draftroom.takes t on t.id = f.take_id
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
  readonly number: number;
}

/** Everything that can be read on a card; people by their refs. */
export function inWords(card: { readonly body: readonly (readonly { type: string }[])[] }): string {
  return card.body
    .map((line) =>
      line.map((span) => ("text" in span ? span.text : "user" in span ? `@${span.user}` : "")).join(""),
    )
    .join("\n");
}
