import { createDraftCommand } from "../commands/draft.ts";
import { createHelpCommand } from "../commands/help.ts";
import { createInbox } from "../commands/inbox.ts";
import { createQuotaCommand } from "../commands/quota.ts";
import { createVary } from "../commands/vary.ts";
import { createMakeImage } from "./assets/make-image.ts";
import { createReadQuota } from "./budgets/quota.ts";
import { createChoose } from "./choices/choose.ts";
import { type Adapters, holdMsOf } from "./compose.ts";
import type { Config } from "./config.ts";
import { createIdSource } from "./core/id-source.ts";
import { platformOf } from "./core/ids.ts";
import { createDecideFinal } from "./finals/decide-final.ts";
import { createPickTake } from "./finals/pick-take.ts";
import { createRenderFinal } from "./finals/render-final.ts";
import { createGate } from "./gate/gate.ts";
import { createRelay } from "./outbox/relay.ts";
import type { ChatInbox, ChatSender } from "./ports/chat.ts";
import type { Job, JobHandlers } from "./ports/jobs.ts";
import { createDeliverPost } from "./posts/deliver-post.ts";
import { createShowPost } from "./posts/show-post.ts";
import { createApplyReaction, createOnReaction } from "./reactions/on-reaction.ts";
import { createReconcile } from "./reactions/reconcile.ts";
import { createComposeGrid } from "./rounds/compose-grid.ts";
import { createRenderTake } from "./rounds/render-take.ts";
import { createStartRound } from "./rounds/start-round.ts";
import { createSweep } from "./upkeep/sweep.ts";

/** Draftroom, put together and ready to start. */
export interface Program {
  /** Resolves when people can talk to it and work is taken. */
  start(): Promise<void>;
  /** Takes no more; finishes, or within the deadline gives back, what runs. */
  stop(): Promise<void>;
}

/** Showing a message may take an upload: longer than a lease, before another may do it. */
const SHOW_LEASES = 3;
const RELAY_MS = 5_000;
const SWEEP_MS = 30_000;
const RECONCILE_MS = 10 * 60 * 1000;

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
  const inbox = createStoryInbox(parts);
  const handlers: JobHandlers = {
    ...(config.role === "gateway" ? {} : createWork(parts, sweepMs)),
    ...(config.role === "worker" ? {} : createDelivery(parts, SHOW_LEASES * config.leaseMs)),
  };

  const timers: NodeJS.Timeout[] = [];
  /**
   * Asks for a job every so often. Not a schedule of the queue: what brings back the work of a queue
   * that was lost must not be lost with it. While one waits or runs, asking again does nothing.
   */
  function again(job: Job, everyMs: number): void {
    const ask = () =>
      queue
        .enqueue([{ job, children: [] }])
        .catch((error: unknown) => log.error("upkeep.not_queued", error, { job: job.id }));
    timers.push(setInterval(ask, everyMs));
  }

  return {
    async start() {
      await runner.start(handlers);
      again(sweepJob, sweepMs);
      for (const { gateway, sender } of platforms) {
        const reconcile = reconcileJob(sender.platform);
        await queue.enqueue([{ job: reconcile, children: [] }]);
        again(reconcile, RECONCILE_MS);
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
  const gate = createGate({
    database: adapters.database,
    staffOf: (channel) => senderOf(platformOf(channel)).staff(channel),
    startCredits: config.startCredits,
    holdMs: holdMsOf(config),
    clock: adapters.clock,
  });
  const ids = createIdSource(adapters.clock);
  const { prices, timeZone } = config;
  const common = { ...adapters, poke, senderOf, gate, ids, random: Math.random, prices, timeZone };
  const startRound = createStartRound({ ...common, model: adapters.draftModel.id });
  const pickTake = createPickTake({ ...common, model: adapters.finalModel.id });
  const decideFinal = createDecideFinal(common);
  const choose = createChoose({ ...common, startRound, pickTake, decideFinal });
  const applyReaction = createApplyReaction({ ...common, choose });
  const makeImage = createMakeImage({ ...common, timeoutMs: config.modelTimeoutMs });
  return { ...common, startRound, choose, applyReaction, makeImage };
}

function createStoryInbox(parts: Parts): ChatInbox {
  const draft = createDraftCommand(parts);
  const quota = createQuotaCommand({ ...parts, readQuota: createReadQuota(parts) });
  const help = createHelpCommand({ ...parts, others: [draft.spec, quota.spec] });
  const onReaction = createOnReaction(parts, parts.applyReaction);
  return createInbox({ ...parts, draft, others: [quota, help], vary: createVary(parts), onReaction });
}

/** What any worker can do. */
function createWork(parts: Parts, staleMs: number): JobHandlers {
  return {
    "take.render": createRenderTake({ ...parts, model: parts.draftModel }),
    "grid.compose": createComposeGrid(parts),
    "final.render": createRenderFinal({ ...parts, model: parts.finalModel }),
    "upkeep.sweep": createSweep({ ...parts, staleMs }),
  };
}

/** What only a process that is connected to a platform can do. */
function createDelivery(parts: Parts, leaseMs: number): JobHandlers {
  return {
    "post.deliver": createDeliverPost({ ...parts, showPost: createShowPost(parts), leaseMs }),
    "upkeep.reconcile": createReconcile({ ...parts, apply: parts.applyReaction }),
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

function reconcileJob(platform: string): Job {
  return {
    id: `reconcile.${platform}`,
    name: "upkeep.reconcile",
    payload: { v: 1, platform },
    platform,
    turn: 0,
    delayMs: 0,
  };
}
