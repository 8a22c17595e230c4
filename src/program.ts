import { createDraftCommand } from "../commands/draft.ts";
import { createHelpCommand } from "../commands/help.ts";
import { createHome } from "../commands/home.ts";
import { createInbox, type InboxParts } from "../commands/inbox.ts";
import { createQuotaCommand } from "../commands/quota.ts";
import { createQuotaForms } from "../commands/quota-forms.ts";
import { createVary } from "../commands/vary.ts";
import { createMakeImage } from "./assets/make-image.ts";
import { createReadQuota } from "./budgets/quota.ts";
import { createChoose } from "./choices/choose.ts";
import { type Adapters, holdMsOf } from "./compose.ts";
import type { Config } from "./config.ts";
import { createIdSource } from "./core/id-source.ts";
import { type GroupRef, platformOf } from "./core/ids.ts";
import { createDecideFinal } from "./finals/decide-final.ts";
import { createPickTake } from "./finals/pick-take.ts";
import { createRedoFinal } from "./finals/redo-final.ts";
import { createRenderFinal } from "./finals/render-final.ts";
import { createGate } from "./gate/gate.ts";
import { createReadHome } from "./home/read-home.ts";
import { createRelay } from "./outbox/relay.ts";
import type { ChatInbox, ChatSender } from "./ports/chat.ts";
import type { Job, JobHandlers } from "./ports/jobs.ts";
import { createDeliverPost } from "./posts/deliver-post.ts";
import { createShowPost } from "./posts/show-post.ts";
import { createLookOver } from "./reactions/look-over.ts";
import { createApplyReaction, createOnReaction } from "./reactions/on-reaction.ts";
import { createReconcile } from "./reactions/reconcile.ts";
import { createComposeGrid } from "./rounds/compose-grid.ts";
import { createRenderTake } from "./rounds/render-take.ts";
import { createStartRound } from "./rounds/start-round.ts";
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
const PURGE_MS = 60 * 60 * 1000;
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
  const reconcile = (platform: string) => ask(reconcileJob(platform, "reconnected"));
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
      for (const { gateway, sender } of platforms) {
        const job = reconcileJob(sender.platform, "time");
        await ask(job);
        again(job, RECONCILE_MS);
        await gateway.start(inbox);
      }
      relay.start();
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
  const membersOf = (group: GroupRef) => senderOf(platformOf(group)).members(group);
  const gate = createGate({
    database: adapters.database,
    staffOf: (channel) => senderOf(platformOf(channel)).staff(channel),
    membersOf,
    startCredits: config.startCredits,
    holdMs: holdMsOf(config),
    clock: adapters.clock,
  });
  const ids = createIdSource(adapters.clock);
  const { prices, timeZone } = config;
  const common = { ...adapters, poke, membersOf, senderOf, gate, ids, random: Math.random, prices, timeZone };
  const startRound = createStartRound({ ...common, model: adapters.draftModel.id });
  const pickTake = createPickTake({ ...common, model: adapters.finalModel.id });
  const redoFinal = createRedoFinal({ ...common, model: adapters.finalModel.id });
  const decideFinal = createDecideFinal(common);
  const choose = createChoose({ ...common, startRound, pickTake, decideFinal, redoFinal });
  const applyReaction = createApplyReaction({ ...common, choose });
  const makeImage = createMakeImage({ ...common, timeoutMs: config.modelTimeoutMs });
  return { ...common, startRound, choose, applyReaction, makeImage };
}

function createStoryInbox(parts: Parts & Pick<InboxParts, "reconcile">): ChatInbox {
  const draft = createDraftCommand(parts);
  const quotaParts = { ...parts, readQuota: createReadQuota(parts) };
  const quota = createQuotaCommand(quotaParts);
  const help = createHelpCommand({ ...parts, others: [draft.spec, quota.spec] });
  const onReaction = createOnReaction(parts, parts.applyReaction);
  return createInbox({
    ...parts,
    draft,
    others: [quota, help],
    vary: createVary(parts),
    quotaForms: createQuotaForms(quotaParts),
    home: createHome(createReadHome(parts)),
    onWorkspace: createOnWorkspace(parts),
    onReaction,
  });
}

/** What any worker can do. */
function createWork(config: Config, parts: Parts, staleMs: number): JobHandlers {
  return {
    "take.render": createRenderTake({ ...parts, model: parts.draftModel }),
    "grid.compose": createComposeGrid(parts),
    "final.render": createRenderFinal({ ...parts, model: parts.finalModel }),
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
  turn: 0,
  delayMs: 0,
};

/** One that runs because of the time does not stand for one after a reconnect: it may be past what was missed. */
function reconcileJob(platform: string, because: "time" | "reconnected"): Job {
  return {
    id: `reconcile.${platform}.${because}`,
    name: "upkeep.reconcile",
    payload: { v: 1, platform },
    platform,
    turn: 0,
    delayMs: 0,
  };
}
