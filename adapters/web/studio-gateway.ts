import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { AssetReader } from "../../src/ports/assets.ts";
import type { ChatGateway, ChatInbox } from "../../src/ports/chat.ts";
import type { Log } from "../../src/ports/log.ts";
import { createActs } from "./acts.ts";
import { createDelivery, type Outcome } from "./delivery.ts";
import type { Directory } from "./directory.ts";
import type { LiveFeed } from "./live-feed.ts";
import type { MessageReader } from "./message-reader.ts";
import type { MessageStore } from "./message-store.ts";
import { loadPageFiles } from "./page-files.ts";
import { createStaffBoard } from "./staff-board.ts";
import { createStudioApp } from "./studio-app.ts";
import { STUDIO } from "./studio-refs.ts";
import { createWhereabouts } from "./whereabouts.ts";

export interface StudioGateway extends ChatGateway {
  /** Where the page is, such as `http://127.0.0.1:3000`, without the token. Only while it is started. */
  url(): string;
}

interface Parts {
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
  readonly publicUrl: URL | undefined;
  readonly assets: AssetReader;
  readonly directory: Directory;
  readonly store: MessageStore;
  readonly reader: MessageReader;
  readonly feed: LiveFeed;
  readonly log: Log;
}

export function createStudioGateway(parts: Parts): StudioGateway {
  const running = new Set<Promise<Outcome>>();
  let server: Server | undefined;
  let isStopping = false;

  function admit(act: () => Promise<Outcome>): Promise<Outcome> | undefined {
    if (isStopping) return undefined;
    const outcome = act();
    running.add(outcome);
    // Only to forget it at its end: whoever asked for it hears how it ended.
    outcome.then(
      () => running.delete(outcome),
      () => running.delete(outcome),
    );
    return outcome;
  }

  function portOf(): number {
    const address = server?.address() as AddressInfo | null | undefined;
    if (address === null || address === undefined) throw new Error("the studio is not started");
    return address.port;
  }

  async function start(inbox: ChatInbox): Promise<void> {
    const whereabouts = createWhereabouts(parts.directory, parts.store);
    const delivery = createDelivery(parts);
    const board = createStaffBoard({ ...parts, inbox, onChange: parts.feed.notify });
    const acts = createActs({ ...parts, inbox, whereabouts, delivery, board });
    const files = await loadPageFiles();
    const { commands } = inbox;
    const app = createStudioApp({ ...parts, port: portOf, files, acts, board, commands, admit });
    server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
    await listen(server, parts);
    parts.log.info("studio.started", { url: url() });
  }

  async function stop(): Promise<void> {
    isStopping = true;
    await Promise.allSettled(running);
    parts.feed.close();
    if (server === undefined) return;
    const closed = once(server, "close");
    server.close();
    // What still hangs is a stream whose reader is gone: its answer, if any, was given above.
    const hanging = setTimeout(() => server?.closeAllConnections(), CLOSE_MS);
    server.closeIdleConnections();
    await closed;
    clearTimeout(hanging);
  }

  function url(): string {
    if (parts.publicUrl !== undefined) return parts.publicUrl.origin;
    const name = parts.host.includes(":") ? `[${parts.host}]` : parts.host;
    return `http://${name === "0.0.0.0" || name === "[::]" ? "localhost" : name}:${portOf()}`;
  }

  return { platform: STUDIO, start, stop, url };
}

/** How long connections get to end by themselves, in milliseconds. */
const CLOSE_MS = 1000;

/** Listens at the port that was asked for, or at a free one when somebody else has it. */
async function listen(server: Server, { host, port, log }: Parts): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    log.warn("studio.port_taken", { port });
    server.listen(0, host);
    await once(server, "listening");
  }
}
