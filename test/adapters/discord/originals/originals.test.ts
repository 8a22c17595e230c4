import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { text as readText } from "node:stream/consumers";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createLinkSigner } from "../../../../adapters/discord/originals/link-signer.ts";
import { createOriginals, type Originals } from "../../../../adapters/discord/originals/originals.ts";
import type { AssetId } from "../../../../src/core/ids.ts";
import { Secret } from "../../../../src/core/secret.ts";
import type { AssetFile, AssetReader } from "../../../../src/ports/assets.ts";
import type { Log } from "../../../../src/ports/log.ts";

const SECRET = new Secret("MTE4NTcwMDAw.abcdef.a-bot-token-that-nobody-knows");
const FINAL = "01JCXAMPLE0000000000000000" as AssetId;
const OTHER = "01JCXAMPLE0000000000000001" as AssetId;
const GONE = "01JCXAMPLE0000000000000002" as AssetId;
const ODD = "a/../b?c#d e%2f狐" as AssetId;
const BROKEN = "01JCXAMPLE0000000000000003" as AssetId;

const fileOf = (mime: AssetFile["mime"], words: string): AssetFile => ({
  mime,
  width: 1,
  height: 1,
  bytes: Buffer.from(words),
});
const FILES = new Map<AssetId, AssetFile>([
  [FINAL, fileOf("image/png", "the final")],
  [OTHER, fileOf("image/webp", "another")],
  [ODD, fileOf("image/jpeg", "an odd one")],
]);

/** Reads what is there, and fails where storage does. */
const assets: AssetReader = {
  async find(asset) {
    if (asset === BROKEN) throw new Error("the disk is gone");
    return FILES.get(asset);
  },
};

interface Served {
  readonly originals: Originals;
  readonly logged: string[];
  /** The answer to a link, or to a path of the server. */
  ask(at: string | URL | undefined, init?: RequestInit): Promise<Response>;
}

const started: Originals[] = [];
afterEach(async () => {
  for (const each of started.splice(0)) await each.stop();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function serve(base = "/", secret = SECRET): Promise<Served> {
  const port = await freePort();
  const publicUrl = new URL(base, `http://127.0.0.1:${port}`);
  const logged: string[] = [];
  const note = (event: string) => void logged.push(event);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const originals = createOriginals({ assets, secret, publicUrl, host: "127.0.0.1", port, log });
  await originals.start();
  started.push(originals);
  return { originals, logged, ask: (at = "", init = {}) => fetch(new URL(at, publicUrl), init) };
}

async function expectNothing(answer: Response): Promise<void> {
  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe("Not found");
  expect(answer.headers.get("cache-control")).toBe("no-store");
}

describe("a link to an original", () => {
  it("shows the picture, and tells browsers what it is", async () => {
    const { originals, ask } = await serve();
    const link = originals.linkTo(FINAL);
    expect(link?.pathname).toMatch(/^\/originals\/01JCXAMPLE0{16}\/[\w-]{43}\/original$/);
    const answer = await ask(link);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("the final");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": "9",
      "content-disposition": `inline; filename="draftroom-${FINAL}.png"`,
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex",
    });
    expect((await ask(link, { method: "HEAD" })).headers.get("content-length")).toBe("9");
  });

  it("is the same every time, and after a restart", async () => {
    const [one, other] = [await serve(), await serve()];
    expect(one.originals.linkTo(FINAL)?.pathname).toBe(other.originals.linkTo(FINAL)?.pathname);
    expect(one.originals.linkTo(OTHER)?.pathname).not.toBe(one.originals.linkTo(FINAL)?.pathname);
  });

  it.each(["/files/", "/a/b/"])("works under %s, whether or not a proxy leaves that out", async (base) => {
    const { originals, ask } = await serve(base);
    const link = originals.linkTo(FINAL);
    expect(link?.pathname.startsWith(`${base}originals/`)).toBe(true);
    expect(await (await ask(link)).text()).toBe("the final");
    const path = link?.pathname.slice(base.length - 1);
    expect(await (await ask(path)).text()).toBe("the final");
    expect(await (await ask(`${base}health`)).text()).toBe("ok");
    expect(await (await ask("/health")).text()).toBe("ok");
    await expectNothing(await ask(`/other${path}`));
  });

  it("carries any id of an asset", async () => {
    const { originals, ask } = await serve();
    const answer = await ask(originals.linkTo(ODD));
    expect(await answer.text()).toBe("an odd one");
    expect(answer.headers.get("content-disposition")).toBe('inline; filename="draftroom-abcde2f.jpg"');
  });

  it("is none where people have no way to it, and no port is taken", async () => {
    const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
    const port = await freePort();
    const parts = { assets, secret: SECRET, publicUrl: undefined, host: "127.0.0.1", port, log };
    const originals = createOriginals(parts);
    expect(originals.linkTo(FINAL)).toBeUndefined();
    await originals.start();
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
    await originals.stop();
  });

  it("says what to set when the port is taken", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
    const publicUrl = new URL("https://files.example/");
    const originals = createOriginals({ assets, secret: SECRET, publicUrl, host: "127.0.0.1", port, log });
    await expect(originals.start()).rejects.toThrow("DISCORD_FILES_PORT");
    await originals.stop();
    taken.close();
  });
});

describe("nothing else is shown", () => {
  it("with a signature that is forged, or of another asset", async () => {
    const { originals, ask } = await serve();
    const path = originals.linkTo(FINAL)?.pathname ?? "";
    const signature = path.split("/")[3] ?? "";
    const of = (asset: string, signed: string, name = "original") => `/originals/${asset}/${signed}/${name}`;
    const forged = [
      of(FINAL, "x".repeat(43)),
      of(FINAL, signature.slice(0, -1)),
      of(FINAL, `${signature}A`),
      of(FINAL, signature.toUpperCase()),
      of(FINAL, `${signature}%00`),
      of(FINAL, "%20"),
      of(FINAL, createHmac("sha256", SECRET.reveal()).update(FINAL).digest("base64url")),
      of(OTHER, signature),
      of(FINAL.toLowerCase(), signature),
      of(`${FINAL}%00`, signature),
      of(FINAL, signature, "other"),
      of(FINAL, signature, "original/more"),
      `/originals/${FINAL}/${signature}`,
      `/originals/${FINAL}/${signature}/`,
    ];
    expect(signature).toHaveLength(43);
    expect(forged).not.toContain(path);
    for (const each of forged) await expectNothing(await ask(each));
  });

  it("of an asset that is gone, with its right signature", async () => {
    const { originals, ask } = await serve();
    await expectNothing(await ask(originals.linkTo(GONE)));
  });

  it("to who knows another token's links", async () => {
    const { ask } = await serve();
    const other = await serve("/", new Secret("another token"));
    await expectNothing(await ask(other.originals.linkTo(FINAL)?.pathname));
  });

  it.each([
    "/",
    "/index.html",
    "/originals",
    "/originals/",
    `/originals/${FINAL}`,
    "/.env",
    "/data/images",
    "/health/x",
  ])("at %s", async (path) => {
    const { ask } = await serve();
    await expectNothing(await ask(path));
  });

  it.each([
    "//evil.example/health",
    "/originals/../originals/x/y/original",
    "/../../../../etc/passwd",
    "/originals/..%2f..%2fetc%2fpasswd/x/original",
    "/originals/%2e%2e/%2e%2e/original",
    "/originals/%/x/original",
    "/originals/%ff%fe/x/original",
    "\\..\\..\\etc\\passwd",
  ])("by a raw path such as %s", async (path) => {
    const { originals } = await serve();
    const { port } = originals.linkTo(FINAL) ?? new URL("http://x");
    const socket = connect(Number(port), "127.0.0.1");
    socket.end(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(await readText(socket)).toMatch(/^HTTP\/1\.1 40[04] /);
  });

  it.each(["POST", "PUT", "DELETE", "OPTIONS"])("by %s", async (method) => {
    const { originals, ask } = await serve();
    await expectNothing(await ask(originals.linkTo(FINAL), { method }));
  });

  it("while storage does not answer, which passes", async () => {
    const { originals, logged, ask } = await serve();
    const answer = await ask(originals.linkTo(BROKEN));
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    expect(await answer.text()).not.toContain("disk");
    expect(logged).toContain("discord.original_not_shown");
  });
});

describe("a signature", () => {
  it("is right for its asset alone", () => {
    const signer = createLinkSigner(SECRET);
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const signature = signer.sign(one as AssetId);
        expect(signer.isSigned(one as AssetId, signature)).toBe(true);
        expect(signer.isSigned(other as AssetId, signature)).toBe(one === other);
        expect(signer.isSigned(one as AssetId, other)).toBe(false);
      }),
    );
  });

  it("says nothing of the secret", () => {
    expect(createLinkSigner(SECRET).sign(FINAL)).not.toContain(SECRET.reveal());
    expect(JSON.stringify(createLinkSigner(SECRET))).toBe("{}");
  });
});
