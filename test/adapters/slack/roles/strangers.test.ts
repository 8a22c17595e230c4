import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groupRef, userRef } from "../../../../adapters/slack/slack-refs.ts";
import type { SlackPerson, SlackTeam } from "../../../support/slack/slack-people.ts";
import { openRolesGround, type RolesGround } from "./roles-bench.ts";

const MINUTE_MS = 60_000;

let ground: RolesGround;
let slack: RolesGround["slack"];
let team: SlackTeam;
let ada: SlackPerson;

beforeEach(async () => {
  ground = await openRolesGround();
  ({ slack, team } = ground);
  ada = team.addPerson("Ada");
});
afterEach(() => ground.stop());

const open: RolesGround["open"] = (settings) => ground.open(settings);
const refs = (...people: readonly SlackPerson[]) => people.map(({ id }) => userRef(team.id, id));
const calls = (method: string) => slack.calls.filter((call) => call.method === method).length;
const pass = (ms: number) => ground.pass(ms);

describe("strangers", () => {
  let other: SlackTeam;
  let eve: SlackPerson;

  beforeEach(() => {
    other = slack.addWorkspace();
    eve = other.addPerson("Eve");
  });

  it("have no role, listed or in a group, seen in a shared channel or not", async () => {
    const zoe = other.addPerson("Zoe");
    team.addChannel("shared", { members: [ada, eve], sharedWith: [other] });
    const group = team.addGroup("directors", [ada, eve]);
    const { staff, roles } = open({ directors: [group.id, ada.id, eve.id, zoe.id], managers: [eve.id] });
    const here = groupRef(team.id, group.id);
    expect(await staff()).toEqual({ directors: [here, ...refs(ada)], managers: [] });
    const isIn = ({ id }: SlackPerson) => roles.isIn(here, userRef(team.id, id));
    expect(await Promise.all([ada, eve, zoe].map(isIn))).toEqual([true, false, false]);
    expect(await roles.isStranger(team.id, eve.id)).toBe(true);
    expect(await roles.isStranger(team.id, zoe.id)).toBe(true);
    expect(await roles.isStranger(team.id, "U0NOBODY")).toBe(true);
    expect(await roles.isStranger(team.id, ada.id)).toBe(false);
  });

  it("cannot be told from others without users:read", async () => {
    const { staff, roles } = open({ directors: [eve.id], install: { scopes: ["chat:write"] } });
    expect((await staff()).directors).toEqual(refs(eve));
    expect(await roles.isStranger(team.id, eve.id)).toBe(false);
  });

  it("are asked for once an hour", async () => {
    const { roles } = open({});
    for (let event = 0; event < 5; event++) await roles.isStranger(team.id, eve.id);
    expect(calls("users.info")).toBe(1);
    pass(61 * MINUTE_MS);
    await roles.isStranger(team.id, eve.id);
    expect(calls("users.info")).toBe(2);
  });

  it("are not those of the same organization", async () => {
    const enterprise = slack.addEnterprise();
    team = enterprise.addWorkspace();
    const { roles } = open({
      team,
      fetch: answerUsersInfo({ W0HERE: enterprise.id, W0AWAY: "E0THER" }),
    });
    expect(await roles.isStranger(team.id, "W0HERE")).toBe(false);
    expect(await roles.isStranger(team.id, "W0AWAY")).toBe(true);
  });

  it("are not decided without an answer", async () => {
    const { roles } = open({});
    slack.faults.call("users.info", { kind: "reset_before" });
    await expect(roles.isStranger(team.id, ada.id)).rejects.toMatchObject({ kind: "unavailable" });
  });
});

/**
 * People of other workspaces in an organization, as Slack describes them: `enterprise_user` and a
 * `team_id` of their own. https://docs.slack.dev/enterprise/organization-ready-apps
 */
function answerUsersInfo(people: Readonly<Record<string, string>>): typeof fetch {
  return async (url, init) => {
    if (!String(url).endsWith("users.info")) return fetch(url, init);
    const id = new URLSearchParams(String(init?.body)).get("user") ?? "";
    const user = {
      id,
      team_id: "T0ELSEWHERE",
      name: "stevens",
      is_stranger: false,
      enterprise_user: { id, enterprise_id: people[id], teams: ["T0ELSEWHERE"] },
    };
    return Response.json({ ok: true, user });
  };
}
