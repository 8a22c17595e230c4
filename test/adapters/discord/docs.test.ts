import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { INVITE_PERMISSIONS, inviteUrl, NEEDED } from "../../../adapters/discord/permissions.ts";
import { createDraftSpec } from "../../../commands/draft.ts";
import { ROOT } from "../../support/source-tree.ts";

describe("docs/discord.md", () => {
  const page = readFile(join(ROOT, "docs/discord.md"), "utf8");

  it("has the link that invites the bot", async () => {
    expect(await page).toContain(`\n${inviteUrl("YOUR_APPLICATION_ID")}\n`);
  });

  it("has every permission with its bit and what it is for, which together are the link's", async () => {
    const [, table = ""] = (await page).split("<!-- permissions:");
    const rows = [...table.matchAll(/^\| ([A-Z][A-Za-z ]+) \| (\d+) \| (.*) \|$/gm)];
    expect(rows.map(([, name, bit, reason]) => [name, bit, reason])).toEqual(
      NEEDED.map(({ name, bit, reason }) => [name, `${bit}`, reason]),
    );
    expect(rows.reduce((sum, [, , bit = ""]) => sum + BigInt(bit), 0n)).toBe(INVITE_PERMISSIONS);
  });

  it("has the options of /draft", async () => {
    for (const { name } of createDraftSpec([]).options) expect(await page).toContain(`\`${name}\``);
  });
});
