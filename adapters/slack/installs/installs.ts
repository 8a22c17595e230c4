import type { FetchFunction } from "@slack/web-api";
import type { Kysely } from "kysely";
import type { Secret } from "../../../src/core/secret.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { Installs } from "./access.ts";
import { createInstallRoutes, type InstallRoute } from "./install-routes.ts";
import { createInstallStore } from "./install-store.ts";
import type { InstallTables } from "./install-tables.ts";
import type { Installation } from "./installation.ts";
import { createInstalledAccess } from "./installed-access.ts";
import { createSlackClients, type SlackClients } from "./slack-client.ts";
import { createTokenRotation } from "./token-rotation.ts";
import { createTokenVault } from "./token-vault.ts";
import { WORKSPACE_URL } from "./workspace-url.ts";

interface Parts {
  /** Over a schema to which `INSTALL_MIGRATIONS` were applied. */
  readonly db: Kysely<InstallTables>;
  /** Base64 of 32 bytes each; the first encrypts, all decrypt. */
  readonly keys: readonly Secret[];
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly stateSecret: Secret;
  readonly publicUrl: URL;
  readonly apiUrl: string;
  readonly fetch?: FetchFunction;
  /** Told of each workspace that a new installation serves, before the person who installed it hears that it worked. */
  readonly onInstalled: (team: string) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Many workspaces: people install the app by OAuth on `routes`, and `access` acts with what they gave.
 *
 * @throws RangeError for keys or an API URL that are not what they have to be.
 */
export function createInstalls(parts: Parts): { access: Installs; routes: readonly InstallRoute[] } {
  const { db, keys, clientId, clientSecret, clock, log, apiUrl, fetch } = parts;
  const clients = createSlackClients({ apiUrl, fetch, log });
  const store = createInstallStore({ db, vault: createTokenVault(keys), clock, log });
  const rotation = createTokenRotation({ store, clients, clientId, clientSecret, clock, log });
  const access = createInstalledAccess({ store, rotation, clients, clock, log });
  const routes = createInstallRoutes({
    clientId,
    clientSecret,
    stateSecret: parts.stateSecret,
    publicUrl: parts.publicUrl,
    clients,
    onInstallation: async (installation) => {
      const kept = { ...installation, url: await findUrl(clients, installation) };
      for (const team of await access.keep(kept)) await parts.onInstalled(team);
    },
    log,
  });
  return { access, routes };
}

/** Slack's answer to an installation does not say where the workspace is. Of an organization it is in no one place. */
async function findUrl(clients: SlackClients, { id, token }: Installation): Promise<string | undefined> {
  if (!id.startsWith("T")) return undefined;
  const answer = await clients
    .open(token)
    .auth.test()
    .catch(() => undefined);
  return WORKSPACE_URL.parse(answer?.url);
}
