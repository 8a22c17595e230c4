import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import {
  findFreePort,
  findProgram,
  reportMissing,
  type Service,
  startServer,
  stopServer,
} from "./server-process.ts";

/** Starts a private PostgreSQL, or takes the one of `TEST_POSTGRES_URL`; undefined when none is installed. */
export async function startPostgres(): Promise<Service | undefined> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given !== undefined && given !== "") return { url: given, stop: async () => {} };
  const programs = findProgram("initdb", await debianPrograms());
  if (programs === undefined) return reportMissing("PostgreSQL");

  const dir = await mkdtemp(join(tmpdir(), "draftroom-postgres-"));
  const owner = await chooseOwner();
  if (owner !== undefined) await chown(dir, owner.uid, owner.gid);
  const run = { ...owner, cwd: dir, env: { PATH: process.env.PATH, LC_ALL: "C" } };
  const data = join(dir, "data");
  await promisify(execFile)(
    join(programs, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    run,
  );
  const port = await findFreePort();
  const settings = [
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${dir}`,
    "fsync=on",
    "max_connections=300",
  ];
  const server = await startServer(
    join(programs, "postgres"),
    ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    { ...run, ready: /ready to accept connections/ },
  );
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      // SIGINT is its fast shutdown: it does not wait for clients.
      await stopServer(server, "SIGINT");
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Makes an empty database on a server and answers its URL. */
export async function freshDatabase(url: string): Promise<string> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const fresh = new URL(url);
  fresh.pathname = `/${name}`;
  return fresh.href;
}

/** Debian keeps the programs of each version apart; the newest first. */
async function debianPrograms(): Promise<readonly string[]> {
  const root = "/usr/lib/postgresql";
  const versions = await readdir(root).catch(() => []);
  return versions
    .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
    .map((version) => join(root, version, "bin"));
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root. */
async function chooseOwner(): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string) => Number((await promisify(execFile)("id", [flag, "postgres"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}
