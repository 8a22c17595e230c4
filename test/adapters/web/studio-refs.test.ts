import { expect, test } from "vitest";
import { memberIdOf, userRef } from "../../../adapters/web/studio-refs.ts";
import type { GroupRef, MemberRef } from "../../../src/core/ids.ts";

test("members are called by their own ids, groups with an @, so that a channel they direct is directed", () => {
  expect(memberIdOf(userRef("ada"))).toBe("ada");
  expect(memberIdOf("studio:local:@leads" as GroupRef)).toBe("@leads");
  expect(() => memberIdOf("slack:T1:U1" as MemberRef)).toThrow(/not a ref of the studio/);
});
