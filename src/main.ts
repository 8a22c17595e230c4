import { openAdapters } from "./compose.ts";
import { type Config, readConfig } from "./config.ts";
import { createProgram, type Program } from "./program.ts";

/** How the process can end; the numbers of sysexits.h, which service managers know. */
const EXIT = { ok: 0, unavailable: 69, software: 70, config: 78 } as const;

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

const TRY_THIS = "/draft a glass bottle refracting afternoon sun on a limestone table";

await main();

async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (read.status === "bad") {
    console.error(`Draftroom cannot start:\n${read.problems.map((problem) => `  - ${problem}`).join("\n")}`);
    process.exit(EXIT.config);
  }
  const { config, hints } = read;
  for (const hint of hints) console.error(hint);
  process.on("uncaughtException", (error) => {
    console.error("Draftroom stopped on an error it did not expect:", error);
    process.exit(EXIT.software);
  });
  // Until it has begun there is nothing to end: it may be waiting for Slack.
  const leave = () => process.exit(EXIT.ok);
  for (const signal of SIGNALS) process.once(signal, leave);
  const { program, places } = await start(config);
  for (const signal of SIGNALS) process.off(signal, leave).once(signal, () => void stop(program, config));
  console.log(places.length > 0 ? welcome(places) : "Draftroom is making images. Stop it with Ctrl+C.");
}

async function start(config: Config): Promise<{ program: Program; places: readonly string[] }> {
  let opened = false;
  try {
    const adapters = await openAdapters(config);
    opened = true;
    const program = createProgram(config, adapters);
    await program.start();
    return { program, places: adapters.platforms.map((platform) => platform.place()) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const lines = [
      `Draftroom cannot start: ${reason || "a database or queue does not answer"}`,
      ...whatToCheck(config, opened),
      "npm run doctor looks at everything that it stands on.",
    ];
    console.error(lines.join("\n"));
    process.exit(EXIT.unavailable);
  }
}

function welcome(places: readonly string[]): string {
  return [
    `Draftroom is ready: ${places.join(", ")}`,
    `Try this in a channel: ${TRY_THIS}`,
    "Stop it with Ctrl+C.",
  ].join("\n");
}

/** @param opened whether the data folder could be had: then it is not the reason. */
function whatToCheck({ databaseUrl, redisUrl, dataDir }: Config, opened: boolean): readonly string[] {
  const looked = [
    ...(databaseUrl ? ["that the server of DATABASE_URL runs and lets this user in"] : []),
    ...(redisUrl ? ["that the server of REDIS_URL runs"] : []),
    ...(opened ? [] : [`that ${dataDir} can be written and no other Draftroom uses it`]),
  ];
  return looked.length === 0 ? [] : [`Check ${looked.join(", ")}.`];
}

/** How long stopping may take beyond the work's own deadline, in milliseconds: a database may not answer. */
const GRACE_MS = 10_000;

async function stop(program: Program, config: Config): Promise<void> {
  setTimeout(() => {
    console.error("Draftroom did not stop in time. What it was doing is taken up at the next start.");
    process.exit(EXIT.software);
  }, config.stopMs + GRACE_MS);
  // A second signal ends the process at once, as people expect of a second Ctrl+C.
  for (const signal of SIGNALS) process.once(signal, () => process.exit(EXIT.software));
  try {
    await program.stop();
    process.exit(EXIT.ok);
  } catch (error) {
    console.error("Draftroom did not stop cleanly:", error);
    process.exit(EXIT.software);
  }
}
