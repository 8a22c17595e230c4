import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import { isDeadToken, refusalOf } from "../slack-errors.ts";
import type { InstallHome, Installs, TeamAccess } from "./access.ts";
import type { InstallStore } from "./install-store.ts";
import type { Installation } from "./installation.ts";
import type { SlackClients } from "./slack-client.ts";
import type { TokenRotation } from "./token-rotation.ts";
import { VaultError } from "./token-vault.ts";

interface Parts {
  readonly store: InstallStore;
  readonly rotation: TokenRotation;
  readonly clients: SlackClients;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long this process goes on with what it has read: an installation may come or go in another one. */
const FRESH_MS = 10_000;
const REMEMBERED_MAX = 10_000;
/** How far Slack's clock and ours may be apart: further, and its requests are refused. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const CLOCKS_APART_MS = 5 * 60_000;

interface Meant {
  readonly id: string;
  readonly installedAt: Date;
}

interface Entry {
  readonly access: TeamAccess;
  readonly token: string;
  readonly until: number;
}

/** Access to every workspace that has installed the app by OAuth. */
export interface InstalledAccess extends Installs {
  /**
   * Keeps a new installation in place of the one before. Resolves with the workspaces that it is known
   * to serve.
   */
  keep(installation: Installation): Promise<readonly string[]>;
}

export function createInstalledAccess({ store, rotation, clients, clock, log }: Parts): InstalledAccess {
  const entries = new Map<string, Entry>();
  const running = new Map<string, Promise<TeamAccess>>();
  /** Which organization each workspace was last said to belong to. */
  const told = new Map<string, string | undefined>();
  /** Grows when what is being read may be outdated. */
  let epoch = 0;

  async function load(team: string): Promise<TeamAccess> {
    const started = epoch;
    const kept = await readable(team, () => store.findFor(team));
    if (kept === undefined) {
      // Another process may have heard that it left its organization: the next event tells anew.
      told.delete(team);
      throw new ChatError("gone", `${team} has not installed the app`);
    }
    const installation = await readable(team, () => rotation.fresh(kept));
    const token = installation.token.reveal();
    const known = entries.get(team);
    const access = known?.token === token ? known.access : toAccess(team, installation);
    if (started === epoch) remember(entries, team, { access, token, until: clock().getTime() + FRESH_MS });
    return access;
  }

  function outdate(): void {
    epoch += 1;
    entries.clear();
    running.clear();
  }

  function toAccess(team: string, installation: Installation): TeamAccess {
    const isOfOrganization = installation.id !== team;
    const client = clients.open(installation.token, {
      team: isOfOrganization ? team : undefined,
      onAnswer: ({ error }) => {
        if (isDeadToken(error) && entries.get(team)?.access === access) entries.delete(team);
      },
    });
    const { enterprise, url, botUser, bot } = installation;
    const access = { team, enterprise, url, botUser, bot, scopes: new Set(installation.scopes), client };
    return access;
  }

  /** Asks the database, and says in our words what went wrong. */
  async function readable<T>(home: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ChatError) throw error;
      if (error instanceof VaultError) {
        log.error("slack.install_unreadable", error, { install: home, kind: error.kind });
        throw new ChatError("refused", error.message, { cause: error });
      }
      throw new ChatError("unavailable", `the installation of ${home}: no answer`, { cause: error });
    }
  }

  /** The installation that an event about revoked tokens can be about: a workspace's own, or else its organization's. */
  async function findMeant({ team, enterprise }: InstallHome): Promise<Meant | undefined> {
    for (const id of [team, enterprise]) {
      const installedAt = id === undefined ? undefined : await store.findDate(id);
      if (id !== undefined && installedAt !== undefined) return { id, installedAt };
    }
    return undefined;
  }

  async function isRevoked({ id, installedAt }: Meant, home: InstallHome, at: Date): Promise<boolean> {
    const newerByMs = at.getTime() - installedAt.getTime();
    if (newerByMs < -CLOCKS_APART_MS) return false;
    // An event that names a workspace does not say whether all of its organization is meant.
    const isCertain = id === home.team || home.team === undefined;
    if (isCertain && newerByMs > CLOCKS_APART_MS) return true;
    try {
      const kept = await store.find(id);
      if (kept !== undefined) await clients.open((await rotation.fresh(kept)).token).auth.test();
      return false;
    } catch (error) {
      if (error instanceof VaultError) return isCertain;
      const refusal = refusalOf(error);
      if (isDeadToken(refusal) || refusal === "invalid_refresh_token") return true;
      throw new ChatError("unavailable", `auth.test of ${id}: not answered`, { cause: error });
    }
  }

  async function learn(team: string, enterprise: string | undefined): Promise<void> {
    if (told.has(team) && told.get(team) === enterprise) return;
    await readable(team, () => store.assign(team, enterprise));
    remember(told, team, enterprise);
    entries.delete(team);
  }

  return {
    async of(team) {
      const entry = entries.get(team);
      if (entry !== undefined && clock().getTime() < entry.until) return entry.access;
      const known = running.get(team);
      if (known !== undefined) return known;
      const loading = load(team).finally(() => {
        if (running.get(team) === loading) running.delete(team);
      });
      running.set(team, loading);
      return loading;
    },

    teams: () => readable("every workspace", () => store.teams()),

    learn,

    async forget(named, at) {
      // An event about a whole organization may name it in the place of a workspace.
      const isWhole = named.team?.startsWith("E") === true;
      const home = isWhole ? { team: undefined, enterprise: named.team } : named;
      const { team, enterprise } = home;
      if (team !== undefined && enterprise !== undefined) await learn(team, enterprise);
      return readable(team ?? enterprise ?? "nobody", async () => {
        const meant = await findMeant(home);
        if (meant !== undefined && (await isRevoked(meant, home, at))) {
          const isGone = await store.remove(meant.id, meant.installedAt);
          if (isGone) log.info("slack.install_forgotten", { install: meant.id });
          outdate();
        }
        if (team !== undefined) return store.without([team]);
        return enterprise === undefined ? [] : store.without(await store.teamsOf(enterprise));
      });
    },

    async keep(installation) {
      await store.keep(installation);
      outdate();
      log.info("slack.installed", { install: installation.id });
      return installation.id.startsWith("T") ? [installation.id] : store.teamsOf(installation.id);
    },
  };
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  // Taken out first, so that what was put in longest ago comes first.
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED_MAX && oldest !== undefined) map.delete(oldest);
}
