import type { FetchFunction } from "@slack/web-api";
import { z } from "zod";
import type { Secret } from "../../../src/core/secret.ts";
import { bad, type Checkup, type Finding } from "../../../src/ports/finding.ts";
import type { Clock } from "../../../src/ports/log.ts";
import type { Access } from "../installs/access.ts";
import { createSlackClients } from "../installs/slack-client.ts";
import { checkChannels } from "./check-channels.ts";
import { checkHttp } from "./check-http.ts";
import { checkInstalls, type InstallsParts } from "./check-installs.ts";
import { checkRoles, type RoleLists } from "./check-roles.ts";
import { checkScopes } from "./check-scopes.ts";
import { checkSocket } from "./check-socket.ts";
import { checkToken } from "./check-token.ts";
import { checkClock, createClockWatch } from "./clock-watch.ts";
import { QUIET } from "./quiet.ts";
import { APPS } from "./trouble.ts";
import type { Workspace } from "./workspace.ts";

/** @param fetch what Slack is to be asked through. */
export type OpenAccess = (fetch: FetchFunction) => Access;

export interface SlackDoctorParts extends RoleLists {
  readonly transport:
    | { readonly kind: "socket"; readonly appToken: Secret }
    | {
        readonly kind: "http";
        readonly signingSecret: Secret;
        readonly host: string;
        readonly port: number;
        readonly publicUrl: URL | undefined;
      };
  readonly install:
    | { readonly kind: "token"; readonly botToken: Secret }
    | {
        readonly kind: "oauth";
        /** Opens the way into the workspaces; undefined when this process cannot look into the database. */
        readonly open: OpenAccess | undefined;
        readonly publicUrl: URL;
      };
  readonly apiUrl: URL;
  readonly fetch: FetchFunction;
  readonly clock: Clock;
}

/** Looks whether Draftroom can work on Slack as it is set up. Says and changes nothing there; stored tokens that are about to end are refreshed, as by any use. */
export function createSlackDoctor(parts: SlackDoctorParts): Checkup {
  const { transport, install, apiUrl } = parts;
  return async () => {
    const watch = createClockWatch(parts.fetch, parts.clock);
    const clients = createSlackClients({ apiUrl: apiUrl.href, fetch: watch.fetch, log: QUIET });
    const bot =
      install.kind === "token" ? await checkToken(clients.open(install.botToken), apiUrl) : undefined;
    const socket =
      transport.kind === "socket"
        ? await checkSocket(transport.appToken, clients.options(), apiUrl)
        : undefined;
    return [
      ...(bot?.findings ?? []),
      ...(socket?.findings ?? []),
      ...(transport.kind === "http" ? await checkHttp({ ...parts, ...transport }) : []),
      ...(bot?.workspace ? await checkWorkspace(bot.workspace, socket?.app, parts) : []),
      ...(install.kind === "oauth" ? await checkInstalls(toInstallsParts(parts, install, watch.fetch)) : []),
      ...checkClock(watch.aheadMs(), transport.kind === "http"),
    ];
  };
}

function toInstallsParts(
  { directors, managers, apiUrl }: SlackDoctorParts,
  { open, publicUrl }: Extract<SlackDoctorParts["install"], { kind: "oauth" }>,
  fetch: FetchFunction,
): InstallsParts {
  const installUrl = new URL("slack/install", publicUrl);
  return { access: open?.(fetch), installUrl, apiUrl, directors, managers };
}

async function checkWorkspace(
  workspace: Workspace,
  socketApp: string | undefined,
  { apiUrl, directors, managers }: SlackDoctorParts,
): Promise<readonly Finding[]> {
  const app = await findApp(workspace);
  const page = app === undefined ? `${APPS} → your app → OAuth & Permissions` : `${APPS}/${app}/oauth`;
  const step = `Add what is missing under Bot Token Scopes at ${page}, then install the app again there.`;
  return [
    ...(app !== undefined && socketApp !== undefined && app !== socketApp ? [twoApps(app, socketApp)] : []),
    ...checkScopes(workspace.scopes, step),
    ...(await checkChannels(workspace, apiUrl)),
    ...(await checkRoles(workspace, { directors, managers }, apiUrl)),
  ];
}

function twoApps(app: string, socketApp: string): Finding {
  return bad(
    `SLACK_BOT_TOKEN is of the app ${app} and SLACK_APP_TOKEN of ${socketApp}: one would speak and the other hear.`,
    "Copy both tokens from the same app.",
  );
}

/** https://docs.slack.dev/reference/methods/bots.info */
const BOT = z.object({ bot: z.object({ app_id: z.string() }) });

/** The app's id, `A…`, where the token may ask for it. */
async function findApp({ client, scopes, bot }: Workspace): Promise<string | undefined> {
  if (bot === undefined || !scopes.has("users:read")) return undefined;
  const answer = await client.bots.info({ bot }).catch(() => undefined);
  return BOT.safeParse(answer).data?.bot.app_id;
}
