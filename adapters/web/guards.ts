import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isLoopback } from "../../src/core/loopback.ts";

/** The largest body of a request, in bytes. */
export const BODY_BYTES_MAX = 64 * 1024;

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const withSecurityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header("content-security-policy", CONTENT_SECURITY_POLICY);
  c.header("x-content-type-options", "nosniff");
  c.header("x-frame-options", "DENY");
  c.header("referrer-policy", "no-referrer");
  c.header("cross-origin-opener-policy", "same-origin");
  c.header("cross-origin-resource-policy", "same-origin");
};

/** Where the studio is to be found. */
export interface Place {
  /** A name or address, without brackets. */
  readonly host: string;
  readonly port: () => number;
  /** How people reach it through a proxy; undefined when they reach it directly. */
  readonly publicUrl: URL | undefined;
}

const WILDCARDS: readonly string[] = ["0.0.0.0", "::"];

/**
 * Answers only to its own name, so that a foreign page cannot talk to the studio through a name that
 * it points at this machine (DNS rebinding). Bound to every address, its names are the numeric ones:
 * those cannot be rebound, and a container's published port differs from the one bound. Behind a proxy,
 * its name is that of `publicUrl`.
 */
export function onlyOwnHost({ host, port, publicUrl }: Place): MiddlewareHandler {
  return async (c, next) => {
    if (publicUrl !== undefined && c.req.header("host") === publicUrl.host) return next();
    const named = parseHost(c.req.header("host"));
    const isAnywhere = WILDCARDS.includes(host);
    const isKnown =
      named !== undefined &&
      (isLoopback(named.name) || named.name === host || (isAnywhere && isIP(named.name) !== 0)) &&
      (isAnywhere || named.port === port());
    return isKnown ? next() : c.json({ problem: "This studio does not answer to that name." }, 403);
  };
}

function parseHost(header: string | undefined): { name: string; port: number } | undefined {
  const url = header === undefined || /[/@?#]/.test(header) ? null : URL.parse(`http://${header}`);
  if (url === null) return undefined;
  return { name: url.hostname.replace(/^\[|\]$/g, ""), port: url.port === "" ? 80 : Number(url.port) };
}

/** Only the studio's own page, or a program that is no browser, may change anything (CSRF). */
export function onlyOwnOrigin({ publicUrl }: Place): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header("origin");
    const site = c.req.header("sec-fetch-site");
    // A proxy may pass on its own name for us as Host, but never changes the Origin.
    const isOwnOrigin =
      origin === undefined ||
      origin === publicUrl?.origin ||
      URL.parse(origin)?.host === c.req.header("host");
    const isOwn = isOwnOrigin && (site === undefined || site === "same-origin");
    return isOwn ? next() : c.json({ problem: "This came from another site." }, 403);
  };
}

export const onlyJson: MiddlewareHandler = async (c, next) => {
  const type = c.req.header("content-type") ?? "";
  return /^application\/json\b/i.test(type) ? next() : c.json({ problem: "Send JSON." }, 415);
};

/**
 * Asks for the token. `/?token=…` trades it for a cookie, and leaves the token out of the address.
 * The cookie is a digest: whoever reads it cannot make a link of it.
 */
export function onlyWithToken(token: string, { port, publicUrl }: Place): MiddlewareHandler {
  const key = createHash("sha256").update(`draftroom studio ${token}`).digest("hex");
  return async (c, next) => {
    // Cookies know no ports: two studios on one machine must not overwrite each other's.
    const name = `draftroom-${port()}`;
    const offered = c.req.query("token");
    if (c.req.path === "/" && c.req.method === "GET" && offered !== undefined) {
      if (!isSame(offered, token)) return c.text("That is not this studio's token.", 401);
      const secure = publicUrl?.protocol === "https:";
      setCookie(c, name, key, { httpOnly: true, sameSite: "Strict", path: "/", secure });
      return c.redirect("/", 303);
    }
    if (isSame(getCookie(c, name) ?? "", key)) return next();
    if (c.req.path === "/") return c.text("Open this studio with its link: /?token=…", 401);
    return c.json({ problem: "Open the studio with its token first." }, 401);
  };
}

/** In constant time, whatever the lengths. */
function isSame(offered: string, expected: string): boolean {
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(offered), digest(expected));
}
