import { createAiSdkModel } from "../adapters/ai-sdk/ai-sdk-model.ts";
import { google } from "../adapters/ai-sdk/google/google.ts";
import { createFileBlobs } from "../adapters/files/file-blobs.ts";
import { createPinoLog } from "../adapters/pino/pino-log.ts";
import { createDatabase } from "../adapters/postgres/database.ts";
import { createMakeImage } from "../src/assets/make-image.ts";
import { createFewAtOnce } from "../src/core/few-at-once.ts";
import type { AssetId } from "../src/core/ids.ts";
import type { Size, Tier } from "../src/core/recipe.ts";
import { Secret } from "../src/core/secret.ts";
import { createAskModel } from "../src/models/ask-model.ts";
import type { ImageModel } from "../src/ports/image-model.ts";
import { specOf } from "../test/support/models.ts";
import type { Ground } from "./ground.ts";

const PROMPT = "a glass bottle refracting afternoon sun on a limestone table";
const SIGNAL = new AbortController().signal;

export function openGoogle(url: URL): ImageModel {
  return createAiSdkModel({
    vendor: google,
    model: {
      id: "gemini-3-pro-image",
      editId: undefined,
      family: "gemini",
      key: new Secret("bench"),
      baseUrl: url,
      options: {},
      tokenPrices: { textIn: 2, imageIn: 2, textOut: 12, imageOut: 120 },
    },
    fetch,
  });
}

/** Makes images as workers do: asked, kept, inspected, cleaned, marked, recorded. Pictures go into `folder`. */
export function openMaking({ pool }: Ground, image: ImageModel, folder: string) {
  const parts = {
    database: createDatabase(pool),
    blobs: createFileBlobs(folder),
    log: createPinoLog("warn"),
    clock: () => new Date(),
    fewDecoded: createFewAtOnce(2),
  };
  const makeImage = createMakeImage({ ...parts, askModel: createAskModel(parts) });
  const limits = { atOnce: undefined, perMinute: undefined, timeoutMs: 600_000 };

  return async (id: string, tier: Tier, size: Size): Promise<void> => {
    const kind = tier === "draft" ? "take" : "final";
    const made = await makeImage(
      {
        model: { spec: specOf(tier, { limits, onAbort: "billed" }), image },
        wanted: { tier, prompt: PROMPT, seed: 7, aspect: "1:1", size, guide: undefined, references: [] },
        id: id as AssetId,
        kind,
        guide: undefined,
        references: [],
        hasNext: () => false,
        isWanted: async () => true,
      },
      { number: 1, isLast: true, signal: SIGNAL },
    );
    if (made.status === "failed") throw new Error(`no image: ${made.failure}`);
  };
}
