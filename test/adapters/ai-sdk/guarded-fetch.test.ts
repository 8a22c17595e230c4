import type { RequestListener } from "node:http";
import { pipeline } from "node:stream/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { REDIRECTS_MAX } from "../../../adapters/ai-sdk/guarded-fetch.ts";
import { openSmallInternet, PUBLIC, type SmallInternet } from "./small-internet.ts";

const CREDENTIALS = { authorization: "Key s3cret", "x-key": "s3cret", "x-goog-api-key": "s3cret" };

let net: SmallInternet;
beforeEach(async () => {
  net = await openSmallInternet();
});
afterEach(() => net.close());

describe("asks", () => {
  it("the base URL's origin as it is, wherever that is", async () => {
    const fetch = net.guarded({ baseUrl: net.url, lookup: () => expect.unreachable() });
    const response = await fetch(`${net.url}v1/run?x=1`, { headers: CREDENTIALS });
    expect(await response.text()).toBe("a picture");
    expect(net.asked).toMatchObject([{ at: "itself /v1/run?x=1", headers: CREDENTIALS }]);
  });

  it("the hosts it is given, and those below them", async () => {
    for (const host of ["pictures.example", "eu.cdn.pictures.example"]) {
      const response = await net.guarded()(new URL(`https://${host}/1.png`));
      expect(await response.text()).toBe("a picture");
    }
    expect(net.asked.map((each) => each.at)).toEqual([
      "pictures.example /1.png",
      "eu.cdn.pictures.example /1.png",
    ]);
    expect(net.lookedUp).toEqual(["pictures.example", "eu.cdn.pictures.example"]);
  });

  it("with a Request as with an address", async () => {
    const body = JSON.stringify({ prompt: "a cat" });
    net.answer = (request, response) => void pipeline(request, response);
    const request = new Request("https://api.vendor.example/v1", {
      method: "POST",
      headers: CREDENTIALS,
      body,
    });
    expect(await (await net.guarded()(request)).text()).toBe(body);
    expect(net.asked).toMatchObject([{ at: "api.vendor.example /v1", headers: CREDENTIALS }]);
  });

  it("and hands on what was answered, with its status and headers", async () => {
    net.answer = (_, response) => response.writeHead(402, { "retry-after": "7" }).end('{"detail":1}');
    const response = await net.guarded()("https://api.vendor.example/v1");
    expect([response.status, response.headers.get("retry-after")]).toEqual([402, "7"]);
    expect(await response.json()).toEqual({ detail: 1 });
    net.answer = (_, response) => response.writeHead(204).end();
    expect((await net.guarded()("https://api.vendor.example/v1")).status).toBe(204);
  });
});

describe("credentials", () => {
  it("go to hosts of the API's own domain", async () => {
    const fetch = net.guarded({ hosts: ["vendor.example"] });
    await fetch("https://api.eu1.vendor.example/poll", { headers: CREDENTIALS });
    expect(net.asked).toMatchObject([{ at: "api.eu1.vendor.example /poll", headers: CREDENTIALS }]);
  });

  it("go to where else the API has parts, and no further", async () => {
    const fetch = net.guarded({ apiHosts: ["api.vendor.test"] });
    await fetch("https://api.vendor.test/models", { headers: CREDENTIALS });
    expect(net.asked).toMatchObject([{ at: "api.vendor.test /models", headers: CREDENTIALS }]);
    const beside = await failureOf(fetch("https://www.vendor.test/", { headers: CREDENTIALS }));
    expect(beside.message).toContain("www.vendor.test is not the provider's");
  });

  it("go to no other host, nor does any header that could hold some", async () => {
    const headers = { ...CREDENTIALS, cookie: "a=s3cret", "x-custom": "s3cret", accept: "image/*" };
    await net.guarded()("https://pictures.example/1.png", { headers });
    expect(net.asked).toMatchObject([{ at: "pictures.example /1.png", headers: { accept: "image/*" } }]);
    expect(JSON.stringify(net.asked)).not.toContain("s3cret");
  });

  it("stay behind in a redirect, and do not come back with the next", async () => {
    net.answer = redirects({
      "/1": "https://pictures.example/2",
      "/2": "https://api.vendor.example/3",
    });
    await net.guarded()("https://api.vendor.example/1", { headers: CREDENTIALS });
    expect(net.asked.map((each) => each.at)).toEqual([
      "api.vendor.example /1",
      "pictures.example /2",
      "api.vendor.example /3",
    ]);
    expect(net.asked.map(({ headers }) => headers["x-key"])).toEqual(["s3cret", undefined, undefined]);
  });
});

describe("refuses, asking nobody,", () => {
  it.each([
    ["another host", "https://evil.example/?q=hush", "evil.example is not the provider's"],
    ["one that ends alike", "https://evilpictures.example/", "not the provider's"],
    ["one that begins alike", "https://pictures.example.evil.example/", "not the provider's"],
    ["one above", "https://example/", "not the provider's"],
    ["one beside the API", "https://other.vendor.example/", "not the provider's"],
    ["an address", "https://93.184.216.34/", "not the provider's"],
    ["an address of this machine", "http://127.0.0.1:6379/", "not the provider's"],
    ["one in other words", "http://2130706433/", "127.0.0.1 is not the provider's"],
    ["IPv6", "http://[::1]/", "not the provider's"],
    ["IPv4 in IPv6", "http://[::ffff:127.0.0.1]/", "not the provider's"],
    ["a file", "file:///etc/passwd", "not the provider's"],
    ["its own content", "data:text/plain,hush", "not the provider's"],
    ["HTTP", "http://pictures.example/1.png?q=hush", "not through HTTPS"],
    ["the API through HTTP", "http://api.vendor.example/v1", "not the provider's"],
    ["another port", "https://pictures.example:6379/", "not through HTTPS"],
    ["a name and a password", "https://user:hush@pictures.example/", "with a user's name"],
    ["a name at the API", "https://hush@api.vendor.example/", "with a user's name"],
  ])("%s", async (_, url, why) => {
    const error = await failureOf(net.guarded()(url, { headers: CREDENTIALS }));
    expect(error).toMatchObject({
      name: "ModelError",
      kind: "no_image",
      retryable: false,
      billed: "unknown",
    });
    expect(error.message).toContain(why);
    expect(`${error.message} ${error.stack}`).not.toContain("hush");
    expect([net.asked, net.lookedUp]).toEqual([[], []]);
  });

  it.each(["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])(
    "a host whose address is %s, though another is public",
    async (address) => {
      const family = address.includes(":") ? 6 : 4;
      const fetch = net.guarded({ lookup: async () => [...PUBLIC, { address, family }] });
      const error = await failureOf(fetch("https://pictures.example/1.png?q=hush"));
      expect(error.message).toBe("not fetched: pictures.example is not on the public Internet");
      expect(net.asked).toEqual([]);
    },
  );

  it("a host without any address, or whose name nobody knows", async () => {
    expect(
      await failureOf(net.guarded({ lookup: async () => [] })("https://pictures.example/")),
    ).toMatchObject({
      name: "ModelError",
    });
    const unknown = Object.assign(new Error("queryA ENOTFOUND"), { code: "ENOTFOUND" });
    const lost = net.guarded({ lookup: () => Promise.reject(unknown) });
    expect(await failureOf(lost("https://pictures.example/"))).toBe(unknown);
    expect(net.asked).toEqual([]);
  });
});

describe("a redirect", () => {
  it.each([
    ["this machine", () => `${net.url}admin?q=hush`, "127.0.0.1 is not the provider's"],
    ["another host", () => "https://evil.example/?q=hush", "evil.example is not the provider's"],
    ["the same host through HTTP", () => "http://pictures.example/1.png?q=hush", "not through HTTPS"],
    ["nowhere", () => "https://:0/?q=hush", "a redirect to nowhere"],
  ])("to %s is not followed", async (_, to, why) => {
    net.answer = (_request, response) => response.writeHead(302, { location: to() }).end();
    const error = await failureOf(net.guarded()("https://pictures.example/1.png"));
    expect(error.message).toContain(why);
    expect(error.message).not.toContain("hush");
    expect(net.asked).toHaveLength(1);
  });

  it("to a host whose address is private is not followed", async () => {
    net.answer = redirects({ "/1": "https://rebound.pictures.example/2" });
    const lookup = async (host: string) =>
      host.startsWith("rebound") ? [{ address: "10.0.0.1", family: 4 }] : PUBLIC;
    const error = await failureOf(net.guarded({ lookup })("https://pictures.example/1"));
    expect(error.message).toContain("rebound.pictures.example is not on the public Internet");
    expect(net.asked).toHaveLength(1);
  });

  it("is followed to a good end, from where it stands", async () => {
    net.answer = redirects({ "/a/1": "../b/2", "/b/2": "//cdn.pictures.example/3" });
    const response = await net.guarded()("https://pictures.example/a/1", { redirect: "manual" });
    expect(await response.text()).toBe("/3");
    expect(net.asked.map((each) => each.at)).toEqual([
      "pictures.example /a/1",
      "pictures.example /b/2",
      "cdn.pictures.example /3",
    ]);
  });

  it("is followed so often, and no more", async () => {
    net.answer = (request, response) => response.writeHead(307, { location: `${request.url}1` }).end();
    const error = await failureOf(net.guarded()("https://pictures.example/"));
    expect(error.message).toContain(`more than ${REDIRECTS_MAX} redirects`);
    expect(net.asked).toHaveLength(REDIRECTS_MAX + 1);
  });

  it.each([301, 302, 303, 307, 308])(
    "of what was sent (%i) is not followed: it might be paid twice",
    async (status) => {
      net.answer = (_, response) => response.writeHead(status, { location: "/again" }).end();
      const sent = net.guarded()("https://api.vendor.example/v1", { method: "POST", body: "{}" });
      expect((await failureOf(sent)).message).toContain("a redirect of more than a GET");
      expect(net.asked).toHaveLength(1);
    },
  );

  it("is none without a place to go", async () => {
    net.answer = (_, response) => response.writeHead(304, { location: "/there" }).end();
    expect((await net.guarded()("https://api.vendor.example/v1")).status).toBe(304);
    net.answer = (_, response) => response.writeHead(302).end("where?");
    expect(await (await net.guarded()("https://api.vendor.example/v1")).text()).toBe("where?");
  });
});

/** Sends on by path; the others answer with theirs. */
function redirects(places: Readonly<Record<string, string>>): RequestListener {
  return ({ url = "" }, response) => {
    const location = places[url];
    if (location === undefined) response.end(url);
    else response.writeHead(302, { location }).end();
  };
}

async function failureOf(call: Promise<unknown>): Promise<Error> {
  const ending = await call.catch((error: unknown) => error);
  expect(ending).toBeInstanceOf(Error);
  return ending as Error;
}
