import { expect, it } from "vitest";
import { createUploadLimits } from "../../../../adapters/discord/sender/upload-limits.ts";

const MIB = 1024 * 1024;

it("knows each guild by what Discord has said of it last", () => {
  const limits = createUploadLimits();
  limits.learn("1", 50 * MIB);
  expect([limits.of("1"), limits.of("2")]).toEqual([50 * MIB, 10 * MIB]);
  limits.learn("1", 10 * MIB);
  expect(limits.of("1")).toBe(10 * MIB);
});

it("does not believe again what Discord has refuted, but what is new", () => {
  const limits = createUploadLimits();
  limits.tooLarge("1");
  limits.learn("1", 50 * MIB);
  expect(limits.of("1")).toBe(50 * MIB);
  limits.tooLarge("1");
  limits.learn("1", 50 * MIB);
  expect(limits.of("1")).toBe(10 * MIB);
  limits.learn("1", 100 * MIB);
  expect(limits.of("1")).toBe(100 * MIB);
});
