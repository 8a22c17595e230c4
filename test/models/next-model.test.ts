import { describe, expect, it } from "vitest";
import { FAILURE_KINDS, type FailureKind } from "../../src/core/failure.ts";
import type { Model, Models } from "../../src/models/models.ts";
import { nextModel } from "../../src/models/next-model.ts";
import { specOf, UNASKED } from "../support/models.ts";

const model = (name: string): Model => ({ spec: specOf("draft", { name }), image: UNASKED });
const models: Models = {
  draft: [model("a"), model("b"), model("c")],
  final: [{ spec: specOf("final"), image: UNASKED }],
};

/** Everybody who is asked, in order, when all of them fail. */
function walk(asked: string, failure: FailureKind = "overloaded"): string[] {
  const names = [asked];
  for (;;) {
    const next = nextModel(models, { tier: "draft", asked, last: names.at(-1) ?? "", failure });
    if (next === undefined) return names;
    names.push(next.spec.name);
    if (names.length > 10) throw new Error(`no end: ${names}`);
  }
}

describe("who is asked when a model could not", () => {
  it.each([
    ["the first", "a", ["a", "b", "c"]],
    ["one that was named", "b", ["b", "a", "c"]],
    ["the last", "c", ["c", "a", "b"]],
    ["one that is not in the settings any more", "gone", ["gone", "a", "b", "c"]],
  ])("after %s: each of the others once, in the order of the settings", (_, asked, order) => {
    expect(walk(asked)).toEqual(order);
  });

  it("is nobody when the request is at fault, or when it is nobody's", () => {
    const carried = FAILURE_KINDS.filter((failure) => walk("a", failure).length > 1);
    expect(carried).toEqual(["rate_limited", "overloaded", "quota", "timeout", "no_model", "auth"]);
  });
});
