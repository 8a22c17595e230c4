import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createTokenVault, VaultError } from "../../../../adapters/slack/installs/token-vault.ts";
import { Secret } from "../../../../src/core/secret.ts";

const newKey = () => new Secret(randomBytes(32).toString("base64"));
const failure = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
};

it("opens what it sealed, and nothing of it stands in the record", () => {
  const vault = createTokenVault([newKey()]);
  const sealed = vault.seal("xoxb-secret-token", "T1");
  expect(vault.open(sealed, "T1")).toEqual({ words: "xoxb-secret-token", isOldKey: false });
  expect(Buffer.from(sealed.split(".").at(-1) ?? "", "base64url").toString()).not.toContain("secret");
  expect(vault.seal("xoxb-secret-token", "T1")).not.toBe(sealed);
});

it("opens any words", () => {
  const vault = createTokenVault([newKey()]);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (words, about) => {
      expect(vault.open(vault.seal(words, about), about).words).toBe(words);
    }),
  );
});

it("refuses a record of another workspace", () => {
  const vault = createTokenVault([newKey()]);
  expect(failure(() => vault.open(vault.seal("token", "T1"), "T2"))).toMatchObject({
    name: "VaultError",
    kind: "broken",
  });
});

it("refuses a record in which any character was changed", () => {
  const vault = createTokenVault([newKey()]);
  const sealed = vault.seal("token", "T1");
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.constantFrom(..."Ab0._"), (at, letter) => {
      const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
      fc.pre(changed !== sealed);
      // The last letter of base64 may have bits that mean nothing.
      fc.pre(!isSameBytes(changed, sealed));
      expect(failure(() => vault.open(changed, "T1"))).toBeInstanceOf(VaultError);
    }),
    { numRuns: 500 },
  );
});

it("refuses a shortened tag", () => {
  const vault = createTokenVault([newKey()]);
  const parts = vault.seal("token", "T1").split(".");
  parts[3] = Buffer.from(parts[3] ?? "", "base64url")
    .subarray(0, 4)
    .toString("base64url");
  expect(failure(() => vault.open(parts.join("."), "T1"))).toMatchObject({ kind: "broken" });
});

it("seals with the first key and opens with each", () => {
  const [older, newer] = [newKey(), newKey()];
  const sealed = createTokenVault([older]).seal("token", "T1");
  const both = createTokenVault([newer, older]);
  expect(both.open(sealed, "T1")).toEqual({ words: "token", isOldKey: true });
  const again = both.seal("token", "T1");
  expect(createTokenVault([newer]).open(again, "T1").words).toBe("token");
  expect(failure(() => createTokenVault([newer]).open(sealed, "T1"))).toMatchObject({ kind: "key" });
});

it.each([
  ["none", []],
  ["a short one", [randomBytes(16).toString("base64")]],
  ["one that is no base64", ["x".repeat(44)]],
  ["one in hex", [randomBytes(32).toString("hex")]],
])("takes no keys of another form: %s", (_, keys) => {
  const error = failure(() => createTokenVault(keys.map((key) => new Secret(key))));
  expect(error).toBeInstanceOf(RangeError);
  for (const key of keys) expect(String(error)).not.toContain(key);
});

function isSameBytes(one: string, other: string): boolean {
  const bytes = (sealed: string) => {
    const [version, key, ...parts] = sealed.split(".");
    return [version, key, ...parts.map((part) => Buffer.from(part, "base64url").toString("hex"))].join(".");
  };
  return bytes(one) === bytes(other);
}
