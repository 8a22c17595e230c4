import { afterEach, describe, expect, it } from "vitest";
import { messageRef } from "../../../../adapters/slack/slack-refs.ts";
import { plainCard } from "../../../../src/core/card.ts";
import { type GatewayDesk, latestWhisper, MODES, openGatewayDesk } from "./gateway-desk.ts";

let desk: GatewayDesk;
afterEach(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.stop();
});

const GRID = plainCard("info", "A grid of takes");

describe.each(MODES)("reactions by %s", (mode) => {
  it("on messages of the bot's come with what they mean", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack, team } = desk;
    const grid = await desk.post(GRID);
    ada.react(grid, "three");
    await slack.settled();
    ada.react(grid, "white_check_mark");
    await slack.settled();
    ada.unreact(grid, "three");
    await slack.settled();
    const message = messageRef({ team: team.id, channel: brand.id, ts: grid.ts });
    const common = { message, place: desk.place(brand), person: desk.user(ada) };
    expect(inbox.reactions).toEqual([
      { ...common, emoji: "n3", on: true },
      { ...common, emoji: "approve", on: true },
      { ...common, emoji: "n3", on: false },
    ]);
  });

  it("that mean nothing, or are on what others said, are none of ours", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    const grid = await desk.post(GRID);
    ada.react(grid, "tada");
    ada.react(ada.say(brand, "lunch?"), "one");
    await slack.settled();
    expect(slack.deliveries.map((each) => each.outcome)).toEqual(["acked", "acked"]);
    expect(inbox.reactions).toEqual([]);
  });

  it("of the bot itself are dropped", async () => {
    desk = await openGatewayDesk(mode);
    const { brand, inbox, slack, team } = desk;
    const grid = await desk.post(GRID);
    await desk.bot.reactions.add({ channel: brand.id, timestamp: grid.ts, name: "one" });
    await slack.settled();
    expect(slack.deliveries.map((each) => each.payload)).toMatchObject([{ event: { user: team.botUserId } }]);
    expect(inbox.reactions).toEqual([]);
  });

  it("that could not be recorded are handled again", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox, slack } = desk;
    const usual = inbox.script.reaction;
    inbox.script.reaction = async () => {
      inbox.script.reaction = usual;
      throw new Error("not now");
    };
    ada.react(await desk.post(GRID), "one");
    await slack.until(() => inbox.reactions.length === 2);
    expect(slack.deliveries.map((each) => each.outcome)).toEqual(["acked"]);
  });
});

describe.each(MODES)("the workspace by %s", (mode) => {
  it("is left when the app is taken out", async () => {
    desk = await openGatewayDesk(mode);
    const { inbox, slack, team } = desk;
    team.uninstall();
    await slack.settled();
    expect(new Set(inbox.workspaces.map((each) => each.workspace))).toEqual(new Set([`slack:${team.id}`]));
    expect(inbox.workspaces.every((each) => each.change === "left")).toBe(true);
  });

  it("changes its groups, and they are read again", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, slack, team, roles } = desk;
    const group = team.addGroup("directors", [ada]);
    const ref = desk.group(group);
    const noor = team.addPerson("noor");
    const areIn = () => Promise.all([ada, noor].map((who) => roles.isIn(ref, desk.user(who))));
    expect(await areIn()).toEqual([true, false]);
    group.setMembers([noor]);
    await slack.settled();
    expect(await areIn()).toEqual([false, true]);
  });

  it("invites the bot, and whoever did it reads how to begin", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, slack, team } = desk;
    const ideas = team.addChannel("ideas", { members: [ada] });
    ideas.join("bot");
    brand.join(team.addPerson("noor"));
    await slack.settled();
    expect(slack.deliveries.map((each) => each.outcome)).toEqual(["acked", "acked"]);
    expect(latestWhisper(ada, brand)).toBeUndefined();
  });
});

describe.each(MODES)("channels by %s", (mode) => {
  it("that are public are joined before a draft", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, inbox, slack, team } = desk;
    const ideas = team.addChannel("ideas", { members: [ada] });
    await ada.command(ideas, "/draft", "a fox");
    expect(ideas.isBotMember).toBe(true);
    await ada.command(ideas, "/draft", "a hound");
    expect(inbox.commandCalls).toHaveLength(2);
    expect(slack.calls.filter((call) => call.method === "conversations.info")).toHaveLength(1);
  });

  it("are looked at once in a rush of drafts", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    await Promise.all(Array.from({ length: 20 }, (_, index) => ada.command(brand, "/draft", `fox ${index}`)));
    await slack.until(() => inbox.commandCalls.length === 20);
    expect(slack.calls.filter((call) => call.method === "conversations.info")).toHaveLength(1);
  });

  it("that the bot may not join are asked for an invitation", async () => {
    const scopes = ["chat:write", "files:write", "channels:read", "groups:read", "commands"];
    desk = await openGatewayDesk(mode, { scopes });
    const { ada, inbox, team } = desk;
    const ideas = team.addChannel("ideas", { members: [ada] });
    const secret = team.addChannel("secret", { members: [ada], isPrivate: true });
    for (const channel of [ideas, secret]) {
      const outcome = await ada.command(channel, "/draft", "a fox");
      expect(outcome.text).toContain("/invite @draftroom");
      expect(outcome.text).toContain("Nothing was charged.");
    }
    // The form is not shown in vain either; a look at the budget needs nobody's invitation.
    expect((await ada.command(ideas, "/draft")).text).toContain("/invite @draftroom");
    expect(ada.modal()).toBeUndefined();
    await ada.command(ideas, "/quota");
    expect(inbox.commandCalls.map((call) => call.name)).toEqual(["quota"]);
  });

  it("that are archived by now say so", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox } = desk;
    brand.archive();
    const outcome = await ada.command(brand, "/draft", "a fox").catch((error: unknown) => String(error));
    if (typeof outcome === "string") expect(outcome).toMatch(/archived/);
    else expect(outcome.text).toContain("archived");
    expect(inbox.commandCalls).toEqual([]);
  });

  it("need permissions, which are named", async () => {
    desk = await openGatewayDesk(mode, { scopes: ["commands", "chat:write", "channels:read"] });
    const outcome = await desk.ada.command(desk.brand, "/draft", "a fox");
    expect(outcome.text).toContain("files:write");
    expect(outcome.text).toContain("OAuth & Permissions");
    expect(desk.inbox.commandCalls).toEqual([]);
    await desk.stop();

    desk = await openGatewayDesk(mode, { scopes: ["commands", "chat:write", "files:write"] });
    const other = await desk.ada.command(desk.brand, "/draft", "a fox");
    expect(other.text).toContain("channels:read");
    expect(desk.inbox.commandCalls).toEqual([]);
  });

  it("are drafted in when Slack cannot say whether the bot is there", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, inbox, slack } = desk;
    slack.faults.call("conversations.info", { kind: "rate_limited", retryAfterS: 5 });
    await ada.command(brand, "/draft", "a fox");
    expect(inbox.commandCalls).toHaveLength(1);
    await ada.command(brand, "/draft", "a fox");
    expect(slack.calls.filter((call) => call.method === "conversations.info")).toHaveLength(2);
  });
});
