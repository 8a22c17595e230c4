import { createAiSdkModel } from "../../../../adapters/ai-sdk/ai-sdk-model.ts";
import { google } from "../../../../adapters/ai-sdk/google/google.ts";
import type { HostedModel } from "../../../../adapters/ai-sdk/vendor.ts";
import { Secret } from "../../../../src/core/secret.ts";
import { ModelError, type ModelImage } from "../../../../src/ports/image-model.ts";
import { callOf, requestOf } from "../../../contracts/image-model-bench.ts";

const HOSTED: HostedModel = {
  id: "gemini-nano-banana-2.1",
  editId: undefined,
  family: "gemini",
  key: new Secret("AIza-of-nobody"),
  baseUrl: undefined,
  options: {},
  tokenPrices: { textIn: 2, imageIn: 3, textOut: 12, imageOut: 120 },
};

export interface Google {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  readonly changes?: Partial<HostedModel>;
}

/** What comes of an answer that Google gives: through the real package, at Google's own address. */
export async function hear({ status = 200, body, headers = {}, changes }: Google): Promise<Heard> {
  const asked: string[] = [];
  const fetch = async (input: string | URL | Request) => {
    asked.push(`${input}`);
    if (asked.length > 3) throw new Error("asked again and again");
    return Response.json(body, { status, headers });
  };
  const model = createAiSdkModel({ vendor: google, model: { ...HOSTED, ...changes }, fetch });
  const ending = await model.generate(requestOf(), callOf()).catch((error: unknown) => error);
  return { ending: ending as ModelImage | ModelError, asked };
}

export interface Heard {
  readonly ending: ModelImage | ModelError;
  readonly asked: readonly string[];
}

export async function hearImage(heard: Google): Promise<ModelImage> {
  const { ending } = await hear(heard);
  if (ending instanceof Error) throw ending;
  return ending;
}

export async function hearFailure(heard: Google): Promise<ModelError> {
  const { ending } = await hear(heard);
  if (!(ending instanceof ModelError)) throw new Error("not a failure of the model", { cause: ending });
  return ending;
}
