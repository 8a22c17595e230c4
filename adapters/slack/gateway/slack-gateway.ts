import type { CustomRoute, Receiver } from "@slack/bolt";
import type { Secret } from "../../../src/core/secret.ts";
import type { ChatGateway, ChatSender } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import type { Installs } from "../installs/access.ts";
import type { SlackClients } from "../installs/slack-client.ts";
import type { EventLog } from "../intake/event-log.ts";
import { SLACK } from "../slack-refs.ts";
import { createAnswers } from "./answers.ts";
import { createAttach } from "./attached-files.ts";
import { awaitAccess } from "./await-access.ts";
import { createBoltApp } from "./bolt-app.ts";
import { createDispatch } from "./dispatch.ts";
import { createHttpReceiver } from "./http-receiver.ts";
import { createInProgress } from "./in-progress.ts";
import { createMembership } from "./membership.ts";
import { createPeople, type KnownPeople } from "./people.ts";
import { createReception, type Reception } from "./reception.ts";
import { createSocketReceiver } from "./socket-receiver.ts";

/*
 * `/help` may be registered: Slack's own is gone, and manifests that have it are taken, unlike those with
 * `/status`, `/me` or `/join` (built-in: https://slack.com/help/articles/201259356). But any app may have a
 * `/help`, and Slack asks the one that was installed last. So `/draft help`, `/quota help` and
 * `@draftroom help` help as well.
 */

export type SlackTransport =
  /** For one workspace. Needs no public address. */
  | { readonly mode: "socket"; readonly appToken: Secret }
  /** For any number of workspaces, and of instances behind a balancer. */
  | {
      readonly mode: "http";
      readonly signingSecret: Secret;
      readonly host: string;
      /** 0 takes a free one. */
      readonly port: number;
      /** Pages beside `POST /slack/events` and `GET /health`, such as those that install the app. */
      readonly routes: readonly CustomRoute[];
    };

export interface SlackGatewayParts {
  readonly transport: SlackTransport;
  /** Such as `https://slack.com/api/`. */
  readonly apiUrl: string;
  readonly clients: Pick<SlackClients, "options">;
  readonly installs: Installs;
  readonly roles: KnownPeople;
  /** The sender's: both halves keep to one pace. */
  readonly whisper: ChatSender["whisper"];
  readonly events: EventLog;
  readonly log: Log;
  readonly clock: Clock;
}

export interface SlackGateway extends ChatGateway {
  /** Where it listens, such as `http://0.0.0.0:3001`; undefined with Socket Mode. Only while it is started. */
  url(): string | undefined;
}

/**
 * Hears what happens in Slack. Slack is told "ok" once it is kept, and not before; what is not kept it
 * delivers again, or the person hears of it who did it.
 */
export function createSlackGateway(parts: SlackGatewayParts): SlackGateway {
  const { clients, installs, roles, events, log, clock } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const progress = createInProgress((error) => log.error("slack.missed_not_recorded", error));
  const answers = createAnswers({ ...parts, access: installs });
  const membership = createMembership({ access: installs, clock, log });
  const attach = createAttach({ access: installs, apiUrl: parts.apiUrl });
  const people = createPeople({ access: installs, roles });
  let listening: Listening | undefined;
  let reception: Reception | undefined;

  return {
    platform: SLACK,
    async start(inbox) {
      await awaitAccess({ access: installs, log, signal });
      const desk = { inbox, installs, answers, membership, attach, people, roles, log };
      reception = createReception({ dispatch: createDispatch(desk), events, clock, log });
      reception.start();
      listening = listen(parts, () => progress.tell(inbox.reconnected(SLACK)));
      const { receiver, url } = listening;
      await createBoltApp({
        receiver,
        installs,
        options: clients.options,
        log,
        receive: reception.receive,
      }).start();
      log.info("slack.started", { mode: parts.transport.mode, url: url() });
    },
    async stop() {
      stopping.abort();
      await reception?.stop();
      await progress.settled();
      await listening?.receiver.stop();
    },
    url: () => listening?.url(),
  };
}

interface Listening {
  readonly receiver: Receiver;
  readonly url: () => string | undefined;
}

/** @param onReconnect the connection was lost, and is back: what people did meanwhile may not have come through. */
function listen({ transport, clients, log }: SlackGatewayParts, onReconnect: () => void): Listening {
  switch (transport.mode) {
    case "socket": {
      const { appToken } = transport;
      const receiver = createSocketReceiver({ appToken, options: clients.options, onReconnect, log });
      return { receiver, url: () => undefined };
    }
    case "http": {
      const receiver = createHttpReceiver({ ...transport, log });
      return { receiver, url: receiver.url };
    }
  }
}
