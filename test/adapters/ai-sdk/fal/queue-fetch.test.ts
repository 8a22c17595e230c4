import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fal } from "../../../../adapters/ai-sdk/fal/fal.ts";
import { createGuardedFetch } from "../../../../adapters/ai-sdk/guarded-fetch.ts";
import type { Fetch } from "../../../../adapters/ai-sdk/wire.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { type Breaking, type LocalFal, openLocalFal } from "../../../support/providers/local-fal.ts";
import { generate, requestOf } from "./asking.ts";

let provider: LocalFal;
beforeEach(async () => {
  provider = await openLocalFal();
});
afterEach(async () => {
  expect(provider.unknown).toEqual([]);
  await provider.close();
});

/** Three looks at the status, one at the result, one at the image. */
const LOOKS = 5;
const wells = (count: number): Breaking[] => Array.from({ length: count }, () => "well");

describe("a request in fal's queue", () => {
  it("is looked at until it is completed, and not cancelled then", async () => {
    await generate(provider);
    expect(provider.looks()).toBe(3);
    expect(provider.cancelled).toEqual([]);
  });

  it("is cancelled when nobody waits for it any more", async () => {
    provider.next("slow");
    const cutting = new AbortController();
    const reason = new Error("nobody wants it any more");
    const call = generate(provider, requestOf(), {}, cutting.signal).catch((error: unknown) => error);
    await expect.poll(provider.looks, { interval: 2 }).toBeGreaterThan(2);
    cutting.abort(reason);
    expect(await call).toBe(reason);
    expect(provider.cancelled).toHaveLength(1);
    const looks = provider.looks();
    await generate(provider);
    expect(provider.looks()).toBe(looks + 3);
  });

  it.each(Array.from({ length: LOOKS }, (_, at) => at))(
    "survives that look %i breaks, paid once",
    async (at) => {
      provider.breakLooks(...wells(at), "cut", "gateway", "cut");
      const made = await generate(provider);
      expect(made.bytes.length).toBeGreaterThan(0);
      expect(provider.paid).toHaveLength(1);
      expect(provider.cancelled).toEqual([]);
    },
  );

  it("is over when fal itself says so, however it says it", async () => {
    provider.next("overloaded");
    await expect(generate(provider)).rejects.toMatchObject({ kind: "overloaded", billed: "no" });
    expect(provider.results()).toBe(1);
  });

  it("is given up, and cancelled, when the queue is not to be reached for long", async () => {
    provider.breakLooks(...wells(1), ...Array.from({ length: 7 }, () => "cut" as const));
    await expect(generate(provider)).rejects.toMatchObject({
      kind: "overloaded",
      retryable: true,
      billed: "unknown",
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(provider.cancelled).toHaveLength(1);
  });

  it("has been paid for when its image is not to be had", async () => {
    provider.breakLooks(...wells(4), ...Array.from({ length: 7 }, () => "gateway" as const));
    await expect(generate(provider)).rejects.toMatchObject({
      kind: "no_image",
      retryable: true,
      billed: "yes",
    });
  });
});

describe("fal's key", () => {
  it("goes to the queue and to the platform, not to where images are", async () => {
    const told = new Map<string, string | null>();
    const fetch: Fetch = async (input, init) => {
      told.set(`${input}`, new Headers(init?.headers).get("authorization"));
      return Response.json({ prices: [{ endpoint_id: "fal-ai/flux-2" }] });
    };
    const guarded = createGuardedFetch({
      fetch,
      baseUrl: fal.baseUrl,
      hosts: fal.resultHosts,
      apiHosts: fal.apiHosts ?? [],
      lookup: async () => [{ address: "203.0.114.7", family: 4 }],
    });
    const model = {
      id: "fal-ai/flux-2",
      editId: undefined,
      family: "flux",
      key: new Secret("id:secret"),
      baseUrl: undefined,
      options: {},
      tokenPrices: undefined,
    } as const;
    expect(await fal.check(model, guarded, AbortSignal.timeout(5_000))).toMatchObject({
      status: "reachable",
    });
    await guarded("https://v3.fal.media/files/a.png", { headers: { authorization: "Key id:secret" } });
    expect([...told]).toEqual([
      ["https://api.fal.ai/v1/models/pricing?endpoint_id=fal-ai%2Fflux-2", "Key id:secret"],
      ["https://v3.fal.media/files/a.png", null],
    ]);
  });
});
