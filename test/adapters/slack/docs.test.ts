import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createAppUrl, type Manifest } from "../../../adapters/slack/manifest.ts";
import { SCOPES } from "../../../adapters/slack/scopes.ts";
import { ROOT } from "../../support/source-tree.ts";

const read = (path: string) => readFile(join(ROOT, path), "utf8");

describe("docs/slack.md", () => {
  it("has the link that fills in Slack's form", async () => {
    const links = [...(await read("docs/slack.md")).matchAll(/\]\((https:\S+manifest_json=\S+)\)/g)];
    const manifest: Manifest = JSON.parse(await read("adapters/slack/manifest.json"));
    expect(links.map(([, link]) => link)).toEqual([createAppUrl(manifest)]);
  });

  it("has every scope with what it is for, in the code's words", async () => {
    const [, table = ""] = (await read("docs/slack.md")).split("<!-- scopes:");
    const rows = [...table.matchAll(/^\| `([a-z_.:]+)` \| (optional)? ?\| (.*) \|$/gm)];
    expect(
      rows.map(([, name, optional, reason]) => ({ name, reason, optional: optional !== undefined })),
    ).toEqual(SCOPES);
  });
});
