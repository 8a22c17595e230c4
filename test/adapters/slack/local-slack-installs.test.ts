import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Installation, InstallProvider } from "@slack/oauth";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LocalSlack, SlackOptions } from "../../support/slack/local-slack.ts";
import { createSlackClient, failureOf, SILENT } from "../../support/slack/slack-client.ts";
import { startSlack } from "../../support/slack/start-slack.ts";

const HOURS = 60 * 60 * 1000;
const REDIRECT = "https://bot.example.com/slack/oauth_redirect";
let slack: LocalSlack;

const start = async (options: SlackOptions = {}) => {
  slack = await startSlack({ limits: "off", ...options });
  return slack;
};

afterEach(async () => {
  await slack.stop();
});

const authorizeUrl = (query: Record<string, string> = {}) =>
  `${slack.authorizeUrl}?${new URLSearchParams({ client_id: slack.clientId, scope: "chat:write,commands", redirect_uri: REDIRECT, ...query })}`;

const exchange = (more: Record<string, string>) =>
  createSlackClient(slack, "").oauth.v2.access({
    client_id: slack.clientId,
    client_secret: slack.clientSecret,
    ...more,
  });

const codeOf = (redirected: string) => new URL(redirected).searchParams.get("code") ?? "";

describe("installing with OAuth", () => {
  beforeEach(() => start());

  it("gives a code to the app's address, for one use within ten minutes", async () => {
    const team = slack.addWorkspace();
    const ada = team.addPerson("ada");
    const redirected = await slack.approveInstall(authorizeUrl({ state: "s1" }), ada);
    expect(redirected).toMatch(/^https:\/\/bot\.example\.com\/slack\/oauth_redirect\?state=s1&code=/);
    const wrong = { client_secret: "wrong" };
    expect(
      await failureOf(exchange({ code: codeOf(redirected), redirect_uri: REDIRECT, ...wrong })),
    ).toMatchObject({ error: "bad_client_secret" });
    const answer = await exchange({ code: codeOf(redirected), redirect_uri: REDIRECT });
    expect(answer).toMatchObject({
      app_id: slack.appId,
      authed_user: { id: ada.id },
      scope: "chat:write,commands",
      token_type: "bot",
      bot_user_id: team.botUserId,
      team: { id: team.id },
      enterprise: null,
      is_enterprise_install: false,
    });
    expect(await createSlackClient(slack, answer.access_token as string).auth.test()).toMatchObject({
      team_id: team.id,
    });
    expect(await failureOf(exchange({ code: codeOf(redirected), redirect_uri: REDIRECT }))).toMatchObject({
      error: "invalid_code",
    });
    const late = await slack.approveInstall(authorizeUrl(), ada);
    slack.pass(10 * 60_000);
    expect(await failureOf(exchange({ code: codeOf(late), redirect_uri: REDIRECT }))).toMatchObject({
      error: "invalid_code",
    });
    const other = await slack.approveInstall(authorizeUrl(), ada);
    expect(await failureOf(exchange({ code: codeOf(other) }))).toMatchObject({ error: "bad_redirect_uri" });
  });

  it("can be denied, and grants what was chosen; scopes add up", async () => {
    const ada = slack.addWorkspace().addPerson("ada");
    expect(await slack.approveInstall(authorizeUrl(), ada, { deny: true })).toBe(
      `${REDIRECT}?error=access_denied`,
    );
    const few = await slack.approveInstall(authorizeUrl(), ada, { scopes: ["commands"] });
    const first = await exchange({ code: codeOf(few), redirect_uri: REDIRECT });
    expect(first.scope).toBe("commands");
    const more = await slack.approveInstall(authorizeUrl({ scope: "chat:write" }), ada);
    const second = await exchange({ code: codeOf(more), redirect_uri: REDIRECT });
    expect(second.scope).toBe("commands,chat:write");
    expect(second.access_token).toBe(first.access_token);
  });

  it("shows an error page for what an app must not ask", async () => {
    const ada = slack.addWorkspace().addPerson("ada");
    await expect(slack.approveInstall(authorizeUrl({ client_id: "1.2" }), ada)).rejects.toThrow(
      "invalid_client_id",
    );
    await expect(slack.approveInstall(authorizeUrl({ scope: "" }), ada)).rejects.toThrow("no_scopes");
    await expect(slack.approveInstall(authorizeUrl({ team: "T0OTHER" }), ada)).rejects.toThrow(
      "not in T0OTHER",
    );
    expect((await fetch(authorizeUrl({ client_id: "1.2" }))).status).toBe(400);
    expect(await (await fetch(authorizeUrl())).text()).toContain("chat:write, commands");
  });

  it("is done by Slack's own InstallProvider", async () => {
    const stored: Installation[] = [];
    const provider = new InstallProvider({
      clientId: slack.clientId,
      clientSecret: slack.clientSecret,
      stateSecret: "state-secret",
      authorizationUrl: slack.authorizeUrl,
      clientOptions: { slackApiUrl: slack.apiUrl },
      logger: SILENT,
      installationStore: {
        storeInstallation: async (installation) => void stored.push(installation as Installation),
        fetchInstallation: async () => stored[0] as never,
      },
    });
    const server = createServer((request, response) => {
      if (request.url?.startsWith("/slack/install")) {
        const redirectUri = `http://${request.headers.host}/slack/oauth_redirect`;
        void provider.handleInstallPath(request, response, {}, { scopes: ["chat:write"], redirectUri });
      } else void provider.handleCallback(request, response);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const page = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/install`);
    const link = /href="([^"]+authorize[^"]+)"/.exec(await page.text())?.[1] ?? "";
    const team = slack.addWorkspace();
    const redirected = await slack.approveInstall(link.replaceAll("&amp;", "&"), team.addPerson("ada"));
    const cookie = page.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    expect((await fetch(redirected, { headers: { cookie } })).status).toBe(200);
    server.close();
    expect(stored[0]).toMatchObject({
      team: { id: team.id },
      bot: { userId: team.botUserId, scopes: ["chat:write"] },
    });
    expect(slack.problems).toEqual([]);
  });
});

describe("tokens that rotate", () => {
  beforeEach(() => start({ tokenRotation: true }));

  const refresh = (refreshToken: string) =>
    exchange({ grant_type: "refresh_token", refresh_token: refreshToken });

  it("expire after twelve hours, and are refreshed once for each refresh token", async () => {
    const team = slack.addWorkspace();
    const { botToken, refreshToken } = team.install();
    expect(botToken).toMatch(/^xoxe\.xoxb-/);
    const web = createSlackClient(slack, botToken);
    await web.auth.test();
    slack.pass(11 * HOURS);
    const next = await refresh(refreshToken as string);
    expect(next).toMatchObject({ expires_in: 43_200, token_type: "bot", team: { id: team.id } });
    await web.auth.test();
    slack.pass(1 * HOURS);
    expect(await failureOf(web.auth.test())).toMatchObject({ error: "token_expired" });
    await createSlackClient(slack, next.access_token as string).auth.test();
    expect(await failureOf(refresh(refreshToken as string))).toMatchObject({
      error: "invalid_refresh_token",
    });
    await refresh(next.refresh_token as string);
  });

  it("die with the app", async () => {
    const team = slack.addWorkspace();
    const { botToken, refreshToken } = team.install();
    await createSlackClient(slack, botToken).apps.uninstall({
      client_id: slack.clientId,
      client_secret: slack.clientSecret,
    });
    expect(await failureOf(createSlackClient(slack, botToken).auth.test())).toMatchObject({
      error: "account_inactive",
    });
    expect(await failureOf(refresh(refreshToken as string))).toMatchObject({
      error: "invalid_refresh_token",
    });
  });
});

describe("organisations", () => {
  beforeEach(() => start());

  it("have one token for all their workspaces; the channel says which", async () => {
    const org = slack.addEnterprise();
    const [north, south] = [org.addWorkspace({ name: "North" }), org.addWorkspace({ name: "South" })];
    const ada = south.addPerson("ada", { orgId: true });
    expect(ada.id).toMatch(/^W/);
    const redirected = await slack.approveInstall(authorizeUrl(), ada, { wholeOrganisation: true });
    const answer = await exchange({ code: codeOf(redirected), redirect_uri: REDIRECT });
    expect(answer).toMatchObject({ team: null, enterprise: { id: org.id }, is_enterprise_install: true });
    const web = createSlackClient(slack, answer.access_token as string);
    const channel = south.addChannel("brand", { members: [ada], bot: true });
    await web.chat.postMessage({ channel: channel.id, text: "hi" });
    expect(channel.messages()[0]?.author).toBe(south.botUserId);
    expect(await web.auth.test({ team_id: north.id } as never)).toMatchObject({
      team_id: north.id,
      enterprise_id: org.id,
      is_enterprise_install: true,
    });
    const foreign = slack.addWorkspace();
    expect(await failureOf(web.apiCall("auth.test", { team_id: foreign.id }))).toMatchObject({
      error: "team_access_not_granted",
    });
  });
});
