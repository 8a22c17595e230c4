import { afterEach, describe, expect, it } from "vitest";
import type { SlackOptions } from "../../support/slack/local-slack.ts";
import { createSlackClient, failureOf } from "../../support/slack/slack-client.ts";
import { type SlackScene, setSlackScene } from "../../support/slack/slack-scene.ts";

let scene: SlackScene;

afterEach(async () => {
  await scene.end();
});

const set = async (options: SlackOptions = {}) => {
  scene = await setSlackScene(options);
  return scene;
};

describe("rate limits", () => {
  it("hold back one method of one workspace, for as long as Slack says", async () => {
    const { slack, web, brand, team, ada } = await set({ limits: { "reactions.get": 3 } });
    const { ts: timestamp } = ada.say(brand, "hi");
    const read = () => web.reactions.get({ channel: brand.id, timestamp });
    for (let count = 0; count < 3; count++) await read();
    expect(await failureOf(read())).toMatchObject({
      code: "slack_webapi_rate_limited_error",
      retryAfter: 60,
    });
    await web.reactions.add({ channel: brand.id, timestamp, name: "one" });
    const other = slack.addWorkspace();
    const theirs = other.addChannel("theirs", { bot: true });
    const foreign = createSlackClient(slack, other.install().botToken);
    const posted = await foreign.chat.postMessage({ channel: theirs.id, text: "hi" });
    await foreign.reactions.get({ channel: theirs.id, timestamp: posted.ts as string });
    slack.pass(60_000);
    await read();
    expect(
      slack.calls
        .filter((call) => call.team === team.id && call.method === "reactions.get")
        .map((call) => call.answer?.status),
    ).toEqual([200, 200, 200, 429, 200]);
  });

  it("let a channel have a short burst of posts, then one a second; other channels have their own", async () => {
    const { slack, web, brand, team } = await set();
    const more = team.addChannel("more", { bot: true });
    const post = (channel = brand.id) => web.chat.postMessage({ channel, text: "hi" });
    for (let count = 0; count < 5; count++) await post();
    expect(await failureOf(post())).toMatchObject({ retryAfter: 1 });
    await post(more.id);
    slack.pass(1000);
    await post();
    expect(await failureOf(post())).toMatchObject({ retryAfter: 1 });
    expect(brand.messages()).toHaveLength(6);
  });

  it("are those of the tiers, when nothing else is said", async () => {
    const { web, ada, brand } = await set();
    const { ts: timestamp } = ada.say(brand, "hi");
    for (let count = 0; count < 20; count++) await web.usergroups.list();
    expect((await failureOf(web.usergroups.list())).retryAfter).toBeGreaterThan(50);
    for (let count = 0; count < 50; count++) await web.reactions.get({ channel: brand.id, timestamp });
    expect((await failureOf(web.reactions.get({ channel: brand.id, timestamp }))).retryAfter).toBeGreaterThan(
      50,
    );
  });

  it("are over sooner when Slack's time goes faster", async () => {
    const { web, ada, brand } = await set({ limits: { "reactions.get": 1 }, speed: 100 });
    const { ts: timestamp } = ada.say(brand, "hi");
    const read = () => web.reactions.get({ channel: brand.id, timestamp });
    await read();
    expect(await failureOf(read())).toMatchObject({ retryAfter: 1 });
    await new Promise((resolve) => setTimeout(resolve, 650));
    await read();
  });

  it("can be off", async () => {
    const { web, brand } = await set({ limits: "off" });
    for (let count = 0; count < 20; count++) await web.chat.postMessage({ channel: brand.id, text: "hi" });
    expect(brand.messages()).toHaveLength(20);
  });
});

describe("faults of calls", () => {
  it("refuse, fail, or cut the connection before anything has happened", async () => {
    const { slack, web, brand } = await set({ limits: "off" });
    const post = () => web.chat.postMessage({ channel: brand.id, text: "hi" });
    slack.faults.call("chat.postMessage", { kind: "rate_limited", retryAfterS: 7 });
    expect(await failureOf(post())).toMatchObject({ retryAfter: 7 });
    slack.faults.call("*", { kind: "status", status: 500 });
    expect(await failureOf(post())).toMatchObject({ code: "slack_webapi_http_error" });
    slack.faults.call("chat.postMessage", { kind: "error", error: "fatal_error" });
    expect(await failureOf(post())).toMatchObject({ error: "fatal_error" });
    slack.faults.call("chat.postMessage", { kind: "reset_before" });
    expect(await failureOf(post())).toMatchObject({ code: "slack_webapi_request_error" });
    expect(brand.messages()).toEqual([]);
    await post();
    expect(slack.calls.map((call) => call.took)).toEqual([false, false, false, false, true]);
    expect(slack.faults.injected).toEqual({ rate_limited: 1, status: 1, error: 1, reset_before: 1 });
  });

  it("lose the answer of what has happened", async () => {
    const { slack, web, brand } = await set();
    slack.faults.call("chat.postMessage", { kind: "reset_after" });
    expect(await failureOf(web.chat.postMessage({ channel: brand.id, text: "hi" }))).toMatchObject({
      code: "slack_webapi_request_error",
    });
    expect(brand.messages()).toHaveLength(1);
    expect(slack.calls[0]).toMatchObject({ took: true, answer: undefined });
  });

  it("are slow, or come by chance, the same for the same seed", async () => {
    const outcomes = async () => {
      const { slack, web } = await set({ seed: 7, limits: "off" });
      slack.faults.call("auth.test", { kind: "error", error: "internal_error" }, { p: 0.5 });
      const seen: boolean[] = [];
      for (let count = 0; count < 20; count++)
        seen.push(
          await web.auth.test().then(
            () => true,
            () => false,
          ),
        );
      return seen;
    };
    const first = await outcomes();
    expect(new Set(first).size).toBe(2);
    await scene.end();
    expect(await outcomes()).toEqual(first);
    const { slack, web } = scene;
    slack.faults.clear();
    slack.faults.call("auth.test", { kind: "slow", ms: 120 });
    const start = Date.now();
    await web.auth.test();
    expect(Date.now() - start).toBeGreaterThan(110);
  });

  it("reach uploads, downloads and response_urls too", async () => {
    const { slack, web } = await set();
    const { upload_url } = await web.files.getUploadURLExternal({ filename: "a", length: 1 });
    const put = () => fetch(upload_url as string, { method: "POST", body: "x" });
    slack.faults.call("upload", { kind: "status", status: 503 });
    expect((await put()).status).toBe(503);
    slack.faults.call("upload", { kind: "reset_before" });
    await expect(put()).rejects.toThrow();
    expect((await put()).status).toBe(200);
    slack.faults.call("response_url", { kind: "status", status: 500 });
    expect((await fetch(`${slack.url}/commands/a/b/c`, { method: "POST" })).status).toBe(500);
  });
});
