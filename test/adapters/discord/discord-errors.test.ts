import { inspect } from "node:util";
import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { describe, expect, it } from "vitest";
import { discordCode, isTooLarge, toChatError } from "../../../adapters/discord/discord-errors.ts";

const URL = "https://discord.com/api/v10/webhooks/1/SECRET-TOKEN";
const BODY = { body: { components: ["a secret prompt"] }, files: undefined };

function answer(code: number, status = 400, more: object = {}): DiscordAPIError {
  return new DiscordAPIError({ code, message: "Words of Discord", ...more }, code, status, "POST", URL, BODY);
}

function limit(details: Partial<RateLimitError>): RateLimitError {
  const of = { method: "POST", url: URL, route: "/r", hash: "h", majorParameter: "m", limit: 5 } as const;
  const none = { timeToReset: 0, retryAfter: 0, sublimitTimeout: 0, global: false, scope: "user" } as const;
  return new RateLimitError({ ...of, ...none, ...details });
}

describe("what Discord's errors mean", () => {
  it.each([
    [10003, 404, "gone"],
    [10004, 404, "gone"],
    [10008, 404, "gone"],
    [50001, 403, "refused"],
    [50013, 403, "refused"],
    [50035, 400, "refused"],
    [160005, 400, "refused"],
    [40005, 413, "refused"],
    [99999, 400, "refused"],
    [20028, 429, "unavailable"],
    [30046, 429, "unavailable"],
    [40062, 503, "unavailable"],
    [130000, 500, "unavailable"],
  ] as const)("%i (%i) is %s, without a doubt", (code, status, kind) => {
    const error = toChatError("post a message", answer(code, status), ["Send Messages"]);
    expect(error).toMatchObject({ kind, inDoubt: false });
    expect(discordCode(error)).toBe(code);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/SECRET-TOKEN|secret prompt/);
  });

  it("names the permissions that it may lack", () => {
    const needs = ["View Channel", "Send Messages", "Attach Files"];
    expect(toChatError("post a message", answer(50013, 403), needs).message).toBe(
      "Draftroom lacks a permission to post a message here. Give it View Channel, Send Messages and Attach Files.",
    );
  });

  it("comes back when Discord says so", () => {
    const said = toChatError("edit", answer(30046, 429, { retry_after: 12.3 }));
    expect(said.retryAfterMs).toBe(12_300);
    expect(toChatError("edit", limit({ retryAfter: 1_200.4 }))).toMatchObject({
      kind: "unavailable",
      retryAfterMs: 1_201,
      inDoubt: false,
    });
    expect(toChatError("edit", limit({ timeToReset: 700 })).retryAfterMs).toBe(700);
    expect(toChatError("edit", limit({})).retryAfterMs).toBeGreaterThan(0);
  });

  it("holds a bad token against the token, however discord.js says it", () => {
    const forgotten = new Error("Expected token to be set for this request, but none was present");
    for (const error of [answer(0, 401), answer(50014, 401), forgotten]) {
      const words = expect.stringContaining("DISCORD_TOKEN");
      expect(toChatError("post", error)).toMatchObject({ kind: "refused", message: words });
    }
    expect(toChatError("whisper", answer(50027, 401)).message).not.toContain("DISCORD_TOKEN");
  });

  it("knows what is too large, whoever says so", () => {
    const byProxy = new DiscordAPIError({} as never, undefined as never, 413, "POST", URL, BODY);
    expect(isTooLarge(toChatError("post", byProxy))).toBe(true);
    expect(isTooLarge(toChatError("post", answer(50045)))).toBe(true);
    expect(isTooLarge(toChatError("post", answer(50013)))).toBe(false);
  });
});

describe("what is no answer of Discord's", () => {
  const coded = (code: string) => Object.assign(new Error("failed"), { code });

  it.each([
    ["a 502", new HTTPError(502, "Bad Gateway", "POST", URL, BODY), true],
    ["a timeout", new DOMException("aborted", "AbortError"), true],
    ["a reset", coded("ECONNRESET"), true],
    ["a closed socket", new TypeError("fetch failed", { cause: coded("UND_ERR_SOCKET") }), true],
    ["a refused connection", new TypeError("fetch failed", { cause: coded("ECONNREFUSED") }), false],
    ["an unknown host", coded("ENOTFOUND"), false],
    ["a proxy's page", new DiscordAPIError({} as never, undefined as never, 407, "POST", URL, BODY), false],
  ])("%s is worth another try", (_name, error, inDoubt) => {
    const failure = toChatError("post a message", error);
    expect(failure).toMatchObject({ kind: "unavailable", inDoubt });
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toMatch(/SECRET-TOKEN|secret prompt/);
  });
});
