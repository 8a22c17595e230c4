import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ModelError } from "../../../../src/ports/image-model.ts";
import { callOf, expectNothingTold, requestOf } from "../../../contracts/image-model-bench.ts";
import { type LocalBfl, openLocalBfl } from "../../../support/providers/local-bfl.ts";

let bfl: LocalBfl;
beforeEach(async () => {
  bfl = await openLocalBfl();
});
afterEach(async () => {
  expect(bfl.unknown).toEqual([]);
  await bfl.close();
});

const ID = "00000000-0000-4000-8000-000000000001";

async function fail(id = "flux-2-pro"): Promise<ModelError> {
  const ending = await bfl
    .model({ id })
    .generate(requestOf(), callOf())
    .catch((error: unknown) => error);
  if (!(ending instanceof ModelError)) throw new Error("not a failure of the model", { cause: ending });
  expectNothingTold(bfl, ending);
  return ending;
}

const said = (status: string, more: object = {}) => ({
  status: 200,
  body: { id: ID, status, result: null, ...more },
});

describe("a task that ended badly", () => {
  it.each([
    ["Request Moderated", "blocked", false],
    ["Content Moderated", "withheld", false],
    ["Error", "no_image", true],
    ["Failed", "no_image", true],
    ["Task not found", "overloaded", true],
  ] as const)("by %j is %s, at once", async (status, kind, retryable) => {
    bfl.looks.push("look", said(status, { details: { prompt: "a glass bottle" } }));
    expect(await fail()).toMatchObject({
      kind,
      retryable,
      billed: "unknown",
      requestId: ID,
      cost: undefined,
    });
    expect(bfl.paid).toHaveLength(1);
    expect(bfl.heard).toHaveLength(3);
  });

  it.each([
    [0, "no", 0],
    [3, "yes", 0.03],
  ] as const)("costs what it says: %d credits", async (cost, billed, usd) => {
    bfl.looks.push(said("Content Moderated", { cost }));
    expect(await fail()).toMatchObject({ billed, cost: { usd, basis: "reported" } });
  });
});

describe("an answer that is no task's end", () => {
  it.each([
    [400, "invalid"],
    [401, "auth"],
    [402, "quota"],
    [403, "auth"],
    [404, "no_model"],
    [422, "invalid"],
    [500, "overloaded"],
    [503, "overloaded"],
  ])("instead of a task: %d is %s, and free", async (status, kind) => {
    bfl.refusals.push({ status, body: { detail: "a glass bottle" } });
    const isRetryable = kind === "overloaded";
    expect(await fail()).toMatchObject({ kind, retryable: isRetryable, billed: "no" });
    expect(bfl.paid).toEqual([]);
  });

  it("when there is no such model", async () => {
    expect(await fail("flux-9-mega")).toMatchObject({ kind: "no_model", retryable: false, billed: "no" });
  });

  it.each([
    [{ "retry-after": "9" }, { retry_after: 5 }, 9_000],
    [{}, { retry_after: 5 }, 5_000],
    [{}, { retry_after: "soon" }, undefined],
  ])("when there are too many tasks: %j, %j", async (headers, body, retryAfterMs) => {
    bfl.refusals.push({ status: 429, headers, body });
    const told = await fail();
    expect(told).toMatchObject({ kind: "rate_limited", retryable: true, billed: "no" });
    expect(told.retryAfterMs).toBe(retryAfterMs);
  });

  it.each([
    ["a lost connection", "cut"],
    ["a server's error", { status: 500, body: { detail: "Internal error" } }],
    ["nothing there", { status: 404, body: { detail: "Not found" } }],
    ["too many looks", { status: 429, body: { detail: "Too many" } }],
    ["a key that is none any more", { status: 403, body: { detail: "Forbidden" } }],
  ] as const)("while one is waited for, %s: it may be paid for", async (_, look) => {
    bfl.looks.push("look", look);
    const wanted = { kind: "overloaded", retryable: true, billed: "unknown", requestId: ID };
    expect(await fail()).toMatchObject(wanted);
  });

  it.each([
    ["is cut off", { status: 200, headers: { "content-type": "application/json" }, body: '{"id":' }],
    ["is something else", { status: 200, body: { hello: "there" } }],
  ])("and %s: it may be paid for", async (_, look) => {
    bfl.looks.push(look);
    const wanted = { kind: "no_image", retryable: true, billed: "unknown", requestId: ID };
    expect(await fail()).toMatchObject(wanted);
  });

  it.each([
    ["is lost", ["look", "look", { status: 404, body: "gone" }]],
    ["is cut off", ["look", "look", "cut"]],
    [
      "has nothing in it",
      ["look", "look", { status: 200, headers: { "content-type": "image/png" }, body: "" }],
    ],
    ["has no address", [said("Ready", { cost: 3 })]],
  ] as const)("where the picture should be, which %s: that is paid for", async (_, looks) => {
    bfl.looks.push(...looks);
    const wanted = { kind: "no_image", retryable: true, billed: "yes", requestId: ID };
    expect(await fail()).toMatchObject({ ...wanted, cost: { usd: 0.03, basis: "reported" } });
  });
});

describe("a call that is cut off", () => {
  it("ends at once, between two looks too, and nobody looks any more", async () => {
    bfl.next("slow");
    const cutting = new AbortController();
    const reason = new Error("nobody wants it any more");
    const model = bfl.model({ options: { pollIntervalMillis: 600_000 } });
    const call = model.generate(requestOf(), callOf(cutting.signal));
    const ending = expect(call).rejects.toBe(reason);
    await expect.poll(() => bfl.heard.length, { interval: 2 }).toBe(2);
    cutting.abort(reason);
    await ending;

    bfl.next("slow");
    const again = new AbortController();
    const looking = bfl.model().generate(requestOf(), callOf(again.signal));
    const end = expect(looking).rejects.toBe(reason);
    await expect.poll(() => bfl.heard.length, { interval: 2 }).toBeGreaterThan(6);
    again.abort(reason);
    await end;
    const heard = bfl.heard.length;
    await bfl.model().generate(requestOf(), callOf());
    const looks = bfl.heard.slice(heard).map((each) => each.url.searchParams.get("id"));
    expect(looks.filter((id) => id?.endsWith("2"))).toEqual([]);
  });

  it("is waited for longer than the package's own minute", async () => {
    bfl.pace.looks = 4;
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    try {
      const call = bfl.model({ options: { pollIntervalMillis: 40_000 } }).generate(requestOf(), callOf());
      let isOver = false;
      void call.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        vi.advanceTimersByTime(40_000);
        await setImmediate();
      }
      expect(await call).toMatchObject({ requestId: ID });
    } finally {
      vi.useRealTimers();
    }
  });
});
