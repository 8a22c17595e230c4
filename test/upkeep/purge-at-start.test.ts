import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openAdapters } from "../../src/compose.ts";
import { readConfig } from "../../src/config.ts";
import { credits } from "../../src/core/credits.ts";
import { type ChannelRef, workspaceOf } from "../../src/core/ids.ts";
import { createProgram } from "../../src/program.ts";
import { HOUR_MS } from "../support/fresh.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "draftroom-purge-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("what is due is taken away at the start: a process may not live for an hour", async () => {
  const read = readConfig({ DRAFTROOM_DATA_DIR: folder, DRAFTROOM_PORT: "0", DRAFTROOM_LOG_LEVEL: "silent" });
  if (read.status === "bad") throw new Error(read.problems.join("\n"));
  const adapters = await openAdapters(read.config);
  const { channels, departures } = adapters.database.records;
  const channel = "slack:T1:C1" as ChannelRef;
  const longAgo = new Date(Date.now() - (read.config.retentionDays + 1) * 24 * HOUR_MS);
  await channels.open(channel, credits(5), longAgo);
  await departures.left(workspaceOf(channel), longAgo);
  const program = createProgram(read.config, adapters);
  await program.start();
  await expect.poll(() => channels.find(channel), { timeout: 60_000 }).toBeUndefined();
  await program.stop();
});
