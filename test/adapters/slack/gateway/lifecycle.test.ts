import { afterEach, describe, expect, it, vi } from "vitest";
import { plainCard } from "../../../../src/core/card.ts";
import { type GatewayDesk, latestWhisper, MODES, openGatewayDesk } from "./gateway-desk.ts";

let desk: GatewayDesk;
afterEach(async () => {
  expect(desk.slack.problems).toEqual([]);
  await desk.stop();
});

const events = () => desk.log.lines.map((line) => line.event);

describe.each(MODES)("a gateway by %s", (mode) => {
  it("says which setting is wrong", async () => {
    desk = await openGatewayDesk(mode, { starts: false, botToken: "xoxb-wrong" });
    await expect(desk.gateway.start(desk.inbox)).rejects.toThrow(/SLACK_BOT_TOKEN/);
  });

  it("waits for Slack to be there", async () => {
    desk = await openGatewayDesk(mode, { starts: false });
    const { gateway, inbox, slack } = desk;
    slack.faults.call("auth.test", { kind: "status", status: 503 });
    slack.faults.call("apps.connections.open", { kind: "reset_before" });
    await gateway.start(inbox);
    expect(events()).toContain("slack.not_reached");
    if (mode === "socket") expect(events()).toContain("slack.socket_not_opened");
  });

  it("stops while it waits for Slack", async () => {
    desk = await openGatewayDesk(mode, { starts: false });
    desk.slack.faults.call("auth.test", { kind: "status", status: 503 }, { p: 1 });
    const started = desk.gateway.start(desk.inbox);
    await desk.slack.until(() => desk.slack.calls.length > 0);
    await desk.gateway.stop();
    await started;
  });

  it("finishes what has begun before it stops, and takes nothing new", async () => {
    desk = await openGatewayDesk(mode);
    const { ada, brand, gateway, inbox } = desk;
    const [heard, recorded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    inbox.script.command = async () => {
      heard.resolve();
      await recorded.promise;
      return { kind: "whisper", card: plainCard("ok", "It is recorded.") };
    };
    const outcome = ada.command(brand, "/draft", "a fox");
    await heard.promise;
    const stopped = gateway.stop();
    const late = await ada.command(brand, "/draft", "a hound");
    expect(late.text).toContain("Draftroom is restarting.");
    recorded.resolve();
    expect(await outcome).toMatchObject({ kind: "acked", text: expect.stringContaining("It is recorded.") });
    await stopped;
    expect(inbox.commandCalls).toHaveLength(1);
    expect(await ada.command(brand, "/draft", "a cat")).toMatchObject({ kind: "failed" });
  });

  it("leaves events to another instance when it stops", async () => {
    desk = await openGatewayDesk(mode, { speed: 600, ackMs: 300 });
    const { ada, brand, gateway, inbox, slack } = desk;
    const [heard, recorded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    inbox.script.command = async () => {
      heard.resolve();
      await recorded.promise;
      return { kind: "done" };
    };
    const held = ada.command(brand, "/draft", "a fox");
    await heard.promise;
    const stopped = gateway.stop();
    ada.mention(brand, "a hound");
    await slack.until(() =>
      slack.deliveries.some((each) => each.type === "app_mention" && each.outcome !== "waiting"),
    );
    expect(
      slack.deliveries.filter((each) => each.type === "app_mention").map((each) => each.outcome),
    ).not.toContain("acked");
    recorded.resolve();
    await held;
    await stopped;
    expect(inbox.commandCalls).toHaveLength(1);
  });
});

describe("a gateway by socket", () => {
  it("says that the app's token is wrong", async () => {
    desk = await openGatewayDesk("socket", { starts: false, appToken: "xapp-wrong" });
    await expect(desk.gateway.start(desk.inbox)).rejects.toThrow(/SLACK_APP_TOKEN.*connections:write/);
  });

  it("holds two connections", async () => {
    desk = await openGatewayDesk("socket");
    await desk.slack.until(() => desk.slack.sockets.count === 2);
    expect(desk.inbox.reconnects).toEqual([]);
  });

  it("is always there while Slack recycles its connections", async () => {
    desk = await openGatewayDesk("socket");
    const { ada, brand, inbox, slack } = desk;
    await slack.until(() => slack.sockets.count === 2);
    for (let round = 0; round < 3; round++) {
      slack.sockets.disconnect("refresh_requested");
      expect(await ada.command(brand, "/draft", `fox ${round}`)).toMatchObject({ kind: "acked" });
      await slack.until(() => slack.sockets.count === 2);
    }
    expect(inbox.commandCalls).toHaveLength(3);
    await vi.waitFor(() => expect(inbox.reconnects).toHaveLength(3));
  });

  it("comes back when the network does, and asks what it has missed", async () => {
    desk = await openGatewayDesk("socket");
    const { ada, brand, inbox, slack } = desk;
    await slack.until(() => slack.sockets.count === 2);
    slack.faults.call("apps.connections.open", { kind: "status", status: 502 }, { times: 2 });
    slack.sockets.cut();
    await slack.until(() => slack.sockets.count === 2);
    await vi.waitFor(() => expect(inbox.reconnects).toEqual(["slack", "slack"]));
    expect(await ada.command(brand, "/draft", "a fox")).toMatchObject({ kind: "acked" });
  });

  it("hears again what was delivered when the connection broke", async () => {
    desk = await openGatewayDesk("socket", { speed: 600, ackMs: 400 });
    const { ada, brand, inbox, slack } = desk;
    const [heard, recorded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const usual = inbox.script.command;
    inbox.script.command = async (call) => {
      heard.resolve();
      await recorded.promise;
      return usual(call);
    };
    ada.mention(brand, "a fox");
    await heard.promise;
    slack.sockets.cut();
    recorded.resolve();
    await slack.until(() => slack.deliveries.some((each) => each.outcome === "acked"));
    await slack.until(() => latestWhisper(ada, brand)?.includes("Drafting"));
    expect(inbox.commandCalls).toHaveLength(1);
    expect(ada.whispers(brand)).toHaveLength(1);
  });
});

describe("a gateway by http", () => {
  it("says that its port is taken", async () => {
    desk = await openGatewayDesk("http");
    const port = Number(new URL(desk.gateway.url() ?? "").port);
    const other = await openGatewayDesk("http", { starts: false, port });
    await expect(other.gateway.start(other.inbox)).rejects.toThrow(/SLACK_PORT/);
    await other.stop();
  });
});
