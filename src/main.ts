import { openAdapters } from "./compose.ts";
import { type Config, readConfig } from "./config.ts";
import { createProgram, type Program } from "./program.ts";

/** How the process can end; the numbers of sysexits.h, which service managers know. */
const EXIT = { ok: 0, unavailable: 69, software: 70, config: 78 } as const;

const TRY_THIS = "/draft a glass bottle refracting afternoon sun on a limestone table";

await main();

async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (read.status === "bad") {
    console.error(`Draftroom cannot start:\n${read.problems.map((problem) => `  - ${problem}`).join("\n")}`);
    process.exit(EXIT.config);
  }
  const { config } = read;
  process.on("uncaughtException", (error) => {
    console.error("Draftroom stopped on an error it did not expect:", error);
    process.exit(EXIT.software);
  });
  const { program, places } = await start(config);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(program, config));
  console.log(
    places.length > 0 ? welcome(places, config) : "Draftroom is making images. Stop it with Ctrl+C.",
  );
}

async function start(config: Config): Promise<{ program: Program; places: readonly string[] }> {
  try {
    const adapters = await openAdapters(config);
    const program = createProgram(config, adapters);
    await program.start();
    return { program, places: adapters.platforms.map((platform) => platform.url()) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(
      `Draftroom cannot start: ${reason || "a database or queue does not answer"}\n${whatToCheck(config)}`,
    );
    process.exit(EXIT.unavailable);
  }
}

function welcome(places: readonly string[], config: Config): string {
  const token = config.studio.token ? "/?token=… (your DRAFTROOM_TOKEN)" : "";
  return [
    `Draftroom is ready: ${places.map((place) => `${place}${token}`).join(", ")}`,
    `Try this: ${TRY_THIS}`,
    "Stop it with Ctrl+C.",
  ].join("\n");
}

function whatToCheck(config: Config): string {
  const looked = [
    config.databaseUrl ? "that the server of DATABASE_URL runs and lets this user in" : undefined,
    config.redisUrl ? "that the server of REDIS_URL runs" : undefined,
    `that ${config.dataDir} can be written and no other Draftroom uses it`,
  ].filter((each) => each !== undefined);
  return `Check ${looked.join(", ")}.`;
}

/** How long stopping may take beyond the work's own deadline, in milliseconds: a database may not answer. */
const GRACE_MS = 10_000;

async function stop(program: Program, config: Config): Promise<void> {
  setTimeout(() => {
    console.error("Draftroom did not stop in time. What it was doing is taken up at the next start.");
    process.exit(EXIT.software);
  }, config.stopMs + GRACE_MS);
  // A second signal ends the process at once, as people expect of a second Ctrl+C.
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => process.exit(EXIT.software));
  try {
    await program.stop();
    process.exit(EXIT.ok);
  } catch (error) {
    console.error("Draftroom did not stop cleanly:", error);
    process.exit(EXIT.software);
  }
}
