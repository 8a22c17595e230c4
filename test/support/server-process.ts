import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";

/** A server of our own, for the tests of one run. */
export interface Service {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Says what to do without a server that the tests want: skip its suites, or stop where everything has to run.
 *
 * @throws Error when `CI` is `true` or `TEST_SERVICES` is `required`.
 */
export function reportMissing(what: string): undefined {
  const { CI, TEST_SERVICES } = process.env;
  if (CI === "true" || TEST_SERVICES === "required") throw new Error(`${what} is not installed`);
  console.warn(`${what} is not installed: its suites are skipped`);
  return undefined;
}

/** The directory of a program, out of `places` and then `PATH`. */
export function findProgram(program: string, places: readonly string[]): string | undefined {
  const path = (process.env.PATH ?? "").split(delimiter);
  return [...places, ...path].find((place) => {
    try {
      accessSync(join(place, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A port of the loopback interface that nobody used a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** Starts a server and waits until it says that it is ready. */
export async function startServer(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { readonly ready: RegExp },
): Promise<ChildProcess> {
  const server = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  // A run that ends without stopping it does not leave it behind.
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  server.once("exit", () => process.off("exit", kill));
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`${command} did not start:\n${said.join("\n")}`)));
    for (const stream of [server.stdout, server.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        if (options.ready.test(line)) resolve();
      });
    }
  });
  return server;
}

export async function stopServer(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, "exit");
  server.kill(signal);
  await exited;
}
