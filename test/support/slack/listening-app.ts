import type { AddressInfo } from "node:net";
import { type App, HTTPReceiver, type ReceiverEvent } from "@slack/bolt";
import { SocketModeClient } from "@slack/socket-mode";
import type { LocalSlack } from "./local-slack.ts";
import { SILENT } from "./slack-client.ts";

/** What reached the app. */
export interface Heard {
  /** The event's type, the command, or the interaction's type. */
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryNum: number | undefined;
  readonly retryReason: string | undefined;
}

/** What the app does with it: what it answers with; a throw means no ack, or a 500. */
export type React = (heard: Heard) => unknown;

export interface ListeningApp {
  readonly heard: readonly Heard[];
  stop(): Promise<void>;
}

/** An app that listens through Slack's own SDK, and tells what it heard. */
export async function startListeningApp(
  slack: LocalSlack,
  by: "http" | "socket",
  react: React = () => undefined,
): Promise<ListeningApp> {
  const heard: Heard[] = [];
  const hear = async (
    body: Record<string, unknown>,
    retryNum?: number,
    retryReason?: string,
  ): Promise<unknown> => {
    const event = body.event as { readonly type: string } | undefined;
    const type = String(event?.type ?? body.command ?? body.type);
    const each = { type, body, retryNum, retryReason: retryReason === "" ? undefined : retryReason };
    heard.push(each);
    return react(each);
  };
  const stop = by === "http" ? await listenByHttp(slack, hear) : await listenBySocket(slack, hear);
  return { heard, stop };
}

type Hear = (body: Record<string, unknown>, retryNum?: number, retryReason?: string) => Promise<unknown>;

async function listenBySocket(slack: LocalSlack, hear: Hear): Promise<() => Promise<void>> {
  const client = new SocketModeClient({
    appToken: slack.appToken,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logger: SILENT,
    clientPingTimeout: 1000,
  });
  client.on("slack_event", async ({ ack, body, retry_num, retry_reason }) => {
    const answer = await hear(body, retry_num, retry_reason).then(
      (value) => ({ value }),
      () => undefined,
    );
    if (answer !== undefined) await ack(answer.value);
  });
  await client.start();
  return () => client.disconnect();
}

async function listenByHttp(slack: LocalSlack, hear: Hear): Promise<() => Promise<void>> {
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    processBeforeResponse: true,
    logger: SILENT,
    port: 0,
  });
  receiver.init({
    async processEvent({ body, ack, retryNum, retryReason }: ReceiverEvent) {
      const answer = await hear(body, retryNum, retryReason);
      await ack(answer as undefined);
    },
  } as unknown as App);
  const server = await receiver.start({ port: 0, host: "127.0.0.1" } as unknown as number);
  await slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return async () => {
    await receiver.stop();
  };
}
