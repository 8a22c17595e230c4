import fc from "fast-check";
import { expect, it } from "vitest";
import { pictureName } from "../../src/cards/picture-name.ts";

it("names its picture so that any file system takes it", () => {
  expect(pictureName("Über–Füchse: “schnell” / 速い", "grid")).toBe("uber-fuchse-schnell-grid.jpg");
  expect(pictureName("速い", "final-2k")).toBe("draftroom-final-2k.jpg");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (prompt) => {
      expect(pictureName(prompt, "grid")).toMatch(/^[a-z0-9][a-z0-9-]*-grid\.jpg$/);
    }),
  );
});
