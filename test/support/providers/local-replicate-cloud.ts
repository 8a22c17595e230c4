import type { ServerResponse } from "node:http";
import type { Outcome, PaidCall } from "./local-provider.ts";
import { endless, invalid, NOT_FOUND, paint, REFUSALS } from "./local-replicate-answers.ts";
import { REPLICATE_MODELS, type ReplicateInput, type ReplicateModel } from "./local-replicate-models.ts";
import { finish, type Prediction, type ReplicateEnd, step, told } from "./local-replicate-predictions.ts";
import { type Answered, type Asked, cut } from "./provider-server.ts";

/** What a test has a hand in, and what it looks at. */
export interface ReplicateControls {
  readonly coming: Outcome[];
  readonly paid: PaidCall[];
  /** What the next predictions are answered with, instead of being made. */
  readonly refusals: Answered[];
  /** How the next predictions end that are made, whatever their outcome. */
  readonly ends: ReplicateEnd[];
  /** What becomes of the next looks at a prediction or a file, in their order; `look`: what is there. */
  readonly looks: (Answered | "cut" | "look")[];
  /** How many looks a prediction takes to be done. None: it is done when it is created. */
  readonly pace: { looks: number };
}

/** Where its own addresses begin. */
type Origin = () => URL;

export interface ReplicateCloud {
  create(model: ReplicateModel | undefined, asked: Asked, response: ServerResponse): Answered;
  look(id: string, response: ServerResponse): Answered;
  cancel(id: string): Answered;
  file(id: string, response: ServerResponse): Promise<Answered>;
}

export function createReplicateCloud(controls: ReplicateControls, origin: Origin): ReplicateCloud {
  const { coming, paid, refusals, ends, looks, pace } = controls;
  const predictions = new Map<string, Prediction>();
  const tell = (prediction: Prediction | undefined): Answered =>
    prediction === undefined ? NOT_FOUND : { status: 200, body: told(prediction, origin()) };
  const faultOf = (response: ServerResponse) => {
    const fault = looks.shift() ?? "look";
    return fault === "cut" ? cut(response) : fault;
  };

  function begin(model: ReplicateModel, input: ReplicateInput, outcome: Outcome): Prediction {
    const prediction: Prediction = {
      id: `prediction${predictions.size + 1}`,
      model,
      input,
      outcome,
      end: ends.shift(),
      looksLeft: outcome === "slow" ? Number.POSITIVE_INFINITY : pace.looks,
      status: "starting",
      error: null,
    };
    predictions.set(prediction.id, prediction);
    if (prediction.looksLeft === 0) finish(prediction);
    return prediction;
  }

  return {
    create(model, asked, response) {
      if (model === undefined) return NOT_FOUND;
      const { input } = JSON.parse(asked.body.toString());
      const read = model.input.safeParse(input);
      const wrong = wrongWith(asked) ?? (read.success ? undefined : read.error.issues[0]);
      if (wrong !== undefined || !read.success) return invalid(`${wrong?.path.join(".")}: ${wrong?.message}`);
      const outcome = coming.shift() ?? "made";
      const refusal = refusals.shift() ?? REFUSALS[outcome];
      if (refusal !== undefined) return refusal;
      const prediction = begin(model, read.data, outcome);
      paid.push(toPaid(model, read.data, input));
      if (outcome === "cut") return cut(response);
      if (outcome !== "invalid_json") return { ...tell(prediction), status: 201 };
      return { status: 201, headers: { "content-type": "application/json" }, body: '{"id": "predic' };
    },
    look(id, response) {
      const fault = faultOf(response);
      if (fault !== "look") return fault;
      const prediction = predictions.get(id);
      if (prediction !== undefined) step(prediction);
      return tell(prediction);
    },
    cancel(id) {
      const prediction = predictions.get(id);
      const isRunning = prediction?.status === "starting" || prediction?.status === "processing";
      if (isRunning) prediction.status = "canceled";
      return tell(prediction);
    },
    async file(id, response) {
      const fault = faultOf(response);
      const prediction = predictions.get(id);
      if (fault !== "look") return fault;
      return prediction === undefined ? NOT_FOUND : await fileOf(prediction, response);
    },
  };
}

/** What is refused whatever the model; undefined: nothing. */
function wrongWith({ headers, body }: Asked): { path: readonly string[]; message: string } | undefined {
  if (headers.get("content-type") !== "application/json") return { path: ["body"], message: "is no JSON" };
  if (!/^wait(?:=(?:[1-9]|[1-5]\d|60))?$/.test(headers.get("prefer") ?? "wait")) {
    return { path: ["Prefer"], message: "is wait, or wait=n with n from 1 to 60" };
  }
  const more = Object.keys(JSON.parse(body.toString())).find((each) => !["input", "version"].includes(each));
  return more === undefined ? undefined : { path: [more], message: "is not known" };
}

async function fileOf({ outcome, input }: Prediction, response: ServerResponse): Promise<Answered> {
  if (outcome === "huge") return endless(response);
  if (outcome !== "wrong_type") return await paint(input);
  return { status: 200, headers: { "content-type": "text/html" }, body: "<!doctype html><p>Sorry.</p>" };
}

function toPaid({ name }: ReplicateModel, input: ReplicateInput, body: unknown): PaidCall {
  const shown = [input.image_input, input.input_images, input.images, input.input_image, input.image];
  const text = (value: unknown) => (typeof value === "string" ? value : undefined);
  return {
    model: name,
    prompt: `${input.prompt}`,
    seed: typeof input.seed === "number" ? input.seed : undefined,
    aspect: text(input.aspect_ratio),
    size: text(input.resolution) ?? text(input.output_megapixels),
    strength: typeof input.prompt_strength === "number" ? input.prompt_strength : undefined,
    pictures: shown.flat().flatMap((each) => (typeof each === "string" ? [bytesOf(each)] : [])),
    body,
  };
}

function bytesOf(uri: string): Uint8Array {
  return Buffer.from(uri.slice(uri.indexOf(",") + 1), "base64");
}

export function findReplicateModel({ owner, name, version }: Named): ReplicateModel | undefined {
  return REPLICATE_MODELS.find((each) =>
    name === undefined ? each.version === version : each.name === `${owner}/${name}`,
  );
}

interface Named {
  readonly owner?: string | undefined;
  readonly name?: string | undefined;
  readonly version?: string | undefined;
}
