import type { ImageModelV4 } from "@ai-sdk/provider";
import type { HostedModel } from "./vendor.ts";

/** A model with two ids: calls with pictures go to its `editId`, when it has one. */
export function byFiles(model: HostedModel, open: (id: string) => ImageModelV4): ImageModelV4 {
  const plain = open(model.id);
  const edit = model.editId === undefined ? plain : open(model.editId);
  return {
    specificationVersion: "v4",
    provider: plain.provider,
    modelId: plain.modelId,
    maxImagesPerCall: 1,
    doGenerate: (call) => (call.files === undefined ? plain : edit).doGenerate(call),
  };
}
