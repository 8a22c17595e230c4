import type { ServerResponse } from "node:http";
import { createAiSdkModel } from "../../../adapters/ai-sdk/ai-sdk-model.ts";
import { bfl } from "../../../adapters/ai-sdk/bfl/bfl.ts";
import type { HostedModel } from "../../../adapters/ai-sdk/vendor.ts";
import { Secret } from "../../../src/core/secret.ts";
import { FORBIDDEN } from "./local-bfl-answers.ts";
import { type BflCloud, type BflControls, createBflCloud } from "./local-bfl-cloud.ts";
import { type LocalProvider, OUTCOMES } from "./local-provider.ts";
import { type Answered, type Asked, openProviderServer } from "./provider-server.ts";

const KEY = "bfl_local-key-of-the-forest";

export interface LocalBfl extends LocalProvider, Pick<BflControls, "refusals" | "looks" | "pace" | "prices"> {
  /** Every request, the earliest first. */
  readonly heard: readonly Asked[];
  /** Credits that are left. */
  readonly account: { credits: number };
}

/** Black Forest Labs' API: https://docs.bfl.ai/api-reference. */
export async function openLocalBfl(): Promise<LocalBfl> {
  const keys = new Set([KEY]);
  const heard: Asked[] = [];
  const account = { credits: 250.5 };
  const controls: BflControls = {
    coming: [],
    paid: [],
    refusals: [],
    looks: [],
    pace: { looks: 2 },
    prices: { at: ["start", "end"] },
  };
  const cloud = createBflCloud(controls, () => server.url);

  const server = await openProviderServer(async (asked, response) => {
    const answer = await answerTo(asked, response);
    if (answer !== undefined) heard.push(asked);
    return answer;
  });

  async function answerTo(asked: Asked, response: ServerResponse): Promise<Answered | undefined> {
    const { method, url } = asked;
    const [, id] = /^\/results\/([^/]+)\/sample\.png$/.exec(url.pathname) ?? [];
    // Its address is the key to a picture.
    if (id !== undefined && url.searchParams.has("sig")) return await cloud.picture(id, response);
    if (!keys.has(asked.headers.get("x-key") ?? "")) return FORBIDDEN;
    if (`${method} ${url.pathname}` === "GET /v1/credits") return { status: 200, body: { ...account } };
    return tasked(cloud, asked, response);
  }

  const hosted: HostedModel = {
    id: "flux-2-pro",
    editId: undefined,
    family: "flux",
    key: new Secret(KEY),
    baseUrl: new URL("/v1", server.url),
    options: { pollIntervalMillis: 1 },
    tokenPrices: undefined,
  };
  return {
    ...controls,
    name: "bfl",
    url: server.url,
    outcomes: OUTCOMES.filter((each) => each !== "several" && each !== "thoughts"),
    model(changes = {}) {
      const model = { ...hosted, ...changes, options: { ...hosted.options, ...changes.options } };
      return createAiSdkModel({ vendor: bfl, model, fetch });
    },
    next: (...outcomes) => void controls.coming.push(...outcomes),
    heard,
    account,
    unknown: server.unknown,
    keys,
    close: () => server.close(),
  };
}

function tasked(cloud: BflCloud, asked: Asked, response: ServerResponse): Answered | undefined {
  const { method, url } = asked;
  if (`${method} ${url.pathname}` === "GET /v1/get_result") {
    return cloud.look(url.searchParams.get("id") ?? "", response);
  }
  const [, model] = /^POST \/v1\/([\w.-]+)$/.exec(`${method} ${url.pathname}${url.search}`) ?? [];
  return model === undefined ? undefined : cloud.submit(model, asked, response);
}
