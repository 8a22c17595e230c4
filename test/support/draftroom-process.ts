import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Draftroom as people run it: a process of its own, spoken to from outside. */
export interface DraftroomProcess {
  /** Where its page is; empty for a worker. */
  readonly url: string;
  /** Every place where people find it, as it says itself. */
  readonly places: readonly string[];
  readonly child: ChildProcess;
  /** What it has logged so far, as JSON lines. */
  log(): string;
  /** Asks it to stop, and waits. Resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** How the process ended when it would not start. */
export class DidNotStart extends Error {
  override readonly name = "DidNotStart";
  readonly exitCode: number | null;
  readonly output: string;

  constructor(exitCode: number | null, output: string) {
    super(`Draftroom ended with ${exitCode} before it was ready:\n${output}`);
    this.exitCode = exitCode;
    this.output = output;
  }
}

/** As in `package.json`, and a quick compilation of the embedded database: these processes live for seconds. */
const FLAGS = ["--disable-warning=ExperimentalWarning", "--liftoff-only"];

/** What Node has compiled of the program, for the next start of it: a run of tests starts it hundreds of times. */
const COMPILED = join(tmpdir(), "draftroom-compiled");

const MAIN = new URL("../../src/main.ts", import.meta.url).pathname;

/**
 * Starts the program (or another main file that prints the same lines) on a free port.
 *
 * @throws DidNotStart
 */
export async function startDraftroom(
  env: Readonly<Record<string, string>>,
  main: string = MAIN,
): Promise<DraftroomProcess> {
  const child = spawn(process.execPath, [...FLAGS, main], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      NODE_COMPILE_CACHE: COMPILED,
      DRAFTROOM_PORT: "0",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A run of tests that is cut short leaves nobody behind.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  let errors = "";
  child.stderr.on("data", (bytes: Buffer) => {
    errors += bytes.toString();
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const lines: string[] = [];
  const ready = new Promise<readonly string[]>((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      const found = /^Draftroom is (?:ready: (.*)|making images.*)$/.exec(line);
      if (found) resolve(found[1]?.split(", ") ?? []);
    });
  });
  const places = await Promise.race([
    ready,
    ended.then((code) => {
      throw new DidNotStart(code, `${lines.join("\n")}\n${errors}`);
    }),
  ]);
  const signal = (name: NodeJS.Signals) => {
    child.kill(name);
    return ended;
  };
  return {
    url: places[0]?.replace(/\/\?.*$/, "") ?? "",
    places,
    child,
    log: () => errors,
    stop: () => signal("SIGTERM"),
    kill: async () => void (await signal("SIGKILL")),
  };
}
