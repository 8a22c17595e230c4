import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GroupRef } from "../../src/core/ids.ts";
import { type AskingQuota, openAskingQuota } from "../support/asking-quota.ts";
import { audit } from "../support/audit.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { ADA, MAX, MIA, NOOR } from "../support/story-desk.ts";

let bench: TestDatabase;
let here: AskingQuota;
beforeAll(async () => {
  bench = await openEmbedded();
});
beforeEach(() => {
  here = openAskingQuota(bench);
});
afterAll(async () => {
  await audit(bench.pool);
  await bench.close();
});

describe("/quota roles", () => {
  const standing = async () => (await here.desk.gate.standing(here.channel)).staff;

  it("shows and changes who directs and who manages", async () => {
    expect(await here.ask("roles")).toBe(
      `Art directors: @${ADA}\nManagers: @${MAX}\nA director's number is the pick, and directors approve.`,
    );
    await here.ask(`roles directors @${NOOR}, @${MIA} @${NOOR}`);
    expect(await standing()).toEqual({ directors: [NOOR, MIA], managers: [MAX] });
    await here.ask(`roles managers @${MAX} @${MIA}`);
    expect((await standing()).managers).toEqual([MAX, MIA]);
    expect(await here.ask("roles art-directors nobody")).toMatch(
      /Nobody directs here, so whoever asks for takes picks/,
    );
    expect((await standing()).directors).toEqual([]);
    await here.ask("roles director default");
    expect((await standing()).directors).toEqual([ADA]);
    await here.ask("roles managers default", MIA);
    expect((await standing()).managers).toEqual([MAX]);
  });

  it("keeps the manager who asks", async () => {
    for (const text of [`roles managers @${MIA}`, "roles managers nobody"]) {
      expect(await here.ask(text)).toBe(
        "Keep yourself among the managers, so that somebody can change this back.",
      );
    }
    expect((await standing()).managers).toEqual([MAX]);
  });

  it("lists groups by name, for whoever is in them at any time", async () => {
    const leads = "studio:local:@leads" as GroupRef;
    here.desk.platform.groups.set(leads, [MIA, NOOR]);
    expect(await here.ask(`roles directors @${leads} @${ADA}`)).toContain(
      `Art directors: @${leads}, @${ADA}\n`,
    );
    expect((await standing()).directors).toEqual([leads, ADA]);
    // Whoever is in the group that manages is among the managers.
    expect(await here.ask(`roles managers @${leads}`)).toMatch(/^Keep yourself among the managers/);
    here.desk.platform.groups.set(leads, [NOOR, MAX]);
    expect(await here.ask(`roles managers @${leads}`)).toContain(`Managers: @${leads}`);
    expect(await here.ask("roles")).toContain(`Managers: @${leads}`);
    here.desk.platform.groups.set(leads, [NOOR]);
    expect(await here.ask("roles")).toBe(`Only managers can change that. Ask @${leads}.`);
  });

  it("counts people and groups in the sentence for screen readers", async () => {
    const [leads, crew] = ["studio:local:@leads", "studio:local:@crew"];
    await here.ask(`roles directors @${leads} @${crew} @${ADA}`);
    const reply = await here.quota("roles");
    expect(reply.kind === "whisper" && reply.card.summary).toBe(
      "1 director and 2 groups of directors, and 1 manager. A director's number is the pick, and directors approve.",
    );
  });

  it("names the first twenty of many", async () => {
    const people = Array.from({ length: 23 }, (_, index) => `@studio:p${index}`);
    const [line = ""] = (await here.ask(`roles directors ${people.join(" ")}`)).split("\n");
    expect(line).toMatch(/@studio:p19 and 3 more$/);
    expect((await standing()).directors).toHaveLength(23);
  });

  it.each([
    "roles directors",
    "roles kings @studio:mia",
    // What somebody types is not what a platform found.
    "roles directors <@studio:mia>",
    "roles directors mia",
    "roles directors @mia",
    "roles directors @studio:mia nobody",
    `roles directors ${"@studio:mia ".repeat(51)}`,
  ])("%.40s is asked again", async (text) => {
    expect(await here.ask(text)).toMatch(/^Say who: \/quota roles directors @ada/);
    expect((await standing()).directors).toEqual([ADA]);
  });
});
