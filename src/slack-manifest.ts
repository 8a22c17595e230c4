import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createAppUrl, createManifest } from "../adapters/slack/manifest.ts";
import { createCommandSpecs } from "../commands/command-specs.ts";
import { safeUrl } from "./settings/setting-kinds.ts";

// `npm run slack:manifest`: what Slack is to know of the app, to be pasted where an app is created or changed.

const USAGE = `npm run slack:manifest -- [--url https://bot.example.com] [--out file.json]

  --url   how Slack reaches Draftroom through HTTP; without it the manifest is for Socket Mode
  --out   a file to write; without it the manifest is printed (npm run -s … prints nothing else)`;

await main();

async function main(): Promise<void> {
  const asked = readArguments();
  if (asked.status === "bad") {
    console.error(`${asked.problem}\n\n${USAGE}`);
    process.exitCode = 1;
    return;
  }
  const manifest = createManifest({ commands: createCommandSpecs([]), publicUrl: asked.url });
  const json = `${JSON.stringify(manifest, null, 2)}\n`;
  if (asked.out === undefined) process.stdout.write(json);
  else await writeFile(asked.out, json);
  // Not among what is piped elsewhere.
  console.error(`To create an app from it, open\n${createAppUrl(manifest)}`);
}

type Asked =
  | { readonly status: "ok"; readonly url: URL | undefined; readonly out: string | undefined }
  | { readonly status: "bad"; readonly problem: string };

function readArguments(): Asked {
  try {
    const { values } = parseArgs({ options: { url: { type: "string" }, out: { type: "string" } } });
    const url = safeUrl().optional().safeParse(values.url);
    return url.success
      ? { status: "ok", url: url.data, out: values.out }
      : { status: "bad", problem: `--url ${url.error.issues[0]?.message}` };
  } catch (error) {
    return { status: "bad", problem: error instanceof Error ? error.message : String(error) };
  }
}
