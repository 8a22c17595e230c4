import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { filesOf } from "../../../adapters/ai-sdk/files-of.ts";
import { requestOf } from "../../contracts/image-model-bench.ts";

const blank = sharp({ create: { width: 2, height: 2, channels: 3, background: "#fff" } });

describe("filesOf", () => {
  it("is undefined without pictures: some models then ask another address", () => {
    expect(filesOf(requestOf())).toBeUndefined();
  });

  it("puts the guide first, then the others in their order, each with its type", async () => {
    const [webp, png, jpeg] = await Promise.all([
      blank.clone().webp().toBuffer(),
      blank.clone().png().toBuffer(),
      blank.clone().jpeg().toBuffer(),
    ]);
    const references = [{ bytes: png }, { bytes: jpeg }];
    const all = filesOf(requestOf({ guide: { bytes: webp, strength: 0.85 }, references }));
    expect(all).toEqual([
      { type: "file", mediaType: "image/webp", data: webp },
      { type: "file", mediaType: "image/png", data: png },
      { type: "file", mediaType: "image/jpeg", data: jpeg },
    ]);
    expect(filesOf(requestOf({ references }))).toEqual(all?.slice(1));
  });
});
