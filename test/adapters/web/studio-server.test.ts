import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channelRef, userRef } from "../../../adapters/web/studio-refs.ts";
import { plainCard } from "../../../src/core/card.ts";
import { findFreePort } from "../../support/server-process.ts";
import { connectStudio } from "../../support/studio-client.ts";
import { raw } from "./raw-request.ts";
import { readEvents } from "./read-events.ts";
import { FINAL, GRID } from "./scripted-inbox.ts";
import { type RunningStudio, startStudio } from "./studio-setup.ts";

const place = { channel: channelRef("spring-launch"), thread: undefined };
const saying = (text: string) => ({
  as: "mia",
  event: crypto.randomUUID(),
  channel: "spring-launch",
  thread: null,
  text,
});

describe("without a token", () => {
  let run: RunningStudio;
  let url: string;
  beforeAll(async () => {
    run = await startStudio();
    url = run.studio.url();
  });
  afterAll(async () => {
    await run.stop();
    await run.pool.end();
  });

  const post = (body: string, headers: Record<string, string> = {}, path = "/api/say") =>
    raw(url + path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

  test("serves the page with a strict policy, and its files with their tags", async () => {
    const page = await raw(url);
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
    });
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("img-src 'self' data: blob:");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    const named = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(named.length).toBeGreaterThan(5);
    for (const path of named) {
      const file = await raw(url + path);
      expect([path, file.status]).toEqual([path, 200]);
      const again = await raw(url + path, { headers: { "if-none-match": String(file.headers.etag) } });
      expect([path, again.status, again.body]).toEqual([path, 304, ""]);
    }
  });

  test("its scripts are JavaScript, and import only what is served", async () => {
    const waiting = ["/page/main.ts"];
    const seen = new Set<string>();
    for (const path of waiting) {
      if (seen.has(path)) continue;
      seen.add(path);
      const file = await raw(url + path);
      expect([path, file.status, file.headers["content-type"]]).toEqual([
        path,
        200,
        "text/javascript; charset=utf-8",
      ]);
      expect(file.body).not.toMatch(/^import type|^(export )?interface /m);
      for (const match of file.body.matchAll(/\bfrom\s*"([^"]+)"/g)) {
        waiting.push(new URL(match[1] ?? "", `http://x${path}`).pathname);
      }
    }
    expect(seen.size).toBeGreaterThan(20);
  });

  test("nothing else can be asked for", async () => {
    const paths = [
      "/page/../studio.ts",
      "/page/%2e%2e/studio.ts",
      "/page/tsconfig.json",
      "/vendor/lit-html/package.json",
      "/.env",
      "/api/nothing",
      "/assets/NONE",
      "/assets/..%2f..%2fetc%2fpasswd",
    ];
    for (const path of paths) expect([path, (await raw(url + path)).status]).toEqual([path, 404]);
    expect((await raw(`${url}/health`)).body).toBe("ok");
  });

  test.each([
    ["a foreign name", { host: "evil.example" }],
    ["a name that only looks local", { host: "localhost.evil.example" }],
    ["another port", { host: "127.0.0.1:1" }],
    ["no port", { host: "127.0.0.1" }],
    ["a name with a path in it", { host: "evil.example/127.0.0.1" }],
  ])("does not answer to %s", async (_what, headers) => {
    expect((await raw(`${url}/api/session`, { headers })).status).toBeGreaterThanOrEqual(400);
    expect((await raw(url, { headers })).status).toBeGreaterThanOrEqual(400);
  });

  test("answers to every local name", async () => {
    const { port } = new URL(url);
    for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
      expect((await raw(`${url}/api/session`, { headers: { host: `${name}:${port}` } })).status).toBe(200);
    }
  });

  test.each([
    ["another site's origin", { origin: "https://evil.example" }],
    ["another local port's origin", { origin: "http://127.0.0.1:1" }],
    ["no origin at all", { origin: "null" }],
    ["a cross-site request", { "sec-fetch-site": "cross-site" }],
    ["a same-site request", { "sec-fetch-site": "same-site" }],
  ])("takes no act from %s", async (_what, headers) => {
    expect((await post(JSON.stringify(saying("x")), headers)).status).toBe(403);
    expect(await run.client.as("mia").messages({ channel: "spring-launch" })).toEqual([]);
  });

  test("takes an act from its own page", async () => {
    const own = { origin: url, "sec-fetch-site": "same-origin" };
    const body = JSON.stringify({ ...saying("hello"), channel: "playground" });
    expect((await post(body, own)).status).toBe(200);
  });

  test("takes JSON only, whole, of the right shape and not too much", async () => {
    const fine = JSON.stringify(saying("x"));
    expect((await post(fine, { "content-type": "text/plain" })).status).toBe(415);
    expect((await post("{")).status).toBe(400);
    expect((await post("null")).status).toBe(400);
    expect((await post(JSON.stringify({ ...saying("x"), more: 1 }))).status).toBe(400);
    expect((await post(JSON.stringify({ ...saying("x"), event: "mine" }))).status).toBe(400);
    expect((await post(JSON.stringify(saying("   ")))).status).toBe(400);
    expect((await post(JSON.stringify(saying("x".repeat(70_000))))).status).toBe(413);
    const reaction = { as: "mia", message: "A", emoji: "thumbsup", on: true };
    expect((await post(JSON.stringify(reaction), {}, "/api/react")).status).toBe(400);
    expect(run.inbox.heard).toEqual([]);
  });

  test("pictures keep for good, under a safe name", async () => {
    const shown = await raw(`${url}/assets/${FINAL}?name=${encodeURIComponent('fi"nal\r\n3.exe')}`);
    expect(shown.headers).toMatchObject({
      "content-type": "image/png",
      "cache-control": "private, max-age=31536000, immutable",
      "content-disposition": 'inline; filename="fi-nal-3.png"',
    });
    const saved = await raw(`${url}/assets/${GRID}?download=1`);
    expect(saved.headers["content-disposition"]).toBe('attachment; filename="GRID01.png"');
  });

  test("a stream that was lost misses nothing, and nobody sees another's whispers", async () => {
    const { sender } = run.studio;
    const card = (words: string) => plainCard("info", words);
    const message = await sender.post(place, card("one"), { key: "s1", inDoubtSince: undefined });
    const firstOf = async (person: string, since: string) =>
      (await readEvents(url, person, since).next()).value ?? undefined;
    const resumeAt = String((await firstOf("noor", "0"))?.sequence);
    await sender.post(place, card("two"), { key: "s2", inDoubtSince: undefined });
    await sender.edit(message, card("one, edited"));
    await sender.whisper(place, userRef("mia"), card("psst"));
    const missed = await firstOf("noor", resumeAt);
    const words = missed?.messages.map((view) => view.content);
    expect(words).toMatchObject([{ card: { summary: "two" } }, { card: { summary: "one, edited" } }]);
    expect(JSON.stringify(await firstOf("mia", resumeAt))).toContain("psst");
  });
});

describe("with a token", () => {
  let run: RunningStudio;
  let url: string;
  beforeAll(async () => {
    run = await startStudio({ token: "open sesame" });
    url = run.studio.url();
  });
  afterAll(async () => {
    await run.stop();
    await run.pool.end();
  });

  test("lets nobody in without it", async () => {
    for (const path of [
      "/",
      "/page/main.ts",
      "/api/session",
      "/api/stream?as=mia",
      `/assets/${GRID}`,
      "/?token=wrong",
    ]) {
      expect([path, (await raw(url + path)).status]).toEqual([path, 401]);
    }
    await expect(connectStudio(url, { token: "wrong" })).rejects.toThrow("401");
    const forged = `draftroom-${new URL(url).port}=open%20sesame`;
    expect((await raw(`${url}/api/session`, { headers: { cookie: forged } })).status).toBe(401);
    expect((await raw(`${url}/health`)).status).toBe(200);
  });

  test("trades it for a cookie that scripts and other sites cannot use", async () => {
    const answer = await raw(`${url}/?token=open%20sesame`);
    expect(answer).toMatchObject({ status: 303, headers: { location: "/" } });
    const cookie = String(answer.headers["set-cookie"]);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).not.toContain("sesame");
    expect((await run.client.session()).people).toHaveLength(4);
    await run.client.as("mia").say("playground", "inside");
  });
});

describe("behind a proxy", () => {
  const publicUrl = new URL("https://draft.example.com");
  const token = "a-token-of-enough-length";
  let behind: RunningStudio;
  let port: number;
  let direct: string;

  beforeAll(async () => {
    port = await findFreePort();
    direct = `http://127.0.0.1:${port}`;
    behind = await startStudio({ publicUrl, token, port, connectTo: direct });
  });
  afterAll(async () => {
    await behind.stop();
    await behind.pool.end();
  });

  test("it answers to its public name, with a secure cookie, and to acts from its public origin", async () => {
    expect(behind.studio.url()).toBe("https://draft.example.com");
    const host = { host: "draft.example.com" };
    const opened = await raw(`${direct}/?token=${token}`, { headers: host });
    expect(opened.status).toBe(303);
    const [cookie = ""] = opened.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/; Secure/);
    const act = JSON.stringify({ ...saying("hello"), channel: "playground" });
    const send = (headers: Record<string, string>) =>
      raw(`${direct}/api/say`, {
        method: "POST",
        body: act,
        headers: { "content-type": "application/json", cookie: cookie.split(";")[0] ?? "", ...headers },
      });
    const own = { origin: publicUrl.origin, "sec-fetch-site": "same-origin" };
    expect((await send({ ...host, ...own })).status).toBe(200);
    expect((await send({ host: `127.0.0.1:${port}`, ...own })).status, "a proxy that names us as Host").toBe(
      200,
    );
    expect((await send({ ...host, origin: "https://evil.example" })).status).toBe(403);
    expect((await send({ host: "evil.example", ...own })).status).toBe(403);
  });
});
