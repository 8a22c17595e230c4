import type { Kysely } from "kysely";
import type { IdSource } from "../../src/core/ids.ts";
import { isLoopback } from "../../src/core/loopback.ts";
import type { AssetReader } from "../../src/ports/assets.ts";
import type { ChatGateway, ChatSender } from "../../src/ports/chat.ts";
import type { Clock, Log } from "../../src/ports/log.ts";
import { createDirectory } from "./directory.ts";
import { createLiveFeed } from "./live-feed.ts";
import { createMessageReader } from "./message-reader.ts";
import { createMessageStore } from "./message-store.ts";
import { createStudioGateway } from "./studio-gateway.ts";
import { createStudioSender } from "./studio-sender.ts";
import type { StudioTables } from "./studio-tables.ts";

/** The local studio: a chat in a web page, with its own channels and people. */
export interface Studio {
  readonly gateway: ChatGateway;
  readonly sender: ChatSender;
  /** Where the page is, such as `http://127.0.0.1:3000`, without the token. Only while the gateway is started. */
  url(): string;
}

export interface StudioParts {
  /** Over a schema to which `STUDIO_MIGRATIONS` were applied. */
  readonly db: Kysely<StudioTables>;
  readonly assets: AssetReader;
  readonly log: Log;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** A name or address to listen at, such as `127.0.0.1` or `[::1]`. */
  readonly host: string;
  /** When it is taken, a free one is used. */
  readonly port: number;
  /** Who opens `/?token={token}` may come in; undefined lets everybody in who can reach the host. */
  readonly token: string | undefined;
  /** How people reach it through a proxy, such as `https://draft.example.com`; undefined when they reach it directly. */
  readonly publicUrl: URL | undefined;
}

/** @throws Error when other machines could reach it and no token keeps them out. */
export function createStudio(parts: StudioParts): Studio {
  const { db, assets, log, clock, ids, port, token, publicUrl } = parts;
  // Brackets belong to addresses of pages; sockets take none.
  const host = parts.host.replace(/^\[(.*)\]$/, "$1");
  if (!isLoopback(host) && (token === undefined || token === "")) {
    throw new Error(`the studio is open to other machines at ${host}: it needs a token`);
  }
  const directory = createDirectory(db);
  const reader = createMessageReader(db);
  const feed = createLiveFeed(reader);
  const store = createMessageStore({ db, ids, clock, onChange: feed.notify });
  const gateway = createStudioGateway({
    host,
    port,
    token,
    publicUrl,
    assets,
    directory,
    store,
    reader,
    feed,
    log,
  });
  const sender = createStudioSender({ assets, directory, store, reader });
  return { gateway, sender, url: gateway.url };
}
