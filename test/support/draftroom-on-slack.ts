import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DraftroomProcess, startDraftroom } from "./draftroom-process.ts";
import type { LocalSlack, SlackOptions } from "./slack/local-slack.ts";
import type { SlackMessage } from "./slack/slack-message.ts";
import type { SlackChannel, SlackPerson, SlackTeam } from "./slack/slack-people.ts";
import { startSlack } from "./slack/start-slack.ts";

export type SlackMode = "socket" | "http";

/** A team on a local Slack, with Draftroom installed and running. */
export interface SlackOffice {
  readonly mode: SlackMode;
  readonly slack: LocalSlack;
  readonly team: SlackTeam;
  /** Public; everybody and the bot are in it. */
  readonly brand: SlackChannel;
  readonly people: SlackPeople;
  readonly draftroom: DraftroomProcess;
  /** Starts it again, after it was stopped or killed. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Members, an art director, a manager. */
export interface SlackPeople {
  readonly mia: SlackPerson;
  readonly noor: SlackPerson;
  readonly ada: SlackPerson;
  readonly max: SlackPerson;
}

const QUICK = {
  DRAFTROOM_SKETCH_DELAY_MS: "0",
  DRAFTROOM_LEASE_SECONDS: "2",
  DRAFTROOM_STUDIO: "off",
  DRAFTROOM_LOG_LEVEL: "warn",
};

/**
 * The program as one team runs it. In `http` mode Slack delivers to a port that the program has chosen.
 *
 * @param main a main file instead of `src/main.ts` that prints the same lines.
 */
export async function openSlackOffice(
  mode: SlackMode,
  options: SlackOptions = {},
  more: Readonly<Record<string, string>> = {},
  main?: string,
): Promise<SlackOffice> {
  const slack = await startSlack({ limits: "off", fileReadyMs: 20, ...options });
  const folder = await mkdtemp(join(tmpdir(), "draftroom-slack-"));
  const team = slack.addWorkspace({ name: "Atelier" });
  const people = {
    mia: team.addPerson("mia"),
    noor: team.addPerson("noor"),
    ada: team.addPerson("ada"),
    max: team.addPerson("max"),
  };
  const brand = team.addChannel("brand", { members: Object.values(people), bot: true });
  const { botToken } = team.install();
  const env = {
    ...QUICK,
    DRAFTROOM_DATA_DIR: folder,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: botToken,
    SLACK_DIRECTORS: people.ada.id,
    SLACK_MANAGERS: people.max.id,
    ...(mode === "socket"
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret, SLACK_HOST: "127.0.0.1", SLACK_PORT: "0" }),
    ...more,
  };
  let draftroom = await start();

  async function start(): Promise<DraftroomProcess> {
    const started = await startDraftroom(env, main);
    if (mode === "http") await slack.deliverTo(`${addressOf(started)}/slack/events`);
    return started;
  }

  return {
    mode,
    slack,
    team,
    brand,
    people,
    get draftroom() {
      return draftroom;
    },
    async restart() {
      draftroom = await start();
    },
    async close() {
      await draftroom.kill();
      await slack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where its receiver listens, as it says itself: `Slack (HTTP at http://127.0.0.1:3001)`. */
function addressOf({ places }: DraftroomProcess): string {
  const [, address] = /Slack \(HTTP at (\S+)\)/.exec(places.join(", ")) ?? [];
  if (address === undefined) throw new Error(`Slack's address is not among: ${places.join(", ")}`);
  return address;
}

/** For `until`: the newest message with a picture whose words match. */
export function pictured(channel: SlackChannel, pattern: RegExp): () => SlackMessage | undefined {
  return () => channel.messages().findLast((each) => each.images.length > 0 && pattern.test(each.words));
}

/** For `until`: what a person was told privately. */
export function whispered(
  person: SlackPerson,
  channel: SlackChannel,
  pattern: RegExp,
): () => SlackMessage | undefined {
  return () => person.whispers(channel).findLast((each) => pattern.test(each.words));
}

/** For `until`: a message of the app as it is now, when its words match. */
export function now(channel: SlackChannel, { ts }: SlackMessage, pattern: RegExp) {
  return () => {
    const message = channel.message(ts);
    return message && pattern.test(message.words) ? message : undefined;
  };
}
