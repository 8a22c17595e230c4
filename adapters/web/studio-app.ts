import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import type { AssetId } from "../../src/core/ids.ts";
import type { AssetReader } from "../../src/ports/assets.ts";
import type { CommandSpec } from "../../src/ports/command-spec.ts";
import type { Log } from "../../src/ports/log.ts";
import { ACTS, type ActName } from "./act-schemas.ts";
import type { Acts } from "./acts.ts";
import { toAssetResponse } from "./asset-response.ts";
import type { Outcome } from "./delivery.ts";
import type { Directory } from "./directory.ts";
import {
  BODY_BYTES_MAX,
  onlyJson,
  onlyOwnHost,
  onlyOwnOrigin,
  onlyWithToken,
  type Place,
  withSecurityHeaders,
} from "./guards.ts";
import type { LiveFeed } from "./live-feed.ts";
import type { MessageReader } from "./message-reader.ts";
import type { PageFiles } from "./page-files.ts";
import type { StaffBoard } from "./staff-board.ts";
import type { Problem, Session } from "./wire.ts";

export interface StudioAppParts extends Place {
  readonly token: string | undefined;
  readonly files: PageFiles;
  readonly assets: AssetReader;
  readonly directory: Directory;
  readonly reader: MessageReader;
  readonly feed: LiveFeed;
  readonly acts: Acts;
  readonly board: StaffBoard;
  readonly commands: readonly CommandSpec[];
  /** Runs an act to its end before the studio stops; undefined when it takes no more. */
  readonly admit: (act: () => Promise<Outcome>) => Promise<Outcome> | undefined;
  readonly log: Log;
}

/** How long a browser waits before it opens a lost stream again, in milliseconds. */
const RECONNECT_MS = 1000;
// What failed may have been recorded all the same. A repeat is the same event, and so safe.
const NOT_RECORDED = "That could not be confirmed. Try again: it never counts twice.";
const STOPPING = "The studio is restarting. Try again in a moment: it never counts twice.";

export function createStudioApp(parts: StudioAppParts): Hono {
  const app = new Hono();
  app.use(withSecurityHeaders);
  app.get("/health", (c) => c.text("ok"));
  app.use(onlyOwnHost(parts));
  app.on(["POST", "PUT", "PATCH", "DELETE"], "*", onlyOwnOrigin(parts));
  if (parts.token !== undefined) app.use(onlyWithToken(parts.token, parts));
  addPage(app, parts.files);
  addReads(app, parts);
  addStream(app, parts);
  for (const name of Object.keys(ACTS) as ActName[]) addAct(app, name, parts);
  app.notFound((c) => problem(c, 404, "There is nothing here."));
  app.onError((error, c) => {
    parts.log.error("studio.request_failed", error, { path: c.req.path });
    return problem(c, 500, "The studio stumbled. Try again.");
  });
  return app;
}

function addPage(app: Hono, files: PageFiles): void {
  const serve = (c: Context, path: string) => {
    const file = files.get(path);
    if (file === undefined) return c.notFound();
    c.header("etag", file.etag);
    c.header("cache-control", "no-cache");
    if (c.req.header("if-none-match") === file.etag) return c.body(null, 304);
    c.header("content-type", file.type);
    return c.body(file.body);
  };
  app.get("/", (c) => serve(c, "/page/index.html"));
  app.get("/page/*", (c) => serve(c, c.req.path));
  app.get("/vendor/*", (c) => serve(c, c.req.path));
}

function addReads(app: Hono, { assets, directory, reader, board, commands }: StudioAppParts): void {
  app.get("/assets/:asset", async (c) => {
    const asset = c.req.param("asset");
    const file = /^[\w-]{1,64}$/.test(asset) ? await assets.find(asset as AssetId) : undefined;
    if (file === undefined) return problem(c, 404, "There is no such picture.");
    const isDownload = c.req.query("download") === "1";
    return toAssetResponse(file, { name: c.req.query("name") ?? asset, isDownload });
  });

  app.get("/api/session", async (c) => {
    // The number first: what changes while the rest is read comes again over the stream.
    const sequence = await reader.sequence();
    const [people, channels] = await Promise.all([directory.people(), directory.channels(), board.askAll()]);
    const { staff } = board.since(0);
    return c.json({ people, channels, staff, commands, sequence } satisfies Session);
  });

  app.get("/api/channels/:channel/messages", async (c) => {
    const query = z
      .object({ as: z.string(), before: z.coerce.number().int().optional() })
      .safeParse(c.req.query());
    if (!query.success) return problem(c, 400, z.prettifyError(query.error));
    const { as, before } = query.data;
    const channel = c.req.param("channel");
    if (!(await directory.hasPerson(as))) return problem(c, 404, "There is no such person.");
    if (!(await directory.hasChannel(channel))) return problem(c, 404, "There is no such channel.");
    return c.json(await reader.channel(channel, as, before));
  });

  app.get("/api/threads/:root/messages", async (c) => {
    const as = c.req.query("as") ?? "";
    if (!(await directory.hasPerson(as))) return problem(c, 404, "There is no such person.");
    const page = await reader.thread(c.req.param("root"), as);
    return page.messages.length === 0 ? problem(c, 404, "There is no such thread.") : c.json(page);
  });
}

function addStream(app: Hono, { directory, reader, feed, board }: StudioAppParts): void {
  app.get("/api/stream", async (c) => {
    const as = c.req.query("as") ?? "";
    if (!(await directory.hasPerson(as))) return problem(c, 404, "There is no such person.");
    const known = z.coerce
      .number()
      .int()
      .min(0)
      .safeParse(c.req.header("last-event-id") ?? c.req.query("since"));
    const since = known.success ? known.data : await reader.sequence();
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      await stream.writeSSE({ event: "ready", data: "{}", id: String(since), retry: RECONNECT_MS });
      await board.askAll();
      for await (const changes of feed.follow({ viewer: as, since, board }, gone.signal)) {
        const isNews = changes.messages.length > 0 || changes.staff.length > 0;
        const event = isNews ? "changes" : "heartbeat";
        await stream.writeSSE({ event, id: String(changes.sequence), data: JSON.stringify(changes) });
      }
    });
  });
}

function addAct<Name extends ActName>(app: Hono, name: Name, { acts, admit, log }: StudioAppParts): void {
  // A database that is away ends an act wherever it has got to.
  const notRecorded = (error: unknown): Outcome => {
    log.error("studio.event_not_recorded", error, { act: name });
    return { status: "not_recorded" };
  };
  const limit = bodyLimit({
    maxSize: BODY_BYTES_MAX,
    onError: (c) => problem(c, 413, "That is too long."),
  });
  app.post(`/api/${name}`, onlyJson, limit, async (c) => {
    const body = await c.req.json().catch(() => undefined);
    const act = ACTS[name].safeParse(body);
    if (!act.success) return problem(c, 400, z.prettifyError(act.error));
    const outcome = await admit(() => acts[name](act.data as never).catch(notRecorded));
    switch (outcome?.status) {
      case undefined:
        return problem(c, 503, STOPPING);
      case "ok":
        return c.json(outcome.answer);
      case "unknown":
        return problem(c, 404, `There is no such ${outcome.what}.`);
      case "not_recorded":
        return problem(c, 503, NOT_RECORDED);
    }
  });
}

function problem(c: Context, status: 400 | 404 | 413 | 500 | 503, words: string): Response {
  return c.json({ problem: words } satisfies Problem, status);
}
