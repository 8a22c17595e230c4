import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inspectImage } from "../../src/images/inspect-image.ts";
import { ModelError } from "../../src/ports/image-model.ts";
import { type LocalProvider, OUTCOMES, type Outcome } from "../support/providers/local-provider.ts";
import {
  base64,
  callOf,
  expectImage,
  expectNothingTold,
  failureOf,
  generate,
  PROMPT,
  picture,
  requestOf,
  toReference,
} from "./image-model-bench.ts";
import { ENDINGS } from "./image-model-endings.ts";

/** How long an aborted call may take to end, in milliseconds: far less than any provider takes to answer. */
const PROMPT_END_MS = 2_000;

type Has = (outcome: Outcome) => boolean;

/**
 * What the rest of the program relies on in a model, whoever makes its images.
 *
 * @param outcomes those of the provider: there are no tests of what it cannot come to.
 */
export function imageModelContract(
  name: string,
  open: () => Promise<LocalProvider>,
  outcomes: readonly Outcome[],
): void {
  const has: Has = (outcome) => outcomes.includes(outcome);
  describe(`image model: ${name}`, () => {
    let provider: LocalProvider;
    beforeEach(async () => {
      provider = await open();
    });
    afterEach(async () => {
      expect(provider.unknown).toEqual([]);
      await provider.close();
    });

    makes(() => provider, has);
    fails(() => provider, has);
    failsAtOnce(() => provider, has);
    checks(() => provider);
    holdsItsPromise(() => provider);
  });
}

function makes(on: () => LocalProvider, has: Has): void {
  describe("makes", () => {
    it.each(["1:1", "16:9", "9:16"] as const)("an image of %s, by one call", async (aspect) => {
      const made = await generate(on(), requestOf({ aspect }));
      await expectImage(made.bytes, aspect);
      expect(on().paid).toHaveLength(1);
      const { modelVersion = "said", requestId = "said", cost } = made;
      expect([modelVersion, requestId]).not.toContain("");
      expect(cost?.usd ?? 0).toBeGreaterThanOrEqual(0);
      expect(cost?.usd ?? 0).toBeLessThan(1);
    });

    it("several images at once, each of its own words, whatever becomes of the others", async () => {
      const fails = on().outcomes.includes("no_model");
      on().next("made", ...(fails ? (["no_model"] as const) : []), "made");
      const model = on().model();
      const prompts = ["a heron", "a lynx", "an otter", "a mole"];
      const calls = prompts.map((prompt) => model.generate(requestOf({ prompt }), callOf()));
      const endings = await Promise.allSettled(calls);
      const made = prompts.filter((_, at) => endings[at]?.status === "fulfilled");
      expect(made).toHaveLength(fails ? 3 : 4);
      expect(
        on()
          .paid.map((each) => each.prompt)
          .toSorted(),
      ).toEqual(made.toSorted());
    });

    it("it of the person's own words, alone when no picture goes along", async () => {
      await generate(on(), requestOf());
      expect(on().paid.map((each) => each.prompt)).toEqual([PROMPT]);
      expect(on().paid[0]?.pictures).toEqual([]);
    });

    it("it by the guide and the pictures to go by, in their order and byte for byte", async () => {
      const [guide, ...others] = await Promise.all([
        picture("#0a6", "png"),
        picture("#c30", "jpeg"),
        picture("#03c", "webp"),
      ]);
      for (const tier of ["draft", "final"] as const) {
        await generate(
          on(),
          requestOf({ tier, guide: { bytes: guide, strength: 0.85 }, references: others.map(toReference) }),
        );
      }
      expect(on().paid).toHaveLength(2);
      for (const paid of on().paid) {
        expect(paid.prompt).toContain(PROMPT);
        expect(paid.pictures.map(base64)).toEqual([guide, ...others].map(base64));
      }
    });

    if (has("several"))
      it("one of several", async () => {
        on().next("several");
        const made = await generate(on(), requestOf({ aspect: "3:2" }));
        await expectImage(made.bytes, "3:2");
        expect(on().paid).toHaveLength(1);
      });

    if (has("thoughts"))
      it("the image itself, not a thought on the way there", async () => {
        on().next("made", "thoughts");
        const plain = await generate(on(), requestOf());
        const thought = await generate(on(), requestOf());
        expect(base64(thought.bytes)).toBe(base64(plain.bytes));
      });
  });
}

function fails(on: () => LocalProvider, has: Has): void {
  describe("fails", () => {
    it("in ways that are all known here", () => {
      const known = new Set<Outcome>(["made", "several", "thoughts", "slow", "wrong_type"]);
      expect(OUTCOMES.filter((each) => !known.has(each))).toEqual([...ENDINGS.keys()]);
      expect(on().outcomes).toContain("made");
    });

    for (const [outcome, ending] of [...ENDINGS].filter(([each]) => has(each))) {
      it(`with ${ending.kind} when it is ${outcome}`, async () => {
        on().next(outcome);
        const error = await failureOf(on());
        const { kind, retryAfterMs } = error;
        expect({ kind, retryAfterMs }).toEqual({ kind: ending.kind, retryAfterMs: ending.retryAfterMs });
        if (ending.retryable !== undefined) expect(error.retryable).toBe(ending.retryable);
        // A server of one's own charges for nothing.
        expect(on().name === "sdapi" ? ["no"] : ending.billed).toContain(error.billed);
        expect(on().paid.length).toBeLessThanOrEqual(1);
        expectNothingTold(on(), error);
        // A failure is over: the next call is as good as any.
        await generate(on(), requestOf());
      });
    }
  });

  if (has("wrong_type"))
    it("hands on what came where the image should be", async () => {
      on().next("wrong_type");
      const ending = await generate(on(), requestOf()).catch((error: unknown) => error);
      if (ending instanceof ModelError) {
        expect(ending).toMatchObject({ kind: "no_image" });
        expect(ending.billed).not.toBe("no");
        expectNothingTold(on(), ending);
        return;
      }
      const { bytes } = ending as { bytes: Uint8Array };
      expect(await inspectImage(bytes)).toEqual({ status: "bad", reason: "not_an_image" });
    });
}

function failsAtOnce(on: () => LocalProvider, has: Has): void {
  describe("fails at once", () => {
    if (has("slow"))
      it("with the signal's reason, and soon, when it is cut off", async () => {
        on().next("slow");
        const cutting = new AbortController();
        const reason = new Error("nobody wants it any more");
        const call = generate(on(), requestOf(), cutting.signal).catch((error: unknown) => error);
        await expect.poll(() => on().paid.length, { interval: 5 }).toBe(1);
        const began = performance.now();
        cutting.abort(reason);
        expect(await call).toBe(reason);
        expect(performance.now() - began).toBeLessThan(PROMPT_END_MS);
      });

    it("before it asks, when it is cut off already", async () => {
      const reason = new Error("never mind");
      await expect(generate(on(), requestOf(), AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(on().paid).toEqual([]);
    });

    it("with auth when it has no key, asking nobody", async () => {
      const model = on().model({ key: undefined });
      const error = await model.generate(requestOf(), callOf()).catch((each: unknown) => each);
      expect(error).toMatchObject({ name: "ModelError", kind: "auth", retryable: false, billed: "no" });
      expect(on().paid).toEqual([]);
      expect(await model.check(AbortSignal.timeout(5_000))).toMatchObject({ status: "refused" });
    });

    it("with auth when its key is taken away", async () => {
      on().keys.clear();
      const error = await failureOf(on());
      expect(error).toMatchObject({ kind: "auth", retryable: false, billed: "no" });
    });
  });
}

function checks(on: () => LocalProvider): void {
  describe("is checked", () => {
    const check = () => on().model().check(AbortSignal.timeout(5_000));

    it("as reachable, for nothing", async () => {
      expect(await check()).toMatchObject({ status: "reachable", how: expect.stringMatching(/./) });
      expect(on().paid).toEqual([]);
    });

    it("as refused without a good key", async () => {
      const [key = ""] = on().keys;
      on().keys.clear();
      const said = await check();
      expect(said).toMatchObject({ status: "refused", why: expect.stringMatching(/./) });
      expect(key).not.toBe("");
      expect(JSON.stringify(said)).not.toContain(key);
      expect(on().paid).toEqual([]);
    });

    it("as unreachable where nobody listens, and when it is cut off", async () => {
      const nobody = on().model({ baseUrl: new URL("http://127.0.0.1:1/") });
      expect(await nobody.check(AbortSignal.timeout(5_000))).toMatchObject({ status: "unreachable" });
      expect(await on().model().check(AbortSignal.abort())).toMatchObject({ status: "unreachable" });
    });
  });
}

/** One call is at most one charge, and its end one of those that the port names, whatever the provider does. */
function holdsItsPromise(on: () => LocalProvider): void {
  it("is charged at most once a call, and ends as the port says, whatever comes", async () => {
    // What is huge takes long, and ends like what is no image.
    const coming = OUTCOMES.filter((each) => on().outcomes.includes(each) && each !== "huge");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...coming), { maxLength: 6 }), async (outcomes) => {
        on().next(...outcomes);
        for (const outcome of outcomes) {
          const paid = on().paid.length;
          const cutting = new AbortController();
          const reason = new Error("enough");
          const call = generate(on(), requestOf(), cutting.signal).then(
            (image) => image.bytes,
            (error: unknown) => error,
          );
          if (outcome === "slow") {
            await expect.poll(() => on().paid.length, { interval: 2 }).toBe(paid + 1);
            cutting.abort(reason);
          }
          const ending = await call;
          expect(on().paid.length - paid).toBeLessThanOrEqual(1);
          if (ending instanceof Uint8Array) expect(on().paid.length - paid).toBe(1);
          else if (outcome === "slow") expect(ending).toBe(reason);
          else expect(ending).toBeInstanceOf(ModelError);
        }
      }),
      { numRuns: 12 },
    );
  });
}
