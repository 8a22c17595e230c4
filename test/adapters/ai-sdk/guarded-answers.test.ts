import { pipeline } from "node:stream/promises";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ANSWER_BYTES_MAX } from "../../../adapters/ai-sdk/guarded-fetch.ts";
import { IMAGE_BYTES_MAX } from "../../../src/images/inspect-image.ts";
import { openSmallInternet, type SmallInternet } from "./small-internet.ts";

let net: SmallInternet;
beforeEach(async () => {
  net = await openSmallInternet();
});
afterEach(() => net.close());

describe("an answer", () => {
  const bytesMax = 100_000;

  it("is taken up to the limit, as it is", async () => {
    const body = Buffer.alloc(bytesMax, "ab");
    net.answer = (_, response) => response.end(body);
    const response = await net.guarded({ bytesMax })("https://pictures.example/1.png");
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
  });

  it("without an end is left", async () => {
    net.answer = (_, response) => void pipeline(endless(), response).catch(() => undefined);
    await expectTooLong();
  });

  it("that is too long by its own word is not read", async () => {
    net.answer = (_, response) => {
      response.writeHead(200, { "content-length": `${bytesMax + 1}` });
      response.write("and then nothing");
    };
    await expectTooLong();
  });

  it("that says it is shorter than it is, is as long as it said", async () => {
    net.answer = (_, response) => {
      response.strictContentLength = false;
      response.writeHead(200, { "content-length": "4" }).end("picture and a second answer");
    };
    const response = await net.guarded({ bytesMax })("https://pictures.example/1.png");
    expect(await response.text()).toBe("pict");
  });

  it("that says it is longer than it is, is lost", async () => {
    net.answer = (_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half a pict", () => response.destroy());
    };
    const error = await failureOf(net.guarded({ bytesMax })("https://pictures.example/1.png"));
    expect(error).toBeInstanceOf(TypeError);
  });

  it("that unpacks to more is left", async () => {
    const packed = gzipSync(Buffer.alloc(10 * bytesMax));
    expect(packed.byteLength).toBeLessThan(bytesMax / 10);
    net.answer = (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
    await expectTooLong();
  });

  it("that was packed is whole, and says no other length", async () => {
    net.answer = (_, response) => {
      const body = gzipSync("a picture");
      response.writeHead(200, { "content-encoding": "gzip", "content-length": body.byteLength }).end(body);
    };
    const response = await net.guarded()("https://pictures.example/1.png");
    expect(await response.text()).toBe("a picture");
    expect(response.headers.get("content-length")).toBeNull();
    expect(response.headers.get("content-encoding")).toBeNull();
  });

  it("may hold the largest image there may be, in base64", () => {
    expect(ANSWER_BYTES_MAX).toBeGreaterThan(Math.ceil(IMAGE_BYTES_MAX / 3) * 4);
  });

  async function expectTooLong(): Promise<void> {
    const error = await failureOf(net.guarded({ bytesMax })("https://pictures.example/1.png?q=hush"));
    expect(error.message).toBe(`not fetched: an answer of more than ${bytesMax} bytes`);
    expect(error).toMatchObject({ kind: "no_image", billed: "unknown" });
  }
});

describe("cut off", () => {
  const reason = new Error("never mind");

  it("it does not wait for a name to be looked up", async () => {
    const cutting = new AbortController();
    const fetch = net.guarded({
      lookup: () => {
        cutting.abort(reason);
        return new Promise(() => undefined);
      },
    });
    expect(await failureOf(fetch("https://pictures.example/", { signal: cutting.signal }))).toBe(reason);
    expect(net.asked).toEqual([]);
  });

  it("it does not wait for the rest of an answer", async () => {
    const cutting = new AbortController();
    net.answer = (_, response) => {
      response.write("half a pict");
      setImmediate(() => cutting.abort(reason));
    };
    const lost = net.guarded()("https://pictures.example/", { signal: cutting.signal });
    expect(await failureOf(lost)).toBe(reason);
  });
});

function* endless(): Generator<Buffer> {
  while (true) yield Buffer.alloc(10_000);
}

async function failureOf(call: Promise<unknown>): Promise<Error> {
  const ending = await call.catch((error: unknown) => error);
  expect(ending).toBeInstanceOf(Error);
  return ending as Error;
}
