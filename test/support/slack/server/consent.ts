import type { InstallChoice } from "../local-slack.ts";
import type { UserRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";

/** "The code expires after 10 minutes": https://docs.slack.dev/authentication/installing-with-oauth */
const CODE_LIFE_MS = 10 * 60_000;

/** What an authorize address asks for. */
export interface ConsentRequest {
  readonly scopes: readonly string[];
  readonly redirectUri: URL;
  /** As it stood in the address; undefined when the app's own is meant. */
  readonly givenRedirectUri: string | undefined;
  readonly state: string | undefined;
  readonly team: string | undefined;
}

/** https://docs.slack.dev/authentication/installing-with-oauth. @throws Error with what Slack's error page would say. */
export function readConsentRequest(world: World, url: URL): ConsentRequest {
  const ask = (name: string) => url.searchParams.get(name) || undefined;
  if (url.pathname !== "/oauth/v2/authorize") throw new Error(`not an authorize address: ${url}`);
  if (ask("client_id") !== world.app.clientId) throw new Error("invalid_client_id");
  const scopes = (ask("scope") ?? "").split(",").filter((scope) => scope !== "");
  if (scopes.length === 0 && ask("user_scope") === undefined) throw new Error("no_scopes");
  const registered = world.settings.manifest.oauth_config?.redirect_urls ?? [];
  const given = ask("redirect_uri");
  const redirectUri = given ?? registered[0];
  if (redirectUri === undefined) throw new Error("bad_redirect_uri: the app has none, and none was given");
  // "Must match, or be below, one of the app's redirect URLs."
  if (registered.length > 0 && !registered.some((each) => redirectUri.startsWith(each)))
    throw new Error(`bad_redirect_uri: ${redirectUri}`);
  return {
    scopes,
    redirectUri: new URL(redirectUri),
    givenRedirectUri: given,
    state: ask("state"),
    team: ask("team"),
  };
}

/** The person's answer: where their browser is sent. @throws Error */
export function answerConsent(
  world: World,
  request: ConsentRequest,
  by: UserRecord,
  choice: InstallChoice,
): string {
  const team = world.teams.get(by.team);
  if (request.team !== undefined && request.team !== by.team)
    throw new Error(`${by.name} is not in ${request.team}`);
  const target = new URL(request.redirectUri);
  if (request.state !== undefined) target.searchParams.set("state", request.state);
  if (choice.deny === true) {
    target.searchParams.set("error", "access_denied");
    return target.href;
  }
  const isOrg = choice.wholeOrganisation === true;
  if (isOrg && team?.enterprise === undefined) throw new Error("the workspace is in no organisation");
  const code = `${world.id("")}.${world.id("")}`.toLowerCase();
  world.oauthCodes.set(code, {
    team: isOrg ? undefined : by.team,
    enterprise: team?.enterprise?.id,
    user: by.id,
    scopes: choice.scopes ?? request.scopes,
    redirectUri: request.givenRedirectUri,
    expiresAt: world.clock.now() + CODE_LIFE_MS,
  });
  target.searchParams.set("code", code);
  return target.href;
}
