import { inspect } from "node:util";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenDatabase } from "../../../support/open-databases.ts";
import { onEachDatabase } from "../../../support/open-databases.ts";
import type { SlackTeam } from "../../../support/slack/slack-people.ts";
import { HOUR_MS, type InstallGround, newKey, openInstallGround } from "./installs-bench.ts";

onEachDatabase((name: string, open: OpenDatabase) => {
  let ground: InstallGround;
  let team: SlackTeam;

  beforeEach(async () => {
    ground = await openInstallGround((await open()).pool);
    team = ground.slack.addWorkspace({ name: "Studio North" });
  });
  afterEach(async () => {
    expect(ground.slack.problems).toEqual([]);
    await ground.stop();
  });

  const home = (at = team) => ({ team: at.id, enterprise: at.enterprise });
  const token = async (access: { client: { token?: string | undefined } }) => access.client.token ?? "";

  describe(`workspaces with installations, on ${name}`, () => {
    it("acts as each with its own token, and in no other", async () => {
      const bot = await ground.start();
      const other = ground.slack.addWorkspace();
      const stranger = ground.slack.addWorkspace();
      await bot.install(team);
      await bot.install(other);
      const access = await bot.access.of(team.id);
      const url = `https://${team.domain}.slack.com/`;
      expect(access).toMatchObject({ team: team.id, url, botUser: team.botUserId, bot: team.botId });
      expect(access.scopes.has("chat:write")).toBe(true);
      expect(await access.client.auth.test()).toMatchObject({ team_id: team.id });
      expect(await (await bot.access.of(other.id)).client.auth.test()).toMatchObject({ team_id: other.id });
      expect(await bot.access.teams()).toEqual([team.id, other.id].sort());
      expect(bot.installed).toEqual([team.id, other.id]);
      await expect(bot.access.of(stranger.id)).rejects.toMatchObject({ name: "ChatError", kind: "gone" });
    });

    it("knows what the person has declined", async () => {
      const bot = await ground.start();
      await bot.install(team, { scopes: ["chat:write", "commands"] });
      expect([...(await bot.access.of(team.id)).scopes].sort()).toEqual(["chat:write", "commands"]);
    });

    it("keeps no token readable, and shows none", async () => {
      const bot = await ground.start();
      await bot.install(team);
      const access = await bot.access.of(team.id);
      const value = await token(access);
      expect(value).toMatch(/^xoxb-/);
      const { rows } = await sql<{ row: string }>`select i::text as row from slack_installs i`.execute(
        ground.db,
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]?.row).toContain(team.id);
      for (const shown of [
        value,
        Buffer.from(value).toString("base64"),
        Buffer.from(value).toString("hex"),
      ]) {
        expect(rows[0]?.row).not.toContain(shown);
      }
      expect(inspect([access, bot.access], { depth: 20, showHidden: true })).not.toContain(value);
      expect(JSON.stringify(access)).not.toContain(value);
      expect(bot.log.words()).not.toContain(value);
    });

    it("is known to the other processes at once, and to itself", async () => {
      const [bot, other] = [await ground.start(), await ground.start()];
      await expect(other.access.of(team.id)).rejects.toMatchObject({ kind: "gone" });
      await bot.install(team);
      expect((await other.access.of(team.id)).team).toBe(team.id);
    });

    it("reads its records with an old key, and writes them with the new one", async () => {
      const [older, newer] = [newKey(), newKey()];
      await (await ground.start({ keys: [older] })).install(team);
      const stranger = await ground.start({ keys: [newer] });
      await expect(stranger.access.of(team.id)).rejects.toMatchObject({ kind: "refused" });
      expect(stranger.log.lines).toContainEqual({
        event: "slack.install_unreadable",
        fields: { install: team.id, kind: "key" },
      });
      const both = await ground.start({ keys: [newer, older] });
      expect((await both.access.of(team.id)).team).toBe(team.id);
      expect((await (await ground.start({ keys: [newer] })).access.of(team.id)).team).toBe(team.id);
    });

    it("refuses a record that was changed, or put in another's place", async () => {
      const bot = await ground.start();
      const other = ground.slack.addWorkspace();
      await bot.install(team);
      await ground.db
        .insertInto("slack_installs")
        .columns(["id", "sealed", "installed_at"])
        .expression((from) =>
          from
            .selectFrom("slack_installs")
            .select([sql<string>`${other.id}`.as("id"), "sealed", "installed_at"])
            .where("id", "=", team.id),
        )
        .execute();
      await expect(bot.access.of(other.id)).rejects.toMatchObject({ kind: "refused" });
      await ground.db
        .updateTable("slack_installs")
        .set({ sealed: sql`reverse(sealed)` })
        .where("id", "=", team.id)
        .execute();
      await expect((await ground.start()).access.of(team.id)).rejects.toMatchObject({ kind: "refused" });
    });

    it("says so when the database does not answer", async () => {
      const bot = await ground.start();
      await ground.db.schema.alterTable("slack_installs").renameTo("slack_installs_away").execute();
      await expect(bot.access.of(team.id)).rejects.toMatchObject({ kind: "unavailable" });
      await ground.db.schema.alterTable("slack_installs_away").renameTo("slack_installs").execute();
    });
  });

  describe(`workspaces that leave, on ${name}`, () => {
    const rows = () => ground.db.selectFrom("slack_installs").select("id").execute();

    it("purges the tokens of an uninstalled app, and says so each time", async () => {
      const bot = await ground.start();
      await bot.install(team);
      await bot.access.of(team.id);
      team.uninstall();
      for (let delivery = 0; delivery < 2; delivery++) {
        expect(await bot.access.forget(home(), ground.now())).toEqual([team.id]);
        expect(await rows()).toEqual([]);
        await expect(bot.access.of(team.id)).rejects.toMatchObject({ kind: "gone" });
      }
    });

    it("purges them although Slack cannot be asked, long after it was installed", async () => {
      const bot = await ground.start();
      await bot.install(team);
      ground.pass(HOUR_MS);
      ground.slack.faults.call("*", { kind: "reset_before" }, { p: 1 });
      expect(await bot.access.forget(home(), ground.now())).toEqual([team.id]);
      expect(await rows()).toEqual([]);
    });

    it("leaves a new installation alone when the old one's event comes late", async () => {
      const bot = await ground.start();
      await bot.install(team);
      team.uninstall();
      const uninstalledAt = ground.now();
      await bot.install(team);
      const before = await token(await bot.access.of(team.id));
      expect(await bot.access.forget(home(), uninstalledAt)).toEqual([]);
      ground.pass(HOUR_MS);
      await bot.install(team);
      const calls = ground.slack.calls.length;
      expect(await bot.access.forget(home(), uninstalledAt)).toEqual([]);
      expect(ground.slack.calls.length).toBe(calls);
      expect(await token(await bot.access.of(team.id))).toBe(before);
    });

    it("lets the event come again when it cannot be decided", async () => {
      const bot = await ground.start();
      await bot.install(team);
      team.uninstall();
      ground.slack.faults.call("auth.test", { kind: "status", status: 500 });
      await expect(bot.access.forget(home(), ground.now())).rejects.toMatchObject({ kind: "unavailable" });
      expect(await bot.access.forget(home(), ground.now())).toEqual([team.id]);
    });

    it("purges what it cannot read", async () => {
      await (await ground.start({ keys: [newKey()] })).install(team);
      const bot = await ground.start();
      expect(await bot.access.forget(home(), ground.now())).toEqual([team.id]);
      expect(await rows()).toEqual([]);
    });

    it("notices in another process when Slack refuses the token, or soon", async () => {
      const [bot, other] = [await ground.start(), await ground.start()];
      await bot.install(team);
      const known = await other.access.of(team.id);
      const idle = await ground.start();
      await idle.access.of(team.id);
      team.uninstall();
      await bot.access.forget(home(), ground.now());
      await expect(known.client.auth.test()).rejects.toThrow();
      await expect(other.access.of(team.id)).rejects.toMatchObject({ kind: "gone" });
      ground.pass(10_000);
      await expect(idle.access.of(team.id)).rejects.toMatchObject({ kind: "gone" });
    });
  });
});
