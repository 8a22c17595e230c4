import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SCOPES } from "../../../../adapters/slack/scopes.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { findFreePort } from "../../../support/server-process.ts";
import { type DoctorDesk, openDoctor } from "./doctor-desk.ts";

let desk: DoctorDesk;
beforeEach(async () => {
  desk = await openDoctor();
});
afterEach(() => desk.stop());

const without = (...names: readonly string[]) =>
  SCOPES.map((scope) => scope.name).filter((name) => !names.includes(name));
const listed = (...ids: readonly string[]) => ids.map((id) => ({ team: undefined, id }));

describe("a workspace in which all is well", () => {
  it("is said to be", async () => {
    const { team } = desk;
    const ada = team.addPerson("ada");
    team.addChannel("brand", { members: [ada], bot: true });
    team.addChannel("secret-launch", { members: [ada], bot: true, isPrivate: true });
    team.addChannel("elsewhere", { members: [ada] });
    const group = team.addGroup("directors", [ada]);
    const found = await desk.examine({ directors: listed(group.id), managers: listed(ada.id) });
    expect(found.split("\n")).toEqual([
      `✓ The bot token works: @draftroom in Atelier (${team.id}).`,
      "✓ The app token works, and Socket Mode connects.",
      `✓ All ${SCOPES.length} scopes are granted.`,
      "✓ @draftroom is in #brand, #secret-launch.",
      "✓ SLACK_DIRECTORS lists one id for Atelier.",
      "✓ SLACK_MANAGERS lists one id for Atelier.",
      "✓ User groups that can be read: @directors.",
      "✓ This machine's clock agrees with Slack's.",
    ]);
  });

  it("is not changed by it", async () => {
    await desk.examine();
    expect(desk.slack.calls.map((call) => call.method)).toEqual([
      "auth.test",
      "apps.connections.open",
      "bots.info",
      "users.conversations",
    ]);
    await desk.slack.until(() => desk.slack.sockets.count === 0);
  });
});

describe("the bot's token", () => {
  it.each([
    ["invalid_auth", "Copy the Bot User OAuth Token from https://api.slack.com/apps → your app → OAuth"],
    ["token_revoked", "Install the app again"],
    ["account_inactive", "Install the app again"],
    ["token_expired", "turn off token rotation"],
    ["team_access_not_granted", "Look the word up"],
  ])("%s: what to do", async (error, step) => {
    desk.slack.faults.call("auth.test", { kind: "error", error });
    const found = await desk.examine();
    expect(found).toMatch(new RegExp(`✗ .*${error}.*\\n  → .*${step}`));
    // The other half is looked at all the same.
    expect(found).toContain("✓ The app token works");
  });

  it("a token that Slack does not know", async () => {
    const install = { kind: "token", botToken: new Secret("xoxb-nobody") } as const;
    expect(await desk.examine({ install })).toContain(
      "Slack does not take the token in SLACK_BOT_TOKEN (invalid_auth)",
    );
  });

  it.each([
    [{ kind: "reset_before" }, "does not answer as Slack does"],
    [{ kind: "status", status: 502 }, "does not answer as Slack does"],
    [{ kind: "rate_limited", retryAfterS: 30 }, "Slack asks to wait"],
  ] as const)("%j", async (fault, sentence) => {
    desk.slack.faults.call("auth.test", fault);
    expect(await desk.examine()).toContain(sentence);
  });

  it("nobody there at all", async () => {
    const found = await desk.examine({ apiUrl: new URL(`http://127.0.0.1:${await findFreePort()}/api/`) });
    expect(found).toContain("does not answer as Slack does (ECONNREFUSED)");
    expect(found).toContain("NODE_USE_ENV_PROXY=1");
    expect(found.match(/✗/g)).toHaveLength(2);
  });

  it("a server that is not Slack", async () => {
    const apiUrl = new URL(`${desk.slack.url}/`);
    const elsewhere: typeof fetch = async () => Response.json({ ok: true, hello: "world" });
    expect(await desk.examine({ apiUrl, fetch: elsewhere })).toContain("✗");
  });
});

describe("scopes", () => {
  it("names each that must be, what stops without it, and the page where it is added", async () => {
    desk.install(without("files:write", "reactions:read"));
    const found = await desk.examine();
    for (const name of ["files:write", "reactions:read"]) {
      const reason = SCOPES.find((scope) => scope.name === name)?.reason ?? "";
      expect(found).toContain(`✗ The scope ${name} is missing. What it is for: ${reason}`);
    }
    const step = `at https://api.slack.com/apps/${desk.slack.appId}/oauth, then install the app again`;
    expect(found.split(step), "said once, under the last").toHaveLength(2);
  });

  it("only points at one that may be left out", async () => {
    desk.install(without("channels:join"));
    const found = await desk.examine();
    expect(found).toContain("! The optional scope channels:join is missing.");
    expect(found).not.toContain("✗");
  });

  it("asks for nothing that it may not ask", async () => {
    desk.install(["chat:write"]);
    expect(await desk.examine({ directors: listed("U1") })).toContain("✗ The scope channels:read is missing");
    expect(desk.slack.calls.every((call) => call.answer?.ok)).toBe(true);
  });
});

describe("channels", () => {
  it("none: how it is invited", async () => {
    expect(await desk.examine()).toContain(
      "! @draftroom is in no channel.\n  → Type /invite @draftroom in the one where it is to work.",
    );
  });

  it("many: some by name, all counted", async () => {
    for (let index = 0; index < 230; index++) desk.team.addChannel(`brand-${index}`, { bot: true });
    expect(await desk.examine()).toMatch(/✓ @draftroom is in #brand-0, .* and 222 more\./);
  });

  it("an answer that does not come", async () => {
    desk.slack.faults.call("users.conversations", { kind: "error", error: "internal_error" });
    expect(await desk.examine()).toContain("✗ Slack refused users.conversations: internal_error.");
  });
});

describe("who directs and manages", () => {
  it("nobody is listed", async () => {
    const found = await desk.examine();
    expect(found).toContain(
      "✓ Nobody is listed in SLACK_DIRECTORS: where no channel says otherwise, whoever drafts",
    );
    expect(found).toContain("! Nobody is listed in SLACK_MANAGERS: nobody can change a budget.");
  });

  it("people and groups that are not there", async () => {
    const found = await desk.examine({
      directors: listed("U0NOBODY"),
      managers: listed("S0NOTHING", "U0NOBODY"),
    });
    expect(found).toContain("✗ U0NOBODY is listed, but is nobody in Atelier.");
    expect(found).toContain("✗ S0NOTHING is listed, but is no user group of Atelier.");
    expect(found.match(/U0NOBODY/g)).toHaveLength(1);
  });

  it("those of other workspaces are theirs", async () => {
    const found = await desk.examine({ directors: [{ team: "T0OTHER", id: "U0NOBODY" }] });
    expect(found).toContain("Nobody is listed in SLACK_DIRECTORS");
    expect(found).not.toContain("U0NOBODY");
  });

  it("groups without the scope for them", async () => {
    desk.install(without("usergroups:read"));
    expect(await desk.examine({ directors: listed("S1") })).toContain(
      "✗ User groups are listed, and the scope usergroups:read is missing.",
    );
  });

  it("groups on a plan without them", async () => {
    const free = await openDoctor({}, { paid: false });
    expect(await free.examine({ directors: listed("S1") })).toContain(
      "✗ User groups are listed, and this workspace's plan has none.\n  → List people one by one.",
    );
    await free.stop();
  });
});

describe("the clock", () => {
  it.each([
    [600, "! This machine's clock is 600 s ahead of Slack's."],
    [-120, "! This machine's clock is 120 s behind Slack's."],
  ])("off by %i s", async (seconds, sentence) => {
    const clock = () => new Date(Date.now() + seconds * 1000);
    const found = await desk.examine({ clock });
    expect(found.replace(/\b(599|601)\b/, "600").replace(/\b(119|121)\b/, "120")).toContain(sentence);
  });
});
