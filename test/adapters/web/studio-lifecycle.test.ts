import { once } from "node:events";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { STUDIO_MIGRATIONS } from "../../../adapters/web/studio-migrations.ts";
import { raw } from "./raw-request.ts";
import { forgetMessages, openStudioDatabase, startStudio } from "./studio-setup.ts";

const hasLoopback6 = Object.values(networkInterfaces()).some((ones) =>
  ones?.some(({ address }) => address === "::1"),
);

describe("starting and stopping", () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await openStudioDatabase();
  });
  afterAll(() => pool.end());
  beforeEach(() => forgetMessages(pool));

  test("refuses to be open to other machines without a token", async () => {
    await expect(startStudio({ pool, host: "0.0.0.0" })).rejects.toThrow("it needs a token");
    const run = await startStudio({ pool, host: "0.0.0.0", token: "t" });
    expect(run.studio.url()).toMatch(/^http:\/\/localhost:\d+$/);
    const { port } = new URL(run.studio.url());
    const local = `http://127.0.0.1:${port}/api/session`;
    expect((await raw(local, { headers: { host: "192.168.1.20:8080" } })).status).toBe(401);
    expect((await raw(local, { headers: { host: "evil.example" } })).status).toBe(403);
    await run.stop();
  });

  test.skipIf(!hasLoopback6)("listens at an address in brackets", async () => {
    const run = await startStudio({ pool, host: "[::1]" });
    expect(run.studio.url()).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await run.client.session()).channels).toHaveLength(3);
    await run.stop();
  });

  test("takes a free port when its own is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const taken = (other.address() as { port: number }).port;
    const run = await startStudio({ pool, port: taken });
    expect(Number(new URL(run.studio.url()).port)).not.toBe(taken);
    expect((await run.client.session()).channels).toHaveLength(3);
    await run.stop();
    other.close();
  });

  test("history, reactions and whispers survive a restart, and the stream goes on", async () => {
    const before = await startStudio({ pool });
    const mia = before.client.as("mia");
    await mia.command("spring-launch", "/draft a fox");
    const grid = await mia.until((messages) => messages.find((one) => one.reactions.length === 6));
    await mia.react(grid.id, "n3");
    await mia.command("spring-launch", "/quota");
    const kept = await mia.messages({ channel: "spring-launch" });
    const { port } = new URL(before.studio.url());
    const watching = mia.until((messages) => messages.find((one) => one.author === "noor"));
    await before.stop();

    const after = await startStudio({ pool, port: Number(port) });
    expect(await after.client.as("mia").messages({ channel: "spring-launch" })).toEqual(kept);
    await after.client.as("noor").say("spring-launch", "welcome back");
    expect((await watching).author).toBe("noor");
    await after.client.as("ada").press(grid.id, "pick:1");
    expect(after.inbox.heard).toMatchObject([{ action: "pick:1" }]);
    await after.stop();
  });

  test("a stop waits for acts under way, takes no more, and ends the streams", async () => {
    const run = await startStudio({ pool });
    const url = run.studio.url();
    const { promise: recorded, resolve: record } = Promise.withResolvers<void>();
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    run.inbox.before = () => {
      arrive();
      return recorded;
    };
    const stream = await fetch(`${url}/api/stream?as=mia`);
    const acting = run.client.as("mia").command("spring-launch", "/quota");
    await arrived;
    const stopping = run.stop();
    await expect(run.client.as("mia").say("spring-launch", "too late")).rejects.toThrow(
      "503: The studio is restarting",
    );
    record();
    expect(await acting).toMatchObject({ kind: "message" });
    await stopping;
    expect(await stream.text()).toContain("event: ready");
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  test("the migrations are named for the studio, in order", async () => {
    const names = STUDIO_MIGRATIONS.map((one) => one.name);
    expect(names).toEqual([...names].sort());
    expect(names.every((name) => name.startsWith("studio-"))).toBe(true);
    const tables = await pool.query(
      "select table_name from information_schema.tables where table_schema = 'public'",
    );
    expect(tables.rows.length).toBe(6);
    expect(tables.rows.every((row) => row.table_name.startsWith("studio_"))).toBe(true);
  });
});
