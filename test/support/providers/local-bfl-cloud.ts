import type { ServerResponse } from "node:http";
import { endless, invalid, NOT_FOUND, paint, priceOf, REFUSALS, STATUSES } from "./local-bfl-answers.ts";
import { BFL_MODELS, type BflInput } from "./local-bfl-models.ts";
import type { Outcome, PaidCall } from "./local-provider.ts";
import { type Answered, type Asked, cut } from "./provider-server.ts";

/** What a test has a hand in, and what it looks at. */
export interface BflControls {
  readonly coming: Outcome[];
  readonly paid: PaidCall[];
  /** What the next tasks are answered with, instead of being taken. */
  readonly refusals: Answered[];
  /** What becomes of the next looks at a task or a picture, in their order; `look`: what is there. */
  readonly looks: (Answered | "cut" | "look")[];
  /** How many looks a task takes to be done, at least one. */
  readonly pace: { looks: number };
  /** What is said of the price: when the task is taken, when it is over, or never. */
  readonly prices: { at: readonly ("start" | "end")[] };
}

interface Task {
  readonly id: string;
  readonly input: BflInput;
  readonly outcome: Outcome;
  readonly cost: number;
  looksLeft: number;
}

export interface BflCloud {
  submit(model: string, asked: Asked, response: ServerResponse): Answered;
  look(id: string, response: ServerResponse): Answered;
  picture(id: string, response: ServerResponse): Promise<Answered>;
}

export function createBflCloud(controls: BflControls, origin: () => URL): BflCloud {
  const { coming, paid, refusals, looks, pace, prices } = controls;
  const tasks = new Map<string, Task>();
  const faultOf = (response: ServerResponse) => {
    const fault = looks.shift() ?? "look";
    return fault === "cut" ? cut(response) : fault;
  };

  return {
    submit(name, asked, response) {
      const model = BFL_MODELS[name];
      if (model === undefined) return NOT_FOUND;
      if (asked.headers.get("content-type") !== "application/json") return invalid([], "not JSON", "");
      const body = JSON.parse(asked.body.toString());
      const read = model.input.safeParse(body);
      const wrong = read.error?.issues[0];
      if (!read.success) return invalid(wrong?.path ?? [], wrong?.message ?? "", body);
      const outcome = coming.shift() ?? "made";
      const refusal = refusals.shift() ?? REFUSALS[outcome];
      if (refusal !== undefined) return refusal;
      const call = toPaid(name, read.data, body);
      paid.push(call);
      const cost = priceOf(model, read.data, call.pictures.length);
      const looksLeft = outcome === "slow" ? Number.POSITIVE_INFINITY : pace.looks;
      const id = `00000000-0000-4000-8000-${`${tasks.size + 1}`.padStart(12, "0")}`;
      tasks.set(id, { id, input: read.data, outcome, cost, looksLeft });
      if (outcome === "cut") return cut(response);
      if (outcome === "invalid_json") {
        return { status: 200, headers: { "content-type": "application/json" }, body: '{"id": "0000' };
      }
      const polling_url = new URL(`/v1/get_result?id=${id}`, origin()).href;
      const priced = prices.at.includes("start")
        ? { cost, input_mp: call.pictures.length, output_mp: 1 }
        : {};
      return { status: 200, body: { id, polling_url, ...priced } };
    },
    look(id, response) {
      const fault = faultOf(response);
      if (fault !== "look") return fault;
      const task = tasks.get(id);
      if (task === undefined) return { status: 200, body: { id, status: "Task not found", result: null } };
      task.looksLeft -= 1;
      return { status: 200, body: told(task, prices.at.includes("end"), origin()) };
    },
    async picture(id, response) {
      const fault = faultOf(response);
      if (fault !== "look") return fault;
      const task = tasks.get(id);
      if (task?.outcome === "huge") return endless(response);
      if (task?.outcome !== "wrong_type") return task === undefined ? NOT_FOUND : await paint(task.input);
      return { status: 200, headers: { "content-type": "text/html" }, body: "<!doctype html><p>Sorry.</p>" };
    },
  };
}

/** https://docs.bfl.ai/api-reference/utility/get-result */
function told({ id, input, outcome, cost, looksLeft }: Task, isPriced: boolean, origin: URL): object {
  if (looksLeft > 0) return { id, status: "Pending", result: null, progress: 0.5, details: null };
  const status = STATUSES[outcome] ?? "Ready";
  const isMade = status === "Ready";
  const sample = new URL(`/results/${id}/sample.png?se=2026-11-20T10%3A10%3A00Z&sig=c2ln`, origin).href;
  const seed = input.seed ?? 1234;
  return {
    id,
    status,
    result: isMade ? { sample, prompt: input.prompt, seed, start_time: 1, end_time: 2, duration: 1 } : null,
    // Which of what was sent was no good, is said with it.
    details: isMade ? null : { "Moderation Reasons": [`${input.prompt}`] },
    ...(isPriced ? { cost: isMade ? cost : 0 } : {}),
  };
}

function toPaid(model: string, input: BflInput, body: unknown): PaidCall {
  const { width, height, aspect_ratio, image_prompt, image_prompt_strength } = input;
  const names = Object.keys(input).filter((each) => each.startsWith("input_image"));
  const shown = [image_prompt, ...names.map((each) => input[each])];
  return {
    model,
    prompt: `${input.prompt}`,
    seed: typeof input.seed === "number" ? input.seed : undefined,
    aspect: typeof aspect_ratio === "string" ? aspect_ratio : undefined,
    size: width === undefined ? undefined : `${width}x${height}`,
    strength:
      image_prompt !== undefined && typeof image_prompt_strength === "number"
        ? image_prompt_strength
        : undefined,
    pictures: shown.flatMap((each) => (typeof each === "string" ? [Buffer.from(each, "base64")] : [])),
    body,
  };
}
