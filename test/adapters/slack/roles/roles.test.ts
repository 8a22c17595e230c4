import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groupRef, userRef } from "../../../../adapters/slack/slack-refs.ts";
import { ChatError } from "../../../../src/ports/chat.ts";
import type { SlackPerson, SlackTeam } from "../../../support/slack/slack-people.ts";
import { openRolesGround, type RolesGround } from "./roles-bench.ts";

const MINUTE_MS = 60_000;

let ground: RolesGround;
let slack: RolesGround["slack"];
let team: SlackTeam;
let ada: SlackPerson;
let max: SlackPerson;

beforeEach(async () => {
  ground = await openRolesGround();
  ({ slack, team } = ground);
  ada = team.addPerson("Ada");
  max = team.addPerson("Max");
});
afterEach(() => ground.stop());

const open: RolesGround["open"] = (settings) => ground.open(settings);
const refs = (...people: readonly SlackPerson[]) => people.map(({ id }) => userRef(team.id, id));
const calls = (method: string) => slack.calls.filter((call) => call.method === method).length;
const pass = (ms: number) => ground.pass(ms);

describe("who directs and manages", () => {
  it("is in the settings, as people and as groups", async () => {
    const group = team.addGroup("directors", [ada, max]);
    const { staff } = open({ directors: [group.id, ada.id], managers: [max.id] });
    expect(await staff()).toEqual({ directors: refs(ada, max), managers: refs(max) });
  });

  it("may be meant for one workspace", async () => {
    const { staff } = open({
      directors: [
        { team: team.id, id: ada.id },
        { team: "T0THER", id: max.id },
      ],
    });
    expect(await staff()).toEqual({ directors: refs(ada), managers: [] });
  });

  it("is nobody when nobody is named, and Slack is not asked", async () => {
    expect(await open({}).staff()).toEqual({ directors: [], managers: [] });
    expect(slack.calls).toEqual([]);
  });

  it("is asked once for many events, and again after 5 minutes", async () => {
    const group = team.addGroup("directors", [ada]);
    const { staff } = open({ directors: [group.id], managers: [group.id] });
    const asked = await Promise.all(Array.from({ length: 50 }, staff));
    expect(asked.every(({ directors }) => directors[0] === userRef(team.id, ada.id))).toBe(true);
    expect(calls("usergroups.users.list")).toBe(1);
    group.setMembers([max]);
    pass(4.9 * MINUTE_MS);
    expect((await staff()).directors).toEqual(refs(ada));
    pass(0.2 * MINUTE_MS);
    expect((await staff()).directors).toEqual(refs(max));
    expect(calls("usergroups.users.list")).toBe(2);
    expect(calls("users.info")).toBe(2);
  });

  it("is asked again when Slack tells of a change", async () => {
    const [group, other] = [team.addGroup("directors", [ada]), team.addGroup("managers", [ada])];
    const { staff, roles } = open({ directors: [group.id], managers: [other.id] });
    await staff();
    group.setMembers([max]);
    other.setMembers([max]);
    roles.forget(team.id, group.id);
    expect(await staff()).toEqual({ directors: refs(max), managers: refs(ada) });
    roles.forget(team.id);
    expect(await staff()).toEqual({ directors: refs(max), managers: refs(max) });
  });

  it("is not what Slack said before a change, though it says it after", async () => {
    const group = team.addGroup("directors", [ada]);
    const { staff, roles } = open({ directors: [group.id] });
    await roles.isStranger(team.id, ada.id);
    slack.faults.call("usergroups.users.list", { kind: "slow", ms: 200 });
    const before = staff();
    roles.forget(team.id, group.id);
    group.setMembers([max]);
    await before;
    expect((await staff()).directors).toEqual(refs(max));
  });
});

describe("while Slack does not answer", () => {
  it.each([
    ["cuts the line", { kind: "reset_before" }],
    ["is broken", { kind: "status", status: 500 }],
    ["asks to wait", { kind: "rate_limited", retryAfterS: 30 }],
    ["says nothing", { kind: "slow", ms: 10_000 }],
  ] as const)("what was known holds on: it %s", async (_, fault) => {
    const group = team.addGroup("directors", [ada]);
    const { staff } = open({ directors: [group.id] });
    await staff();
    pass(2 * 60 * MINUTE_MS);
    slack.faults.call("usergroups.users.list", fault);
    slack.faults.call("users.info", fault);
    expect((await staff()).directors).toEqual(refs(ada));
    const asked = slack.calls.length;
    const began = performance.now();
    expect((await staff()).directors).toEqual(refs(ada));
    expect(performance.now() - began).toBeLessThan(500);
    expect(slack.calls.length).toBe(asked);
  });

  it("nobody is guessed, and it is not asked for each event", async () => {
    const group = team.addGroup("directors", [ada]);
    const { staff, log } = open({ directors: [group.id], managers: [max.id] });
    slack.faults.call("usergroups.users.list", { kind: "rate_limited", retryAfterS: 30 });
    const first = await staff().catch((error: unknown) => error);
    expect(first).toMatchObject({ name: "ChatError", kind: "unavailable", retryAfterMs: 30_000 });
    expect(await staff().catch((error: unknown) => error)).toBe(first);
    expect(calls("usergroups.users.list")).toBe(1);
    expect(log.lines.map(({ event }) => event)).toEqual(["slack.group_unknown"]);
    pass(31_000);
    expect(await staff()).toEqual({ directors: refs(ada), managers: refs(max) });
  });

  it("an answer that comes late serves the next", async () => {
    const group = team.addGroup("directors", [ada]);
    const { staff, roles } = open({ directors: [group.id] });
    await roles.isStranger(team.id, ada.id);
    slack.faults.call("usergroups.users.list", { kind: "slow", ms: 1_800 });
    const began = performance.now();
    await expect(staff()).rejects.toMatchObject({ kind: "unavailable" });
    expect(performance.now() - began).toBeLessThan(1_700);
    expect((await staff()).directors).toEqual(refs(ada));
    expect(calls("usergroups.users.list")).toBe(1);
  });

  it("nobody is left out because the line is cut: a director's number would be a vote", async () => {
    const failing = answerAbout(max.id, () => Promise.reject(new TypeError("the line is cut")));
    const { staff } = open({ directors: [ada.id, max.id], fetch: failing });
    await expect(staff()).rejects.toMatchObject({ kind: "unavailable" });
  });

  it.each([
    ["will not speak of", () => Response.json({ ok: false, error: "access_denied" })],
    ["lets us ask about later", () => new Response("", { status: 429, headers: { "retry-after": "30" } })],
  ])(
    "whom it %s is left out while others are known, but nobody left is not nobody named",
    async (_, answer) => {
      const failing = answerAbout(max.id, async () => answer());
      const some = open({ directors: [ada.id, max.id], fetch: failing });
      expect((await some.staff()).directors).toEqual(refs(ada));
      const none = open({ directors: [ada.id], managers: [max.id], fetch: failing });
      await expect(none.staff()).rejects.toBeInstanceOf(ChatError);
    },
  );
});

describe("groups that Slack does not show", () => {
  const warnings = (log: { lines: readonly { event: string; fields: object }[] }) =>
    log.lines.filter(({ event }) => event === "slack.group_empty").map(({ fields }) => fields);

  it("are nobody: no such group", async () => {
    const { staff, log } = open({ directors: ["S0NONE", ada.id] });
    for (let event = 0; event < 3; event++) {
      expect((await staff()).directors).toEqual(refs(ada));
      pass(6 * MINUTE_MS);
    }
    expect(warnings(log)).toEqual([
      expect.objectContaining({ setting: "SLACK_DIRECTORS", group: "S0NONE", refusal: "no_such_subteam" }),
    ]);
  });

  it("are nobody: the plan has none", async () => {
    const { staff, log } = open({ team: slack.addWorkspace({ paid: false }), managers: ["S0NONE"] });
    expect(await staff()).toEqual({ directors: [], managers: [] });
    expect(warnings(log)).toMatchObject([{ setting: "SLACK_MANAGERS", refusal: "plan_upgrade_required" }]);
  });

  it("are nobody: the scope was declined", async () => {
    const group = team.addGroup("directors", [ada]);
    const { staff, log } = open({ directors: [group.id], install: { scopes: ["chat:write", "users:read"] } });
    expect(await staff()).toEqual({ directors: [], managers: [] });
    expect(warnings(log)).toMatchObject([{ setting: "SLACK_DIRECTORS", refusal: "missing_scope" }]);
  });
});

describe("the people of a group", () => {
  it("are those who are in it now", async () => {
    const group = team.addGroup("crew", [ada, max]);
    const { roles } = open({});
    expect(await roles.members(groupRef(team.id, group.id))).toEqual(refs(ada, max));
    expect(await roles.members(groupRef(team.id, "S0NONE"))).toEqual([]);
  });
});

/** Slack, but for what it says about one person. */
function answerAbout(user: string, answer: () => Promise<Response>): typeof fetch {
  return async (url, init) => {
    const asked = new URLSearchParams(String(init?.body)).get("user");
    return String(url).endsWith("users.info") && asked === user ? answer() : fetch(url, init);
  };
}
