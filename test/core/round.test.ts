import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { soleLeader } from "../../src/core/round.ts";
import { person } from "../support/fresh.ts";

const votes = (...numbers: number[]) =>
  numbers.map((number, index) => ({ person: person(`p${index}`), number }));

describe("soleLeader", () => {
  it.each([
    [[], undefined],
    [[3], 3],
    [[1, 2], undefined],
    [[1, 2, 2], 2],
    [[1, 1, 2, 2, 3], undefined],
    [[4, 1, 4, 2, 4, 2], 4],
  ])("of %j is %s", (numbers, leader) => {
    expect(soleLeader(votes(...numbers))).toBe(leader);
  });

  it("has more votes than each other number, in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 12 }), (numbers) => {
        const count = (number: number) => numbers.filter((each) => each === number).length;
        const leads = [1, 2, 3, 4].filter((one) =>
          [1, 2, 3, 4].every((other) => other === one || count(one) > count(other)),
        );
        expect(soleLeader(votes(...numbers))).toBe(leads[0]);
        expect(soleLeader(votes(...numbers.toReversed()))).toBe(leads[0]);
      }),
    );
  });
});
