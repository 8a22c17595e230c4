import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  findFreePort,
  findProgram,
  reportMissing,
  type Service,
  startServer,
  stopServer,
} from "./server-process.ts";

/** Starts a private Redis, or takes the one of `TEST_REDIS_URL`; undefined when none is installed. */
export async function startRedis(): Promise<Service | undefined> {
  const given = process.env.TEST_REDIS_URL;
  if (given !== undefined && given !== "") return { url: given, stop: async () => {} };
  return startPrivateRedis([]);
}

/** @param settings more of the server's command line, such as `--cluster-enabled yes`. */
export async function startPrivateRedis(settings: readonly string[]): Promise<Service | undefined> {
  const programs = findProgram("redis-server", []);
  if (programs === undefined) return reportMissing("Redis");
  const dir = await mkdtemp(join(tmpdir(), "draftroom-redis-"));
  const port = await findFreePort();
  const args = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--dir",
    dir,
    "--appendonly",
    "yes",
    "--save",
    "",
  ];
  const server = await startServer(join(programs, "redis-server"), [...args, ...settings], {
    cwd: dir,
    ready: /Ready to accept connections/,
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      await stopServer(server, "SIGTERM");
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A prefix of keys that no other suite has, in the braces that Redis Cluster wants. */
export const freshPrefix = (): string => `{test-${randomBytes(6).toString("hex")}}`;
