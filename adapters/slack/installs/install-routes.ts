import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type InstallationStore,
  InstallProvider,
  type InstallURLOptions,
  type Installation as OAuthInstallation,
} from "@slack/oauth";
import { type Logger, LogLevel } from "@slack/web-api";
import type { Secret } from "../../../src/core/secret.ts";
import type { Log } from "../../../src/ports/log.ts";
import { SCOPES } from "../scopes.ts";
import { createBrokenPage, NotKept, readFailure } from "./install-failure.ts";
import {
  createInstalledPage,
  createInstallPage,
  createOrganizationPage,
  sendPage,
  setPageHeaders,
  toHtml,
} from "./install-page.ts";
import { type Installation, readInstallation } from "./installation.ts";
import type { SlackClients } from "./slack-client.ts";

/** For Bolt's `HTTPReceiver`, as one of its `customRoutes`. */
export interface InstallRoute {
  readonly path: string;
  readonly method: "GET";
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

interface Parts {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Signs what comes back from Slack with the person. */
  readonly stateSecret: Secret;
  /** How people reach this process, such as `https://bot.example.com`. */
  readonly publicUrl: URL;
  readonly clients: SlackClients;
  /** Resolves once the installation is durable, and everybody who has to know does. */
  readonly onInstallation: (installation: Installation) => Promise<void>;
  readonly log: Log;
}

const INSTALL_PATH = "/slack/install";
const REDIRECT_PATH = "/slack/oauth_redirect";

/**
 * The pages that install the app in a workspace: https://docs.slack.dev/authentication/installing-with-oauth.
 * Whoever comes back from Slack has to be who went there: a signed state, good for 10 minutes, has to
 * be in the address and in a cookie of the browser.
 */
export function createInstallRoutes(parts: Parts): readonly InstallRoute[] {
  const { clientId, clientSecret, stateSecret, publicUrl, clients, onInstallation, log } = parts;
  const base = publicUrl.href.replace(/\/$/, "");
  const again = `${base}${INSTALL_PATH}`;
  const wanted: InstallURLOptions = {
    scopes: SCOPES.map(({ name }) => name),
    redirectUri: `${base}${REDIRECT_PATH}`,
  };
  const provider = new InstallProvider({
    clientId,
    clientSecret: clientSecret.reveal(),
    stateSecret: stateSecret.reveal(),
    authorizationUrl: clients.authorizeUrl,
    installationStore: createIntake(onInstallation),
    clientOptions: clients.options(),
    logger: SILENT,
    renderHtmlForInstallPath: (url) => toHtml(createInstallPage(url, SCOPES)),
  });

  async function install(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setPageHeaders(response);
    await provider.handleInstallPath(request, response, undefined, wanted);
  }

  async function redirect(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await provider.handleCallback(request, response, {
      success: (installed) => sendPage(response, toSuccess(installed)),
      failure: (error) => {
        const { word, page } = readFailure(error, toldBy(request), again);
        log.warn("slack.install_failed", { reason: word });
        sendPage(response, page);
      },
    });
  }

  const route = (path: string, serve: typeof install): InstallRoute => ({
    path,
    method: "GET",
    handler: (request, response) => {
      serve(request, response).catch((error: unknown) => {
        log.error("slack.install_page_broken", error, { path });
        if (response.headersSent) response.destroy();
        else sendPage(response, createBrokenPage(again));
      });
    },
  });
  return [route(INSTALL_PATH, install), route(REDIRECT_PATH, redirect)];
}

/** What the provider keeps goes on to us; it never reads it back: tokens are handed out by `Access` alone. */
function createIntake(onInstallation: Parts["onInstallation"]): InstallationStore {
  return {
    async storeInstallation(given) {
      const installation = readInstallation(given);
      if (installation === undefined) throw new NotKept("Slack gave no token of a bot");
      await onInstallation(installation).catch((error: unknown) => {
        throw new NotKept("the installation was not kept", { cause: error });
      });
    },
    fetchInstallation() {
      throw new Error("installations are read through Access");
    },
  };
}

function toSuccess(installed: OAuthInstallation) {
  const { team, enterprise, appId = "" } = installed;
  if (installed.isEnterpriseInstall === true || team === undefined) {
    const id = enterprise?.id ?? "";
    const workspaces = `https://app.slack.com/manage/${id}/integrations/profile/${appId}/workspaces/add`;
    return createOrganizationPage(enterprise?.name ?? id, workspaces);
  }
  // https://docs.slack.dev/interactivity/deep-linking
  return createInstalledPage(team.name ?? team.id, `slack://app?team=${team.id}&id=${appId}`);
}

/** Slack's word for why it sent the person back without a code. */
function toldBy(request: IncomingMessage): string | undefined {
  const told = new URLSearchParams(request.url?.split("?")[1]).get("error");
  return told !== null && /^[a-z_]{1,80}$/.test(told) ? told : undefined;
}

/** How an installation ended is logged here, in words of ours. */
const SILENT: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};
