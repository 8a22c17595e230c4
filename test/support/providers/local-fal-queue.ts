import { randomUUID } from "node:crypto";
import type { Answered } from "./provider-server.ts";

/** What becomes of a request that was taken: its result, or undefined when it is never over. */
export type FalEnding = Answered | undefined;

/** A queue as fal's is: submit, status, result, cancel. See https://fal.ai/docs/api-reference/inference-api. */
export interface FalQueue {
  /** @param model its id; the addresses have its owner and app alone. */
  submit(origin: string, model: string, ending: FalEnding): Answered;
  /** Undefined: no such route. */
  follow(method: string, path: string): Answered | undefined;
  readonly cancelled: readonly string[];
  /** How often any status was asked for. */
  readonly looks: () => number;
  /** How often any result was asked for. */
  readonly results: () => number;
}

/** Looks until a request is over: in the queue, in progress, completed. */
const LOOKS = 2;
const ROUTE = /^\/[\w.-]+\/[\w.-]+\/requests\/([\w-]+)(\/status|\/cancel)?$/;

interface Request {
  readonly ending: FalEnding;
  looks: number;
}

const isOver = ({ ending, looks }: Request) => ending !== undefined && looks >= LOOKS;

export function createFalQueue(): FalQueue {
  const requests = new Map<string, Request>();
  const cancelled: string[] = [];
  let looks = 0;
  let results = 0;

  function look(id: string, request: Request): Answered {
    looks++;
    const said = isOver(request) ? "COMPLETED" : request.looks === 0 ? "IN_QUEUE" : "IN_PROGRESS";
    request.looks++;
    return { status: said === "COMPLETED" ? 200 : 202, body: { status: said, request_id: id } };
  }

  function cancel(id: string, request: Request): Answered {
    cancelled.push(id);
    if (isOver(request)) return { status: 400, body: { status: "ALREADY_COMPLETED" } };
    return { status: 202, body: { status: "CANCELLATION_REQUESTED" } };
  }

  function take(request: Request): Answered {
    results++;
    if (isOver(request) && request.ending !== undefined) return request.ending;
    return { status: 400, body: { detail: "Request is still in progress" } };
  }

  function answer(what: string, id: string): Answered | undefined {
    const request = requests.get(id);
    if (request === undefined) return { status: 404, body: { status: "NOT_FOUND" } };
    if (what === "GET /status") return look(id, request);
    if (what === "PUT /cancel") return cancel(id, request);
    return what === "GET " ? take(request) : undefined;
  }

  return {
    submit(origin, model, ending) {
      const id = randomUUID();
      requests.set(id, { ending, looks: 0 });
      const url = `${origin}/${model.split("/").slice(0, 2).join("/")}/requests/${id}`;
      const urls = { response_url: url, status_url: `${url}/status`, cancel_url: `${url}/cancel` };
      return { status: 200, body: { status: "IN_QUEUE", request_id: id, queue_position: 0, ...urls } };
    },
    follow(method, path) {
      const [, id, rest = ""] = ROUTE.exec(path) ?? [];
      const answered = id === undefined ? undefined : answer(`${method} ${rest}`, id);
      if (id === undefined || answered === undefined) return undefined;
      return { ...answered, headers: { "x-fal-request-id": id, ...answered.headers } };
    },
    cancelled,
    looks: () => looks,
    results: () => results,
  };
}
