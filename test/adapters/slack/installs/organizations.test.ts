import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenDatabase } from "../../../support/open-databases.ts";
import { onEachDatabase } from "../../../support/open-databases.ts";
import { HOUR_MS, type InstallGround, openInstallGround } from "./installs-bench.ts";

onEachDatabase((name: string, open: OpenDatabase) => {
  let ground: InstallGround;

  beforeEach(async () => {
    ground = await openInstallGround((await open()).pool);
  });
  afterEach(async () => {
    expect(ground.slack.problems).toEqual([]);
    await ground.stop();
  });

  const home = (at: { id: string; enterprise: string | undefined }) => ({
    team: at.id,
    enterprise: at.enterprise,
  });

  describe(`organizations, on ${name}`, () => {
    it("serves the workspaces that events have told of, as the workspace", async () => {
      const bot = await ground.start();
      const enterprise = ground.slack.addEnterprise("Studio Group");
      const [north, south] = [enterprise.addWorkspace(), enterprise.addWorkspace()];
      const page = await bot.install(north, { wholeOrganisation: true });
      expect(page.html).toContain("Draftroom is in Studio Group");
      expect(page.html).toContain(`https://app.slack.com/manage/${enterprise.id}/integrations`);
      expect(bot.installed).toEqual([]);
      await expect(bot.access.of(south.id)).rejects.toMatchObject({ kind: "gone" });

      const other = await ground.start();
      await other.access.learn(south.id, enterprise.id);
      const access = await bot.access.of(south.id);
      expect(access).toMatchObject({ team: south.id, enterprise: enterprise.id });
      const group = south.addGroup("directors", []);
      await access.client.usergroups.users.list({ usergroup: group.id });
      expect(ground.slack.calls.at(-1)).toMatchObject({ team: south.id, args: { team_id: south.id } });
      expect(await bot.access.teams()).toEqual([south.id]);
      await bot.install(north, { wholeOrganisation: true });
      expect(bot.installed).toEqual([south.id]);
    });

    it("prefers a workspace's own installation", async () => {
      const bot = await ground.start();
      const enterprise = ground.slack.addEnterprise();
      const north = enterprise.addWorkspace();
      await bot.install(north, { wholeOrganisation: true });
      await bot.access.learn(north.id, enterprise.id);
      const shared = (await bot.access.of(north.id)).client.token;
      await bot.install(north);
      expect((await bot.access.of(north.id)).client.token).not.toBe(shared);
      expect(await bot.access.teams()).toEqual([north.id]);
    });

    it("goes as a whole, but not because one workspace went", async () => {
      const bot = await ground.start();
      const enterprise = ground.slack.addEnterprise();
      const [north, south] = [enterprise.addWorkspace(), enterprise.addWorkspace()];
      await bot.install(north, { wholeOrganisation: true });
      await bot.access.learn(south.id, enterprise.id);
      ground.pass(HOUR_MS);
      expect(await bot.access.forget(home(north), ground.now())).toEqual([]);
      expect((await bot.access.of(north.id)).team).toBe(north.id);

      await bot.access.learn(north.id, undefined);
      await expect(bot.access.of(north.id)).rejects.toMatchObject({ kind: "gone" });
      await bot.access.learn(north.id, enterprise.id);

      const whole = { team: enterprise.id, enterprise: enterprise.id };
      const left = await bot.access.forget(whole, ground.now());
      expect(left).toEqual([north.id, south.id].sort());
      expect(await bot.access.forget({ ...whole, team: undefined }, ground.now())).toEqual(left);
      expect(await bot.access.teams()).toEqual([]);
    });

    it("is judged by Slack when an event names one of its workspaces", async () => {
      const bot = await ground.start();
      const enterprise = ground.slack.addEnterprise();
      const north = enterprise.addWorkspace();
      await bot.install(north, { wholeOrganisation: true });
      ground.pass(HOUR_MS);
      ground.slack.faults.call("auth.test", { kind: "error", error: "account_inactive" });
      expect(await bot.access.forget(home(north), ground.now())).toEqual([north.id]);
      await expect(bot.access.of(north.id)).rejects.toMatchObject({ kind: "gone" });
    });
  });
});
