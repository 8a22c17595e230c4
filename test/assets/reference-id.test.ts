import { expect, it } from "vitest";
import { referenceId } from "../../src/assets/reference-id.ts";
import type { EventId } from "../../src/core/ids.ts";
import { fresh } from "../support/fresh.ts";

it("is the same for the same picture of the same event, and an id like any other", async () => {
  const events = [
    "slack:event:T1:Ev/../1",
    "studio:🦊",
    ...Array.from({ length: 50 }, () => fresh()),
  ] as EventId[];
  const name = (event: EventId) => Promise.all([0, 1, 2, 3].map((index) => referenceId(event, index)));
  const ids = (await Promise.all(events.map(name))).flat();
  expect((await Promise.all(events.map(name))).flat()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
});
