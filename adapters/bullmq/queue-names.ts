import { MODEL_NAME } from "../../src/core/model.ts";
import type { Tier } from "../../src/core/recipe.ts";
import type { Job, JobName, QueueName } from "../../src/ports/jobs.ts";
import type { Lane } from "./lanes.ts";

/**
 * `one`: a queue of that name. `platform`: each has its own, `{queue}-{platform}`, consumed where that
 * platform is connected. `draft` and `final`: each model of the tier has its own, `{queue}-{model}`.
 */
export interface QueuePlace {
  readonly queue: QueueName | "reconcile" | "purge";
  readonly each: "one" | "platform" | Tier;
}

/** Where each job waits. One job a queue: a worker takes whatever waits in its own. */
export const QUEUE_OF: Readonly<Record<JobName, QueuePlace>> = {
  "take.render": { queue: "takes", each: "draft" },
  "grid.compose": { queue: "grids", each: "one" },
  "final.render": { queue: "finals", each: "final" },
  "post.deliver": { queue: "deliver", each: "platform" },
  "upkeep.sweep": { queue: "upkeep", each: "one" },
  "upkeep.purge": { queue: "purge", each: "one" },
  "upkeep.reconcile": { queue: "reconcile", each: "platform" },
};

const PLATFORM = /^[a-z][a-z0-9]*$/;

/** @throws RangeError when a job that belongs to a platform or a model comes without one. */
export function queueNameOf({ name, platform, model }: Pick<Job, "name" | "platform" | "model">): string {
  const { queue, each } = QUEUE_OF[name];
  switch (each) {
    case "one":
      return queue;
    case "platform":
      return `${queue}-${checked(name, "platform", platform, PLATFORM)}`;
    case "draft":
    case "final":
      return `${queue}-${checked(name, "model", model, MODEL_NAME)}`;
  }
}

/** What there is a queue of its own for. */
export interface QueueOwners {
  /** Those that are connected. */
  readonly platforms: readonly string[];
  readonly models: readonly Lane[];
}

/** A queue, and the lane that it is of. */
export interface NamedQueue {
  readonly name: string;
  readonly lane: Lane | undefined;
}

/** The queues of a job. */
export function queuesOf(name: JobName, { platforms, models }: QueueOwners): readonly NamedQueue[] {
  const { each } = QUEUE_OF[name];
  const job = { name, platform: undefined, model: undefined };
  switch (each) {
    case "one":
      return [{ name: queueNameOf(job), lane: undefined }];
    case "platform":
      return platforms.map((platform) => ({ name: queueNameOf({ ...job, platform }), lane: undefined }));
    case "draft":
    case "final":
      return models
        .filter(({ tier }) => tier === each)
        .map((lane) => ({ name: queueNameOf({ ...job, model: lane.name }), lane }));
  }
}

function checked(job: JobName, what: string, value: string | undefined, shape: RegExp): string {
  if (value !== undefined && shape.test(value)) return value;
  throw new RangeError(`${job} needs a ${what} of small letters and digits: ${value}`);
}
