import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAiSdkModel } from "../../../../adapters/ai-sdk/ai-sdk-model.ts";
import { replicate as vendor } from "../../../../adapters/ai-sdk/replicate/replicate.ts";
import type { Fetch } from "../../../../adapters/ai-sdk/wire.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { callOf, requestOf } from "../../../contracts/image-model-bench.ts";
import { type LocalReplicate, openLocalReplicate } from "../../../support/providers/local-replicate.ts";

let replicate: LocalReplicate;
beforeEach(async () => {
  replicate = await openLocalReplicate();
});
afterEach(async () => {
  expect(replicate.unknown).toEqual([]);
  await replicate.close();
});

const heard = (method: string) =>
  replicate.heard.filter((each) => each.method === method).map((each) => each.url.pathname);
const canceled = () => heard("POST").filter((each) => each.endsWith("/cancel"));
const untilCanceled = (id: string) =>
  expect.poll(canceled, { interval: 2 }).toEqual([`/v1/predictions/${id}/cancel`]);

describe("a prediction that nobody waits for any more", () => {
  it("is canceled there", async () => {
    replicate.next("slow");
    const cutting = new AbortController();
    const reason = new Error("nobody wants it any more");
    const call = replicate.model().generate(requestOf(), callOf(cutting.signal));
    const ending = expect(call).rejects.toBe(reason);
    await expect.poll(() => heard("GET").length, { interval: 2 }).toBeGreaterThan(2);
    cutting.abort(reason);
    await ending;
    await untilCanceled("prediction1");
    // Nobody looks at it any more, either.
    const looks = heard("GET").length;
    await replicate.model().generate(requestOf(), callOf());
    const later = heard("GET").slice(looks);
    expect(later).not.toContain("/v1/predictions/prediction1");
  });

  it("is canceled there although its creation was not answered yet, and nobody waits for that", async () => {
    const { promise: answerNow, resolve: release } = Promise.withResolvers<void>();
    const slow: Fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (`${input}`.endsWith("/flux-2-pro/predictions")) await answerNow;
      return response;
    };
    replicate.next("slow");
    const cutting = new AbortController();
    const call = modelWith(slow).generate(requestOf(), callOf(cutting.signal));
    const ending = expect(call).rejects.toThrow("enough");
    await expect.poll(() => replicate.paid.length, { interval: 2 }).toBe(1);
    cutting.abort(new Error("enough"));
    await ending;
    expect(canceled()).toEqual([]);
    release();
    await untilCanceled("prediction1");
  });

  it("is canceled there when it was lost on the way", async () => {
    replicate.next("slow");
    replicate.looks.push("look", "cut");
    const call = replicate.model().generate(requestOf(), callOf());
    await expect(call).rejects.toMatchObject({ kind: "overloaded", billed: "unknown" });
    await untilCanceled("prediction1");
  });

  it("ends the call as before when it cannot be canceled", async () => {
    const deaf: Fetch = async (input, init) => {
      if (`${input}`.endsWith("/cancel")) throw new TypeError("fetch failed");
      return await fetch(input, init);
    };
    replicate.next("slow");
    const cutting = new AbortController();
    const call = modelWith(deaf).generate(requestOf(), callOf(cutting.signal));
    const ending = expect(call).rejects.toThrow("enough");
    await expect.poll(() => replicate.paid.length, { interval: 2 }).toBe(1);
    cutting.abort(new Error("enough"));
    await ending;
    // Were it to reject with nobody there to hear it, the test run would fail.
    await setImmediate();
  });
});

describe("a prediction that is over", () => {
  it("is left alone when it failed, was made, or its picture could not be fetched", async () => {
    replicate.next("blocked", "made", "made");
    await expect(replicate.model().generate(requestOf(), callOf())).rejects.toThrow();
    await replicate.model().generate(requestOf(), callOf());
    replicate.looks.push("look", "look", "cut");
    await expect(replicate.model().generate(requestOf(), callOf())).rejects.toThrow();
    replicate.next("quota");
    await expect(replicate.model().generate(requestOf(), callOf())).rejects.toThrow();
    // Whatever was still to be said would be said before this is.
    await replicate.model().generate(requestOf(), callOf());
    expect(canceled()).toEqual([]);
  });
});

function modelWith(slow: Fetch) {
  const [key = ""] = replicate.keys;
  return createAiSdkModel({
    vendor,
    model: {
      id: "black-forest-labs/flux-2-pro",
      editId: undefined,
      family: "flux",
      key: new Secret(key),
      baseUrl: new URL("/v1", replicate.url),
      options: { pollIntervalMillis: 1 },
      tokenPrices: undefined,
    },
    fetch: slow,
  });
}
