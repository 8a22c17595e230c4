import { execFile } from "node:child_process";
import { promisify } from "node:util";
import sharp from "sharp";
import { dimensionsOf } from "../src/core/recipe.ts";
import { openServer, withFolder } from "./ground.ts";
import { atMost, type Bench, type Line } from "./line.ts";
import { openGoogle, openMaking } from "./make-with-google.ts";
import { timePairs } from "./measure.ts";
import { photoLike } from "./photo-like.ts";
import { openReadyGoogle } from "./ready-google.ts";

const TAKES = 4;
const PAIRS = 7;
const FINALS = 16;
const GIB = 2 ** 30;
const MEMORY_BOUND_GIB = 1.5;

/** What Draftroom adds to a provider that answers at once, and how much memory many large finals take. */
export const modelsBench: Bench = {
  name: "models",
  async *run() {
    yield* await measureTakes();
    yield await measureFinals();
  },
};

/** Four takes of 1024² PNG at the same time, against bare `fetch` and a decoding of the same bytes. */
async function measureTakes(): Promise<readonly Line[]> {
  const ground = await openServer();
  if (ground === undefined) return [{ name: "models: four takes", missing: "PostgreSQL is not installed" }];
  const provider = await openReadyGoogle(await (await photoLike(1, 1024)).png().toBuffer());
  try {
    return await withFolder(async (folder) => {
      const image = openGoogle(provider.url);
      const make = openMaking(ground, image, folder);
      let made = 0;
      const four = (work: () => Promise<unknown>) => () => Promise.all(Array.from({ length: TAKES }, work));
      const bare = four(() => fetchBare(provider.url));
      const asked = await timePairs(
        PAIRS,
        four(() => ask(image)),
        bare,
      );
      const kept = await timePairs(
        PAIRS,
        four(() => make(`take${++made}`, "draft", "1K")),
        bare,
      );
      const detail = ({ oursMs, floorMs }: typeof asked) =>
        `${oursMs.toFixed(0)} ms against ${floorMs.toFixed(0)} ms`;
      return [
        { name: "models: 4 takes asked for", ratio: asked.ratio, bound: undefined, detail: detail(asked) },
        {
          name: "models: … kept, inspected, cleaned, marked",
          ratio: kept.ratio,
          bound: undefined,
          detail: detail(kept),
        },
      ];
    });
  } finally {
    await provider.close();
    await ground.close();
  }
}

function ask(image: ReturnType<typeof openGoogle>): Promise<unknown> {
  const request = {
    tier: "draft",
    prompt: "a fox",
    seed: 7,
    aspect: "1:1",
    size: "1K",
    dimensions: dimensionsOf("1:1", "1K"),
    guide: undefined,
    references: [],
  } as const;
  return image.generate(request, { signal: new AbortController().signal, idempotencyKey: "bench" });
}

interface BareAnswer {
  readonly candidates: readonly {
    readonly content: { readonly parts: readonly { readonly inlineData: { readonly data: string } }[] };
  }[];
}

async function fetchBare(url: URL): Promise<void> {
  const body = JSON.stringify({ contents: [{ role: "user", parts: [{ text: "a fox" }] }] });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/models/bench:generateContent`, { method: "POST", headers, body });
  const answer = (await response.json()) as BareAnswer;
  const data = answer.candidates[0]?.content.parts[0]?.inlineData.data ?? "";
  await sharp(Buffer.from(data, "base64")).raw().toBuffer();
}

/** The most memory of a process that makes 16 finals in 4K at the same time; the provider is another process. */
async function measureFinals(): Promise<Line> {
  const name = `models: memory of ${FINALS} finals in 4K, in GiB`;
  const provider = await openReadyGoogle(await (await photoLike(1, 4096)).png().toBuffer());
  try {
    const child = new URL("many-finals.child.ts", import.meta.url).pathname;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [child, provider.url.href, `${FINALS}`]);
    const gib = Number(stdout.trim()) / GIB;
    return { name, ratio: gib, bound: atMost(MEMORY_BOUND_GIB), detail: `${gib.toFixed(2)} GiB at most` };
  } finally {
    await provider.close();
  }
}
