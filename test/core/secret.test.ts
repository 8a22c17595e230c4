import { inspect } from "node:util";
import { expect, it } from "vitest";
import { Secret } from "../../src/core/secret.ts";

it("a secret does not print", () => {
  const secret = new Secret("hunter2");
  const printed = [
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
  ];
  for (const each of printed) {
    expect(each).toContain("[secret]");
    expect(each).not.toContain("hunter2");
  }
  expect(Object.values(secret)).toEqual([]);
  expect(secret.reveal()).toBe("hunter2");
});
