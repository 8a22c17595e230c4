import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { AssetId } from "../../../src/core/ids.ts";
import type { Secret } from "../../../src/core/secret.ts";
import type { AssetReader } from "../../../src/ports/assets.ts";
import type { Log } from "../../../src/ports/log.ts";
import { createLinkSigner } from "./link-signer.ts";
import { createOriginalsApp, ORIGINAL } from "./originals-app.ts";

/** Shows pictures that are too large for Discord, each at an address that nobody can guess. */
export interface Originals {
  /** Where people get a picture: `{publicUrl}originals/{asset}/{signature}/original`; undefined without a public address. */
  linkTo(asset: AssetId): URL | undefined;
  /**
   * Begins to serve; without a public address there is nothing to.
   *
   * @throws Error with what to set, when another program has the port.
   */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface OriginalsParts {
  readonly assets: AssetReader;
  /** What links are signed with, by a key of its own that comes from it. */
  readonly secret: Secret;
  /** How people's browsers reach this server, with a "/" at the end; undefined: they do not. */
  readonly publicUrl: URL | undefined;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: Log;
}

/** How long connections get to end by themselves, in milliseconds. */
const CLOSE_MS = 1_000;

export function createOriginals(parts: OriginalsParts): Originals {
  const { publicUrl, secret, host, log } = parts;
  const signer = createLinkSigner(secret);
  let server: Server | undefined;

  return {
    linkTo(asset) {
      if (publicUrl === undefined) return undefined;
      return new URL(`originals/${encodeURIComponent(asset)}/${signer.sign(asset)}/${ORIGINAL}`, publicUrl);
    },

    async start() {
      if (publicUrl === undefined) return;
      const app = createOriginalsApp({ ...parts, signer, base: publicUrl.pathname });
      server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
      await listen(server, parts);
      const { port } = server.address() as AddressInfo;
      log.info("discord.originals_started", { host, port });
    },

    async stop() {
      if (server === undefined) return;
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const hanging = setTimeout(() => server?.closeAllConnections(), CLOSE_MS);
      await closed;
      clearTimeout(hanging);
      server = undefined;
    },
  };
}

/** Plain HTTP: encryption ends at the proxy before it. */
async function listen(server: Server, { host, port }: OriginalsParts): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new Error(`Another program has port ${port}: set DISCORD_FILES_PORT to a free one.`, {
      cause: error,
    });
  }
}
