import { createDraftCommand } from "../commands/draft.ts";
import { createEdit } from "../commands/edit.ts";
import { createHelpCommand } from "../commands/help.ts";
import { createHome } from "../commands/home.ts";
import { createInbox, type InboxParts } from "../commands/inbox.ts";
import { createQuotaCommand } from "../commands/quota.ts";
import { createQuotaForms } from "../commands/quota-forms.ts";
import { createRecipe } from "../commands/recipe.ts";
import { createSendBack } from "../commands/send-back.ts";
import { createVary } from "../commands/vary.ts";
import { createMakeImage } from "./assets/make-image.ts";
import { createReadQuota } from "./budgets/quota.ts";
import { createChoose } from "./choices/choose.ts";
import { type Adapters, holdMsOf } from "./compose.ts";
import type { Config } from "./config.ts";
import { createFewAtOnce } from "./core/few-at-once.ts";
import { createIdSource } from "./core/id-source.ts";
import { platformOf } from "./core/ids.ts";
import { createCancelFinal } from "./finals/cancel-final.ts";
import { createDecideFinal } from "./finals/decide-final.ts";
import { createPickTake } from "./finals/pick-take.ts";
import { createRedoFinal } from "./finals/redo-final.ts";
import { createRenderFinal } from "./finals/render-final.ts";
import { createGate } from "./gate/gate.ts";
import { createReadHome } from "./home/read-home.ts";
import { createAskModel } from "./models/ask-model.ts";
import { createReadDrifts } from "./models/drift.ts";
import { createRelay } from "./outbox/relay.ts";
import type { ChatInbox, ChatSender } from "./ports/chat.ts";
import type { Job, JobHandlers } from "./ports/jobs.ts";
import { createDeliverPost } from "./posts/deliver-post.ts";
import { createOnAnswered } from "./posts/on-answered.ts";
import { createShowPost } from "./posts/show-post.ts";
import { createLookOver } from "./reactions/look-over.ts";
import { createApplyReaction, createOnReaction } from "./reactions/on-reaction.ts";
import { createReconcile } from "./reactions/reconcile.ts";
import { createCancelRound } from "./rounds/cancel-round.ts";
import { createComposeGrid } from "./rounds/compose-grid.ts";
import { createRenderTake } from "./rounds/render-take.ts";
import { createStartRound } from "./rounds/start-round.ts";
import { createOnChannelGone } from "./upkeep/on-channel-gone.ts";
import { createOnWorkspace } from "./upkeep/on-workspace.ts";
import { createPurge } from "./upkeep/purge.ts";
import { purgeJob } from "./upkeep/purge-job.ts";
import { createSweep } from "./upkeep/sweep.ts";

/** Draftroom, put together and ready to start. */
export interface Program {
  /** Resolves when people can talk to it and work is taken. */
  start(): Promise<void>;
  /** Takes no more; finishes, or within the deadline gives back, what runs. */
  stop(): Promise<void>;
}

/** Showing a message may take an upload: longer than a lease, before another may do it. */
const SHOW_LEASES = 5;
const RELAY_MS = 5_000;
const SWEEP_MS = 30_000;
const RECONCILE_MS = 10 * 60 * 1000;
/** When shards connect anew one after the other, so long a moment of them is looked over at once. */
const RECONNECTS_MS = 2_000;
const PURGE_MS = 60 * 60 * 1000;
/** An image of 4096² takes 100 MB and more while it is looked at and written anew; sharp keeps all cores busy with two. */
const DECODED_MAX = 2;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The story over its adapters. Everything that a person can ask for is listed here.
 *
 * @param sweepMs how often to look for work that fell between two stools, and for how long it has to
 * have stood still, in milliseconds.
 */
export function createProgram(config: Config, adapters: Adapters, sweepMs = SWEEP_MS): Program {
  const { queue, runner, platforms, log } = adapters;
  const relay = createRelay({ ...adapters, intervalMs: RELAY_MS, leaseMs: config.leaseMs });
  const parts = createParts(config, adapters, relay.poke);
  const handlers: JobHandlers = {
    ...(config.role === "gateway" ? {} : createWork(config, parts, sweepMs)),
    ...(config.role === "worker" ? {} : createDelivery(parts, SHOW_LEASES * config.leaseMs)),
  };

  const ask = (job: Job) => queue.enqueue([{ job, children: [] }]);
  const reconcile = (platform: string) => ask(reconnectedJob(platform, adapters.clock()));
  const inbox = createStoryInbox({ ...parts, reconcile });
  const timers: NodeJS.Timeout[] = [];
  /**
   * Asks for a job every so often. Not a schedule of the queue: what brings back the work of a queue
   * that was lost must not be lost with it. While one waits or runs, asking again does nothing.
   */
  function again(job: Job, everyMs: number): void {
    const askAgain = () =>
      ask(job).catch((error: unknown) => log.error("upkeep.not_queued", error, { job: job.id }));
    timers.push(setInterval(askAgain, everyMs));
  }

  return {
    async start() {
      await runner.start(handlers);
      again(sweepJob, sweepMs);
      // Not in an hour: a process may not live that long.
      await ask(purgeJob);
      again(purgeJob, PURGE_MS);
      // The queue is known to answer by now. One that is asked before its connection stands may never do.
      relay.start();
      // A platform that is away holds up no other.
      await Promise.all(
        platforms.map(async ({ gateway, sender }) => {
          await gateway.start(inbox);
          // Not before: what people do until it hears them would be missed for as long as that.
          const job = reconcileJob(sender.platform);
          await ask(job);
          again(job, RECONCILE_MS);
        }),
      );
      log.info("program.started", { role: config.role });
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      for (const { gateway } of platforms) await gateway.stop();
      await relay.stop();
      await runner.drain(config.stopMs);
      await adapters.close();
      log.info("program.stopped");
    },
  };
}

type Parts = ReturnType<typeof createParts>;

/** What several rooms need, made once. */
function createParts(config: Config, adapters: Adapters, poke: () => void) {
  const senders = new Map(adapters.platforms.map(({ sender }) => [sender.platform, sender]));
  const senderOf = (platform: string): ChatSender => {
    const sender = senders.get(platform);
    if (sender === undefined) throw new Error(`this process is not connected to ${platform}`);
    return sender;
  };
  const isIn: ChatSender["isIn"] = (group, person) => senderOf(platformOf(group)).isIn(group, person);
  const gate = createGate({
    database: adapters.database,
    staffOf: (channel) => senderOf(platformOf(channel)).staff(channel),
    isIn,
    startCredits: config.startCredits,
    holdMs: holdMsOf(config),
    clock: adapters.clock,
  });
  const ids = createIdSource(adapters.clock);
  const { timeZone } = config;
  const fewDecoded = createFewAtOnce(DECODED_MAX);
  const common = { ...adapters, fewDecoded, poke, isIn, senderOf, gate, ids, random: Math.random, timeZone };
  const startRound = createStartRound(common);
  const decideFinal = createDecideFinal(common);
  const choose = createChoose({
    ...common,
    startRound,
    cancelRound: createCancelRound(common),
    pickTake: createPickTake(common),
    cancelFinal: createCancelFinal(common),
    redoFinal: createRedoFinal(common),
    decideFinal,
  });
  const applyReaction = createApplyReaction({ ...common, choose });
  const makeImage = createMakeImage({ ...common, askModel: createAskModel(common) });
  return { ...common, startRound, decideFinal, choose, applyReaction, makeImage };
}

function createStoryInbox(parts: Parts & Pick<InboxParts, "reconcile">): ChatInbox {
  const draft = createDraftCommand(parts);
  const quotaParts = {
    ...parts,
    readQuota: createReadQuota({ ...parts, readDrifts: createReadDrifts(parts) }),
  };
  const quota = createQuotaCommand(quotaParts);
  const help = createHelpCommand({ ...parts, others: [draft.spec, quota.spec] });
  const onReaction = createOnReaction(parts, parts.applyReaction);
  return createInbox({
    ...parts,
    draft,
    others: [quota, help],
    edit: createEdit(parts),
    vary: createVary(parts),
    sendBack: createSendBack(parts),
    recipe: createRecipe(parts),
    quotaForms: createQuotaForms(quotaParts),
    home: createHome(createReadHome(parts)),
    onAnswered: createOnAnswered(parts),
    onWorkspace: createOnWorkspace(parts),
    onChannelGone: createOnChannelGone(parts),
    onReaction,
  });
}

/** What any worker can do. */
function createWork(config: Config, parts: Parts, staleMs: number): JobHandlers {
  return {
    "take.render": createRenderTake(parts),
    "grid.compose": createComposeGrid(parts),
    "final.render": createRenderFinal(parts),
    "upkeep.sweep": createSweep({ ...parts, staleMs }),
    "upkeep.purge": createPurge({
      ...parts,
      retentionMs: config.retentionDays * DAY_MS,
      graceMs: holdMsOf(config),
    }),
  };
}

/** What only a process that is connected to a platform can do. */
function createDelivery(parts: Parts, leaseMs: number): JobHandlers {
  const lookOver = createLookOver({ ...parts, apply: parts.applyReaction });
  return {
    "post.deliver": createDeliverPost({ ...parts, showPost: createShowPost(parts), lookOver, leaseMs }),
    "upkeep.reconcile": createReconcile({ ...parts, lookOver }),
  };
}

const sweepJob: Job = {
  id: "sweep",
  name: "upkeep.sweep",
  payload: { v: 1 },
  platform: undefined,
  model: undefined,
  turn: 0,
  delayMs: 0,
};

function reconcileJob(platform: string): Job {
  return {
    id: `reconcile.${platform}.time`,
    name: "upkeep.reconcile",
    payload: { v: 1, platform },
    platform,
    model: undefined,
    turn: 0,
    delayMs: 0,
  };
}

/**
 * One that runs already does not stand for this: it may be past what was missed. Those that are asked for in the same
 * moment wait for its end, and are one.
 */
function reconnectedJob(platform: string, now: Date): Job {
  const moment = Math.floor(now.getTime() / RECONNECTS_MS) + 1;
  const delayMs = moment * RECONNECTS_MS - now.getTime();
  return { ...reconcileJob(platform), id: `reconcile.${platform}.${moment}.reconnected`, delayMs };
}
