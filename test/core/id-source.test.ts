import { expect, it } from "vitest";
import { createIdSource } from "../../src/core/id-source.ts";
import { platformOf, type UserRef } from "../../src/core/ids.ts";

it("makes ids of 26 letters and digits that sort by time and never meet", () => {
  let now = new Date("2026-11-20T10:00:00Z");
  const ids = createIdSource(() => now);
  const first = Array.from({ length: 1000 }, ids);
  now = new Date(now.getTime() + 1);
  const later = Array.from({ length: 1000 }, ids);
  expect(new Set([...first, ...later]).size).toBe(2000);
  for (const id of [...first, ...later]) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(
    [...first]
      .sort()
      .at(-1)
      ?.localeCompare([...later].sort()[0] ?? "", "en"),
  ).toBe(-1);
});

it("a ref says its platform", () => {
  expect(platformOf("slack:T1:U2" as UserRef)).toBe("slack");
  for (const bad of ["", ":x", "nothing"]) expect(() => platformOf(bad as UserRef)).toThrow(RangeError);
});
