import { describe, expect, it } from "vitest";
import { type Exchange, tap } from "../../../adapters/ai-sdk/wire.ts";

const URL_ASKED = "https://api.example/v1/images?size=1K";

function tapped(answer: () => Response | Promise<Response>, onExchange: (each: Exchange) => void = () => {}) {
  return tap(async () => answer(), onExchange);
}

describe("tap", () => {
  it("notes what was asked and answered, and hands the answer on", async () => {
    const seen: Exchange[] = [];
    const { fetch, wire } = tapped(
      () => Response.json({ made: 1 }, { status: 201, headers: { "x-request-id": "r1" } }),
      (each) => seen.push(each),
    );
    const response = await fetch(URL_ASKED, { method: "POST", body: "{}" });
    expect([response.status, response.headers.get("x-request-id")]).toEqual([201, "r1"]);
    expect(await response.json()).toEqual({ made: 1 });
    expect(wire).toMatchObject({ asked: 1, refusal: undefined });
    expect(wire.exchanges).toEqual(seen);
    const [exchange] = wire.exchanges;
    expect(exchange).toMatchObject({ method: "POST", status: 201, json: { made: 1 } });
    expect(exchange?.url.href).toBe(URL_ASKED);
    expect(exchange?.headers.get("x-request-id")).toBe("r1");
  });

  it("takes a Request as well", async () => {
    const { fetch, wire } = tapped(() => Response.json({}));
    await fetch(new Request(URL_ASKED, { method: "DELETE" }));
    expect(wire.exchanges).toMatchObject([{ method: "DELETE" }]);
    expect(wire.exchanges[0]?.url.href).toBe(URL_ASKED);
  });

  it("lets what is no JSON pass as it is", async () => {
    const image = new Response(new Uint8Array([1, 2, 3]), { headers: { "content-type": "image/png" } });
    const { fetch, wire } = tapped(() => image);
    expect(await fetch(URL_ASKED)).toBe(image);
    expect(image.bodyUsed).toBe(false);
    expect(wire.exchanges).toMatchObject([{ method: "GET", json: undefined }]);
  });

  it("hands broken JSON on for the package to stumble over", async () => {
    const headers = { "content-type": "application/problem+json" };
    const { fetch, wire } = tapped(() => new Response('{"a":', { headers }));
    expect(await (await fetch(URL_ASKED)).text()).toBe('{"a":');
    expect(wire.exchanges).toMatchObject([{ json: undefined }]);
  });

  it("hands on an answer that must have no body", async () => {
    const headers = { "content-type": "application/json" };
    const { fetch } = tapped(() => new Response(null, { status: 204, headers }));
    expect((await fetch(URL_ASKED)).status).toBe(204);
  });

  it("tells of no packing that is undone already", async () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip", "content-length": "9" };
    const { fetch, wire } = tapped(() => new Response("{}", { headers }));
    const response = await fetch(URL_ASKED);
    expect([...response.headers.keys()]).toEqual(["content-type"]);
    expect(wire.exchanges[0]?.headers.get("content-length")).toBe("9");
  });

  it("counts what was asked and never answered", async () => {
    const { fetch, wire } = tapped(() => {
      throw new TypeError("fetch failed");
    });
    await expect(fetch(URL_ASKED)).rejects.toThrow("fetch failed");
    expect(wire).toMatchObject({ asked: 1, exchanges: [] });
  });

  it("counts an answer that ended too soon as none", async () => {
    const body = new ReadableStream({ pull: (to) => to.error(new TypeError("terminated")) });
    const { fetch, wire } = tapped(
      () => new Response(body, { headers: { "content-type": "application/json" } }),
    );
    await expect(fetch(URL_ASKED)).rejects.toThrow("terminated");
    expect(wire).toMatchObject({ asked: 1, exchanges: [] });
  });

  it("keeps what the first look has thrown, and throws it", async () => {
    const refusal = new Error("never ends");
    const { fetch, wire } = tapped(
      () => Response.json({ status: "moderated" }),
      () => {
        throw refusal;
      },
    );
    await expect(fetch(URL_ASKED)).rejects.toBe(refusal);
    expect(wire.refusal).toBe(refusal);
    expect(wire.exchanges).toHaveLength(1);
  });
});
