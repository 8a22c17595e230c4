import { SocketModeClient } from "@slack/socket-mode";
import type { WebClientOptions } from "@slack/web-api";
import { z } from "zod";
import type { Secret } from "../../../src/core/secret.ts";
import { bad, type Finding, fine, warn } from "../../../src/ports/finding.ts";
import { createSdkLogger } from "../installs/sdk-logger.ts";
import { QUIET } from "./quiet.ts";
import { APPS, reasonOf, trouble, wordOf } from "./trouble.ts";

export interface SocketCheck {
  readonly findings: readonly Finding[];
  /** The app that the token is of, `A…`; undefined when it was not told. */
  readonly app: string | undefined;
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode#hello */
const HELLO = z.object({
  type: z.literal("hello"),
  num_connections: z.number().int().optional(),
  connection_info: z.object({ app_id: z.string().optional() }).optional(),
});
const DISCONNECT = z.object({ type: z.literal("disconnect"), reason: z.string().optional() });

/** "Apps can have up to 10 open connections": https://docs.slack.dev/apis/events-api/using-socket-mode */
const CONNECTIONS_MAX = 10;
const HELLO_MS_MAX = 10_000;

const WHERE = `${APPS} → your app → Basic Information → App-Level Tokens`;
const STEPS: Readonly<Record<string, string>> = {
  invalid_auth: `Copy the app-level token from ${WHERE} to SLACK_APP_TOKEN again.`,
  not_authed: `Copy the app-level token from ${WHERE} to SLACK_APP_TOKEN again.`,
  token_revoked: `Generate a new app-level token at ${WHERE}, with the scope connections:write.`,
  missing_scope: `Generate an app-level token with the scope connections:write at ${WHERE}.`,
  not_allowed_token_type: `SLACK_APP_TOKEN is to be an app-level token (xapp-…): ${WHERE}.`,
};
const TURN_ON = `Turn it on at ${APPS} → your app → Socket Mode.`;

/**
 * Whether Slack takes the token of SLACK_APP_TOKEN and lets us hear. Connects in the way that the gateway does,
 * and hangs up as soon as Slack has said hello: what Slack would send meanwhile, it sends again.
 *
 * @param options an object of its own: Slack's SDK changes what it is given.
 */
export async function checkSocket(
  appToken: Secret,
  options: WebClientOptions,
  api: URL,
): Promise<SocketCheck> {
  const none = (finding: Finding) => ({ findings: [finding], app: undefined });
  const client = new SocketModeClient({
    appToken: appToken.reveal(),
    clientOptions: options,
    logger: createSdkLogger(QUIET),
    autoReconnectEnabled: false,
  });
  let heard: Heard;
  try {
    heard = await hear(client);
  } catch (error) {
    const word = wordOf(error) ?? "";
    const step = STEPS[word];
    return none(
      step === undefined
        ? trouble(error, "apps.connections.open", api)
        : bad(`Slack does not take the token in SLACK_APP_TOKEN (${word}).`, step),
    );
  }
  if (heard.status === "hello") return { findings: onHello(heard.connections), app: heard.app };
  return none(
    heard.reason === "link_disabled"
      ? bad("Socket Mode is turned off for this app.", TURN_ON)
      : bad(
          `The app token works, but no connection comes about (${heard.reason}).`,
          "Let this machine open WebSockets (wss://) to Slack, not through a proxy; or go over to HTTP.",
        ),
  );
}

function onHello(connections: number | undefined): readonly Finding[] {
  if (connections !== undefined && connections >= CONNECTIONS_MAX) {
    const says = `Socket Mode works, but ${connections} connections are open: Slack allows ${CONNECTIONS_MAX}.`;
    return [warn(says, "Run fewer gateways, or go over to HTTP.")];
  }
  return [fine("The app token works, and Socket Mode connects.")];
}

type Heard =
  | { readonly status: "hello"; readonly connections: number | undefined; readonly app: string | undefined }
  | { readonly status: "nothing"; readonly reason: string };

/** @throws what `apps.connections.open` does. */
async function hear(client: SocketModeClient): Promise<Heard> {
  const heard = Promise.withResolvers<Heard>();
  const nothing = (reason: string) => heard.resolve({ status: "nothing", reason });
  client.on("ws_message", (data: unknown) => {
    const said = parse(data);
    const goodbye = DISCONNECT.safeParse(said).data;
    if (goodbye !== undefined) nothing(goodbye.reason ?? "disconnect");
    const hello = HELLO.safeParse(said).data;
    if (hello === undefined) return;
    const { num_connections: connections, connection_info: info } = hello;
    heard.resolve({ status: "hello", connections, app: info?.app_id });
  });
  client.on("error", (error: unknown) => nothing(reasonOf(error)));
  client.once("disconnected", () => nothing("closed"));
  const patience = setTimeout(() => nothing("no answer in time"), HELLO_MS_MAX);
  try {
    // It rejects when Slack refuses the token; what comes of the socket, the listeners hear.
    await Promise.race([client.start().catch(onlyRefusals), heard.promise]);
    return await heard.promise;
  } finally {
    clearTimeout(patience);
    void client.disconnect();
  }
}

/** The client rejects with nothing when its socket ends. */
function onlyRefusals(error: unknown): void {
  if (error !== undefined) throw error;
}

function parse(data: unknown): unknown {
  try {
    return typeof data === "string" ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
