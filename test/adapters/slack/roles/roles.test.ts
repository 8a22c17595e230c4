import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groupRef, userRef } from "../../../../adapters/slack/slack-refs.ts";
import { ChatError } from "../../../../src/ports/chat.ts";
import type { RecordingLog } from "../../../support/recording-log.ts";
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

type Opened = ReturnType<RolesGround["open"]>;
const open: RolesGround["open"] = (settings) => ground.open(settings);
const refs = (...people: readonly SlackPerson[]) => people.map(({ id }) => userRef(team.id, id));
const calls = (method: string) => slack.calls.filter((call) => call.method === method).length;
const pass = (ms: number) => ground.pass(ms);

const inGroup = (ground: Opened, id: string, ...people: readonly SlackPerson[]) =>
  Promise.all(people.map((who) => ground.roles.isIn(groupRef(team.id, id), userRef(team.id, who.id))));

describe("who directs and manages", () => {
  it("is in the settings, as people and as groups", async () => {
    const group = team.addGroup("directors", [ada, max]);
    const { staff } = open({ directors: [group.id, ada.id, ada.id], managers: [max.id] });
    expect(await staff()).toEqual({
      directors: [groupRef(team.id, group.id), ...refs(ada)],
      managers: refs(max),
    });
    expect(calls("usergroups.users.list"), "who is in a group is asked when it matters").toBe(0);
  });

  it("may be meant for one workspace", async () => {
    const { staff } = open({
      directors: [
        { team: team.id, id: ada.id },
        { team: "T0THER", id: max.id },
        { team: "T0THER", id: "S0THER" },
      ],
    });
    expect(await staff()).toEqual({ directors: refs(ada), managers: [] });
  });

  it("is nobody when nobody is named, and Slack is not asked", async () => {
    expect(await open({}).staff()).toEqual({ directors: [], managers: [] });
    expect(slack.calls).toEqual([]);
  });

  it("is asked once for many events", async () => {
    const { staff } = open({ directors: [ada.id], managers: [max.id] });
    await Promise.all(Array.from({ length: 50 }, staff));
    expect(calls("users.info")).toBe(2);
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

describe("the people of a group", () => {
  it("are asked for once for many events, and again after 5 minutes", async () => {
    const group = team.addGroup("directors", [ada]);
    const opened = open({ directors: [group.id], managers: [group.id] });
    const asked = await Promise.all(Array.from({ length: 50 }, () => inGroup(opened, group.id, ada, max)));
    expect(asked.every((each) => each[0] && !each[1])).toBe(true);
    expect(calls("usergroups.users.list")).toBe(1);
    group.setMembers([max]);
    pass(4.9 * MINUTE_MS);
    expect(await inGroup(opened, group.id, ada, max)).toEqual([true, false]);
    pass(0.2 * MINUTE_MS);
    expect(await inGroup(opened, group.id, ada, max)).toEqual([false, true]);
    expect(calls("usergroups.users.list")).toBe(2);
    // Whoever is not in it need not be known.
    expect(calls("users.info")).toBe(2);
  });

  it("are asked for again when Slack tells of a change", async () => {
    const [group, other] = [team.addGroup("directors", [ada]), team.addGroup("managers", [ada])];
    const opened = open({});
    const both = async () => [
      ...(await inGroup(opened, group.id, ada, max)),
      ...(await inGroup(opened, other.id, ada, max)),
    ];
    expect(await both()).toEqual([true, false, true, false]);
    group.setMembers([max]);
    other.setMembers([max]);
    opened.roles.forget(team.id, group.id);
    expect(await both()).toEqual([false, true, true, false]);
    opened.roles.forget(team.id);
    expect(await both()).toEqual([false, true, false, true]);
  });

  it("are not those whom Slack named before a change, though it says so after", async () => {
    const group = team.addGroup("directors", [ada]);
    const opened = open({ directors: [group.id] });
    slack.faults.call("usergroups.users.list", { kind: "slow", ms: 200 });
    const before = inGroup(opened, group.id, ada);
    opened.roles.forget(team.id, group.id);
    group.setMembers([max]);
    await before;
    expect(await inGroup(opened, group.id, ada, max)).toEqual([false, true]);
  });

  it.each([
    ["SLACK_DIRECTORS", "directors"],
    ["SLACK_MANAGERS", "managers"],
    ["/quota roles", undefined],
  ] as const)("nobody, when there is no such group, which is said once: %s", async (setting, list) => {
    const opened = open(list ? { [list]: ["S0NONE"] } : {});
    for (let event = 0; event < 3; event++) {
      expect(await inGroup(opened, "S0NONE", ada)).toEqual([false]);
      pass(6 * MINUTE_MS);
    }
    expect(warnings(opened.log)).toEqual([
      expect.objectContaining({ setting, group: "S0NONE", refusal: "no_such_subteam" }),
    ]);
  });
});

describe("a group that Slack does not show", () => {
  it("still directs the channel: a mistake must not let everybody pick", async () => {
    const opened = open({ directors: ["S0NONE"], managers: [max.id] });
    expect(await opened.staff()).toEqual({
      directors: [groupRef(team.id, "S0NONE")],
      managers: refs(max),
    });
    expect(await inGroup(opened, "S0NONE", ada)).toEqual([false]);
    expect(warnings(opened.log)).toMatchObject([{ refusal: "no_such_subteam" }]);
  });

  it("has nobody in it: the plan has none", async () => {
    const poor = slack.addWorkspace({ paid: false });
    const opened = open({ team: poor, managers: ["S0NONE"] });
    expect((await opened.staff()).managers).toEqual([groupRef(poor.id, "S0NONE")]);
    const who = userRef(poor.id, poor.addPerson("Zoe").id);
    expect(await opened.roles.isIn(groupRef(poor.id, "S0NONE"), who)).toBe(false);
    expect(warnings(opened.log)).toMatchObject([
      { setting: "SLACK_MANAGERS", refusal: "plan_upgrade_required" },
    ]);
  });

  it("has nobody in it: the scope was declined", async () => {
    const group = team.addGroup("directors", [ada]);
    const opened = open({ directors: [group.id], install: { scopes: ["chat:write", "users:read"] } });
    expect(await inGroup(opened, group.id, ada)).toEqual([false]);
    expect(warnings(opened.log)).toMatchObject([{ setting: "SLACK_DIRECTORS", refusal: "missing_scope" }]);
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
    const opened = open({ directors: [group.id] });
    await inGroup(opened, group.id, ada);
    pass(2 * 60 * MINUTE_MS);
    slack.faults.call("usergroups.users.list", fault);
    slack.faults.call("users.info", fault);
    expect(await inGroup(opened, group.id, ada)).toEqual([true]);
    const asked = slack.calls.length;
    const began = performance.now();
    expect(await inGroup(opened, group.id, ada)).toEqual([true]);
    expect(performance.now() - began).toBeLessThan(500);
    expect(slack.calls.length).toBe(asked);
  });

  it("nobody is guessed, and it is not asked for each event; the channel stays directed", async () => {
    const group = team.addGroup("directors", [ada]);
    const opened = open({ directors: [group.id], managers: [max.id] });
    slack.faults.call("usergroups.users.list", { kind: "rate_limited", retryAfterS: 30 });
    const first = await inGroup(opened, group.id, ada).catch((error: unknown) => error);
    expect(first).toMatchObject({ name: "ChatError", kind: "unavailable", retryAfterMs: 30_000 });
    expect(await inGroup(opened, group.id, ada).catch((error: unknown) => error)).toBe(first);
    expect(calls("usergroups.users.list")).toBe(1);
    expect(opened.log.lines.map(({ event }) => event)).toEqual(["slack.group_unknown"]);
    expect((await opened.staff()).directors).toEqual([groupRef(team.id, group.id)]);
    pass(31_000);
    expect(await inGroup(opened, group.id, ada, max)).toEqual([true, false]);
  });

  it("an answer that comes late serves the next", async () => {
    const group = team.addGroup("directors", [ada]);
    const opened = open({ directors: [group.id] });
    await opened.roles.isStranger(team.id, ada.id);
    slack.faults.call("usergroups.users.list", { kind: "slow", ms: 1_800 });
    const began = performance.now();
    await expect(inGroup(opened, group.id, ada)).rejects.toMatchObject({ kind: "unavailable" });
    expect(performance.now() - began).toBeLessThan(1_700);
    expect(await inGroup(opened, group.id, ada)).toEqual([true]);
    expect(calls("usergroups.users.list")).toBe(1);
  });
});

const warnings = (log: RecordingLog) =>
  log.lines.filter(({ event }) => event === "slack.group_empty").map(({ fields }) => fields ?? {});

/** Slack, but for what it says about one person. */
function answerAbout(user: string, answer: () => Promise<Response>): typeof fetch {
  return async (url, init) => {
    const asked = new URLSearchParams(String(init?.body)).get("user");
    return String(url).endsWith("users.info") && asked === user ? answer() : fetch(url, init);
  };
}
