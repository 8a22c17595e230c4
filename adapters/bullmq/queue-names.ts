import type { Job, JobName, QueueName } from "../../src/ports/jobs.ts";

interface QueuePlace {
  readonly queue: QueueName | "reconcile" | "purge";
  /** Whether each platform has its own, `{queue}-{platform}`, consumed where that platform is connected. */
  readonly byPlatform: boolean;
}

/** Where each job waits. One job a queue: a worker takes whatever waits in its own. */
export const QUEUE_OF: Readonly<Record<JobName, QueuePlace>> = {
  "take.render": { queue: "takes", byPlatform: false },
  "grid.compose": { queue: "grids", byPlatform: false },
  "final.render": { queue: "finals", byPlatform: false },
  "post.deliver": { queue: "deliver", byPlatform: true },
  "upkeep.sweep": { queue: "upkeep", byPlatform: false },
  "upkeep.purge": { queue: "purge", byPlatform: false },
  "upkeep.reconcile": { queue: "reconcile", byPlatform: true },
};

const PLATFORM = /^[a-z][a-z0-9]*$/;

/** @throws RangeError when a job that belongs to a platform comes without one. */
export function queueNameOf(name: JobName, platform: Job["platform"]): string {
  const { queue, byPlatform } = QUEUE_OF[name];
  if (!byPlatform) return queue;
  if (platform === undefined || !PLATFORM.test(platform)) {
    throw new RangeError(`${name} needs a platform of small letters and digits: ${platform}`);
  }
  return `${queue}-${platform}`;
}

/** The queues of a job, given the platforms that are connected. */
export function queueNamesOf(name: JobName, platforms: readonly string[]): readonly string[] {
  return QUEUE_OF[name].byPlatform
    ? platforms.map((platform) => queueNameOf(name, platform))
    : [queueNameOf(name, undefined)];
}
