import { inspect } from "node:util";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenDatabase } from "../../../support/open-databases.ts";
import { onEachDatabase } from "../../../support/open-databases.ts";
import type { SlackTeam } from "../../../support/slack/slack-people.ts";
import { HOUR_MS, type InstallGround, openInstallGround } from "./installs-bench.ts";

onEachDatabase((name: string, open: OpenDatabase) => {
  let ground: InstallGround;
  let team: SlackTeam;

  beforeEach(async () => {
    ground = await openInstallGround((await open()).pool, { tokenRotation: true });
    team = ground.slack.addWorkspace();
  });
  afterEach(async () => {
    expect(ground.slack.problems).toEqual([]);
    await ground.stop();
  });

  const refreshes = () =>
    ground.slack.calls.filter(
      ({ method, args }) => method === "oauth.v2.access" && args.grant_type === "refresh_token",
    );
  /** A claim or pause runs out. */
  const claimsEnd = () =>
    ground.db.updateTable("slack_installs").set({ lease_until: sql`now() - interval '1 second'` }).execute();

  describe(`tokens that end, on ${name}`, () => {
    it("leaves one alone that lasts", async () => {
      const bot = await ground.start();
      await bot.install(team);
      ground.pass(9 * HOUR_MS);
      const access = await bot.access.of(team.id);
      expect(await access.client.auth.test()).toMatchObject({ team_id: team.id });
      expect(refreshes()).toEqual([]);
    });

    it("refreshes one that ends in less than 2 hours, and keeps what it got", async () => {
      const bot = await ground.start();
      await bot.install(team);
      ground.pass(10.5 * HOUR_MS);
      const access = await bot.access.of(team.id);
      ground.pass(3 * HOUR_MS);
      expect(await access.client.auth.test()).toMatchObject({ team_id: team.id });
      expect((await (await ground.start()).access.of(team.id)).client.token).toBe(access.client.token);
      expect(refreshes()).toHaveLength(1);
    });

    it("goes on for days", async () => {
      const bot = await ground.start();
      await bot.install(team);
      for (let shift = 0; shift < 6; shift++) {
        ground.pass(11 * HOUR_MS);
        const { client } = await bot.access.of(team.id);
        expect(await client.auth.test()).toMatchObject({ team_id: team.id });
      }
      expect(refreshes()).toHaveLength(6);
    });

    it.each([
      ["with a token that still lasts", 11],
      ["with one that has ended", 13],
    ])("is refreshed by one of many processes at once, %s", async (_, hours) => {
      const first = await ground.start();
      await first.install(team);
      const bots = [first, await ground.start(), await ground.start(), await ground.start()];
      ground.pass(hours * HOUR_MS);
      ground.slack.faults.call("oauth.v2.access", { kind: "slow", ms: 300 });
      const asked = bots.flatMap(({ access }) => [
        access.of(team.id),
        access.of(team.id),
        access.of(team.id),
      ]);
      for (const { client } of await Promise.all(asked)) {
        expect(await client.auth.test()).toMatchObject({ team_id: team.id });
      }
      expect(refreshes()).toHaveLength(1);
      expect(refreshes()[0]?.answer?.ok).toBe(true);
    });

    it("goes on with the old token when Slack does not answer, and tries again later", async () => {
      const bot = await ground.start();
      await bot.install(team);
      ground.pass(11 * HOUR_MS);
      ground.slack.faults.call("oauth.v2.access", { kind: "reset_before" });
      expect(await (await bot.access.of(team.id)).client.auth.test()).toMatchObject({ ok: true });
      ground.pass(11_000);
      await bot.access.of(team.id);
      expect(refreshes()).toHaveLength(1);
      await claimsEnd();
      ground.pass(11_000);
      await bot.access.of(team.id);
      expect(refreshes().map(({ answer }) => answer?.ok)).toEqual([undefined, true]);
      ground.pass(2 * HOUR_MS);
      expect(await (await bot.access.of(team.id)).client.auth.test()).toMatchObject({ ok: true });
    });

    it("says so when there is no token to go on with", async () => {
      const bot = await ground.start();
      await bot.install(team);
      ground.pass(13 * HOUR_MS);
      ground.slack.faults.call("oauth.v2.access", { kind: "status", status: 503 });
      await expect(bot.access.of(team.id)).rejects.toMatchObject({ kind: "unavailable" });
      await expect(bot.access.of(team.id)).rejects.toMatchObject({ kind: "unavailable" });
      expect(refreshes()).toHaveLength(1);
      await claimsEnd();
      ground.pass(6_000);
      expect(await (await bot.access.of(team.id)).client.auth.test()).toMatchObject({ ok: true });
    });

    it("lives to the token's end when the answer was lost, and then has to be installed again", async () => {
      const bot = await ground.start();
      await bot.install(team);
      ground.pass(11 * HOUR_MS);
      ground.slack.faults.call("oauth.v2.access", { kind: "reset_after" });
      expect(await (await bot.access.of(team.id)).client.auth.test()).toMatchObject({ ok: true });
      await claimsEnd();
      ground.pass(11_000);
      expect(await (await bot.access.of(team.id)).client.auth.test()).toMatchObject({ ok: true });
      expect(bot.log.lines).toContainEqual({
        event: "slack.token_not_refreshed",
        fields: { install: team.id, refusal: "invalid_refresh_token" },
      });
      ground.pass(11_000);
      await bot.access.of(team.id);
      expect(refreshes()).toHaveLength(2);

      ground.pass(2 * HOUR_MS);
      await claimsEnd();
      await expect(bot.access.of(team.id)).rejects.toMatchObject({ kind: "refused" });
      await expect(bot.access.of(team.id)).rejects.toMatchObject({ kind: "refused" });
      await bot.install(team);
      expect(await (await bot.access.of(team.id)).client.auth.test()).toMatchObject({ ok: true });
    });

    it("leaves what a process has begun to it, until its claim has run out", async () => {
      const bot = await ground.start();
      await bot.install(team);
      await ground.db
        .updateTable("slack_installs")
        .set({ lease: "of a process that was killed", lease_until: sql`now() + interval '1 minute'` })
        .execute();
      ground.pass(11 * HOUR_MS);
      await bot.access.of(team.id);
      expect(refreshes()).toEqual([]);
      await claimsEnd();
      ground.pass(11_000);
      await bot.access.of(team.id);
      expect(refreshes()).toHaveLength(1);
    });

    it("does not put an old installation's tokens in the place of a new one's", async () => {
      const held = holdAnswer();
      const [bot, other] = [await ground.start({ fetch: held.fetch }), await ground.start()];
      await other.install(team);
      ground.pass(11 * HOUR_MS);
      const refreshing = bot.access.of(team.id);
      await held.isHeld;
      team.uninstall();
      await other.install(team);
      const renewed = (await other.access.of(team.id)).client.token;
      held.letGo();
      expect((await refreshing).client.token).toBe(renewed);
      expect((await (await ground.start()).access.of(team.id)).client.token).toBe(renewed);
    });

    it("does not bring back what was purged", async () => {
      const held = holdAnswer();
      const [bot, other] = [await ground.start({ fetch: held.fetch }), await ground.start()];
      await other.install(team);
      ground.pass(11 * HOUR_MS);
      const refreshing = bot.access.of(team.id);
      await held.isHeld;
      await other.access.forget({ team: team.id, enterprise: undefined }, ground.now());
      held.letGo();
      await expect(refreshing).rejects.toMatchObject({ kind: "gone" });
      expect(await ground.db.selectFrom("slack_installs").select("id").execute()).toEqual([]);
    });

    it("keeps tokens that it has been given, though the database is away for a moment", async () => {
      const held = holdAnswer();
      const [bot, other] = [await ground.start({ fetch: held.fetch }), await ground.start()];
      await other.install(team);
      ground.pass(11 * HOUR_MS);
      const refreshing = bot.access.of(team.id);
      await held.isHeld;
      await ground.db.schema.alterTable("slack_installs").renameTo("slack_installs_away").execute();
      held.letGo();
      await expect.poll(() => bot.log.lines.map(({ event }) => event)).toContain("slack.token_not_kept");
      await ground.db.schema.alterTable("slack_installs_away").renameTo("slack_installs").execute();
      const { client } = await refreshing;
      ground.pass(2 * HOUR_MS);
      expect(await client.auth.test()).toMatchObject({ ok: true });
      expect((await other.access.of(team.id)).client.token).toBe(client.token);
    });

    it("tells no log of a token", async () => {
      const bot = await ground.start();
      await bot.install(team);
      const secrets = [(await bot.access.of(team.id)).client.token ?? ""];
      ground.pass(11 * HOUR_MS);
      secrets.push((await bot.access.of(team.id)).client.token ?? "");
      ground.pass(13 * HOUR_MS);
      ground.slack.faults.call("oauth.v2.access", { kind: "reset_after" });
      await bot.access.of(team.id).catch(() => {});
      secrets.push(...refreshes().map(({ args }) => String(args.refresh_token)));
      expect(secrets.every((secret) => secret.startsWith("xoxe"))).toBe(true);
      for (const secret of secrets) expect(bot.log.words()).not.toContain(secret);
    });
    it("quotes nothing of half an answer, which has a token in it", async () => {
      const cut: string[] = [];
      const bot = await ground.start({ fetch: cutRefreshes(cut) });
      await bot.install(team);
      ground.pass(13 * HOUR_MS);
      const error = await bot.access.of(team.id).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ kind: "unavailable" });
      const [token = "nothing was cut"] = /xoxe\.xoxb-[\w-]+/.exec(cut[0] ?? "") ?? [];
      expect(cut[0]).toContain(token);
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(token);
      expect(bot.log.words()).not.toContain(token);
    });
  });
});

/** A line that breaks in the middle of the answer to a refresh. */
function cutRefreshes(cut: string[]): typeof fetch {
  return async (url, init) => {
    const answer = await fetch(url, init);
    if (!String(init?.body).includes("refresh_token")) return answer;
    const half = (await answer.text()).slice(0, -2);
    cut.push(half);
    return new Response(half, { headers: answer.headers });
  };
}

/** A line on which Slack's first answer takes as long as a test wants. */
function holdAnswer() {
  const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>();
  const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>();
  const held: typeof fetch = async (...request) => {
    const answer = await fetch(...request);
    hold();
    await isLetGo;
    return answer;
  };
  return { fetch: held, isHeld, letGo };
}
