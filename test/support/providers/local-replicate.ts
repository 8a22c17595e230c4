import type { ServerResponse } from "node:http";
import { createAiSdkModel } from "../../../adapters/ai-sdk/ai-sdk-model.ts";
import { replicate } from "../../../adapters/ai-sdk/replicate/replicate.ts";
import type { HostedModel } from "../../../adapters/ai-sdk/vendor.ts";
import { Secret } from "../../../src/core/secret.ts";
import { type LocalProvider, OUTCOMES } from "./local-provider.ts";
import { NOT_FOUND, UNAUTHENTICATED } from "./local-replicate-answers.ts";
import {
  createReplicateCloud,
  findReplicateModel,
  type ReplicateCloud,
  type ReplicateControls,
} from "./local-replicate-cloud.ts";
import { type Answered, type Asked, openProviderServer } from "./provider-server.ts";

const KEY = "r8_local-key-of-replicate";

export interface LocalReplicate
  extends LocalProvider,
    Pick<ReplicateControls, "refusals" | "ends" | "looks" | "pace"> {
  /** Every request with a good key, the earliest first. */
  readonly heard: readonly Asked[];
}

/** Replicate's cloud with a few of its models: https://replicate.com/docs/reference/http. */
export async function openLocalReplicate(): Promise<LocalReplicate> {
  const keys = new Set([KEY]);
  const heard: Asked[] = [];
  const controls: ReplicateControls = {
    coming: [],
    paid: [],
    refusals: [],
    ends: [],
    looks: [],
    pace: { looks: 2 },
  };
  const cloud = createReplicateCloud(controls, () => server.url);

  const server = await openProviderServer(async (asked, response) => {
    const found = findRoute(asked);
    if (found === undefined) return undefined;
    const [, key] = /^Bearer (.+)$/.exec(asked.headers.get("authorization") ?? "") ?? [];
    if (key === undefined || !keys.has(key)) return UNAUTHENTICATED;
    heard.push(asked);
    return await found.route(cloud, found.parts, { asked, response });
  });

  const hosted: HostedModel = {
    id: "black-forest-labs/flux-2-pro",
    editId: undefined,
    family: "flux",
    key: new Secret(KEY),
    baseUrl: new URL("/v1", server.url),
    options: { pollIntervalMillis: 1 },
    tokenPrices: undefined,
  };
  return {
    ...controls,
    name: "replicate",
    url: server.url,
    // One is made unless more are ordered, and nobody sees how.
    outcomes: OUTCOMES.filter((each) => each !== "several" && each !== "thoughts"),
    model(changes = {}) {
      const model = { ...hosted, ...changes, options: { ...hosted.options, ...changes.options } };
      return createAiSdkModel({ vendor: replicate, model, fetch });
    },
    next: (...outcomes) => void controls.coming.push(...outcomes),
    heard,
    unknown: server.unknown,
    keys,
    close: () => server.close(),
  };
}

interface Parts {
  readonly owner?: string;
  readonly name?: string;
  readonly version?: string;
  readonly id?: string;
}

interface Exchanged {
  readonly asked: Asked;
  readonly response: ServerResponse;
}

type Route = (cloud: ReplicateCloud, parts: Parts, exchanged: Exchanged) => Answered | Promise<Answered>;

const MODEL = "/v1/models/(?<owner>[^/]+)/(?<name>[^/]+)";
const PREDICTION = "/v1/predictions/(?<id>[^/]+)";
const ROUTES: readonly (readonly [asked: string, route: Route])[] = [
  [`GET ${MODEL}`, (_, parts) => described(parts, findReplicateModel(parts) !== undefined)],
  [
    `GET ${MODEL}/versions/(?<version>[^/]+)`,
    (_, parts) => described(parts, findReplicateModel(parts)?.version === parts.version),
  ],
  [
    `POST ${MODEL}/predictions`,
    (cloud, parts, { asked, response }) => {
      const model = findReplicateModel(parts);
      return cloud.create(model?.version === undefined ? model : undefined, asked, response);
    },
  ],
  [
    "POST /v1/predictions",
    (cloud, _, { asked, response }) => {
      const { version } = JSON.parse(asked.body.toString());
      return cloud.create(version && findReplicateModel({ version }), asked, response);
    },
  ],
  [`GET ${PREDICTION}`, (cloud, { id = "" }, { response }) => cloud.look(id, response)],
  [`POST ${PREDICTION}/cancel`, (cloud, { id = "" }) => cloud.cancel(id)],
  ["GET /v1/files/(?<id>[^/]+)", (cloud, { id = "" }, { response }) => cloud.file(id, response)],
];

function findRoute({ method, url }: Asked): { readonly route: Route; readonly parts: Parts } | undefined {
  for (const [pattern, route] of ROUTES) {
    const found = new RegExp(`^${pattern}$`).exec(`${method} ${url.pathname}${url.search}`);
    if (found !== null) return { route, parts: found.groups ?? {} };
  }
  return undefined;
}

function described(parts: Parts, isThere: boolean): Answered {
  return isThere ? { status: 200, body: { ...parts } } : NOT_FOUND;
}
