import { Kysely, PostgresDialect } from "kysely";
import { expect } from "vitest";
import { migrate } from "../../adapters/postgres/migrate.ts";
import { toEmoji, toEmojiName } from "../../adapters/slack/sender/emoji-names.ts";
import { createSlack } from "../../adapters/slack/slack.ts";
import { SLACK_MIGRATIONS } from "../../adapters/slack/slack-migrations.ts";
import { channelRef, groupRef, messageRef, readMessage, userRef } from "../../adapters/slack/slack-refs.ts";
import type { SlackTables } from "../../adapters/slack/slack-tables.ts";
import { Secret } from "../../src/core/secret.ts";
import type { AssetReader } from "../../src/ports/assets.ts";
import { openEmbedded, type TestDatabase } from "../support/open-databases.ts";
import { createRecordingLog } from "../support/recording-log.ts";
import { createScriptedInbox } from "../support/scripted-inbox.ts";
import type { LocalSlack } from "../support/slack/local-slack.ts";
import { createSlackClient } from "../support/slack/slack-client.ts";
import type { SlackMessage } from "../support/slack/slack-message.ts";
import type { SlackChannel, SlackPerson, SubmitOutcome } from "../support/slack/slack-people.ts";
import { startSlack } from "../support/slack/start-slack.ts";
import {
  type ChatBench,
  type ChatGround,
  type ChatPerson,
  drawPicture,
  type SeenMessage,
} from "./chat-bench.ts";

/** Slack's own limits are proved elsewhere: here its minute passes 100 times as fast. */
const MINUTE_MS = 600;

/** Slack as it is run, over a local one. */
export async function openSlackGround(mode: "socket" | "http"): Promise<ChatGround> {
  const database = await openEmbedded();
  await migrate(database.pool, SLACK_MIGRATIONS);
  const assets = await drawPicture();
  return {
    open: () => openBench(mode, database, assets),
    close: () => database.close(),
  };
}

async function openBench(
  mode: "socket" | "http",
  { pool }: TestDatabase,
  assets: AssetReader,
): Promise<ChatBench> {
  const local = await startSlack({ limits: "off", fileReadyMs: 10 });
  const team = local.addWorkspace();
  const [mia, noor] = [team.addPerson("mia"), team.addPerson("noor")];
  const brand = team.addChannel("brand", { members: [mia, noor], bot: true });
  const { botToken } = team.install();
  const { gateway, sender, place } = createSlack({
    db: new Kysely<SlackTables>({ dialect: new PostgresDialect({ pool }) }),
    assets,
    transport:
      mode === "socket"
        ? { kind: "socket", appToken: new Secret(local.appToken) }
        : { kind: "http", signingSecret: new Secret(local.signingSecret), host: "127.0.0.1", port: 0 },
    install: { kind: "token", botToken: new Secret(botToken) },
    directors: [{ team: undefined, id: noor.id }],
    managers: [{ team: team.id, id: mia.id }],
    apiUrl: new URL(local.apiUrl),
    minuteMs: MINUTE_MS,
    log: createRecordingLog(),
    clock: () => new Date(),
  });
  const inbox = createScriptedInbox();
  await gateway.start(inbox);
  const [, url] = /\((?:HTTP at )(.*)\)/.exec(place()) ?? [];
  if (url !== undefined) await local.deliverTo(`${url}/slack/events`);
  let isTwice = false;
  const room: Room = {
    local,
    team: team.id,
    channel: brand,
    async ended(act) {
      const done = await act;
      // Whoever acted hears of the first delivery only.
      if (isTwice) await local.settled();
      isTwice = false;
      return done;
    },
  };

  return {
    sender,
    gateway,
    inbox,
    place: { channel: channelRef({ team: team.id, channel: brand.id }), thread: undefined },
    mia: createPerson(room, mia),
    noor: createPerson(room, noor),
    staff: { directors: [userRef(team.id, noor.id)], managers: [userRef(team.id, mia.id)] },
    options: undefined,
    isLive: false,
    whispers: "always",
    nobody: groupRef(team.id, "S0NOBODY"),
    async remove(message) {
      const { channel, ts } = readMessage(message);
      await createSlackClient(local, botToken).chat.delete({ channel, ts });
    },
    loseAnswer: () => local.faults.call("chat.postMessage", { kind: "reset_after" }),
    async cutOff() {
      local.faults.call("*", { kind: "reset_before" }, { p: 1 });
    },
    deliverTwice() {
      isTwice = true;
      local.faults.event("*", { kind: "duplicate" });
    },
    async close() {
      await gateway.stop();
      await local.stop();
      expect(local.problems).toEqual([]);
    },
  };
}

interface Room {
  readonly local: LocalSlack;
  readonly team: string;
  readonly channel: SlackChannel;
  /** Resolves when what somebody did was delivered. */
  ended<T>(act: Promise<T>): Promise<T>;
}

function createPerson({ local, team, channel, ended }: Room, person: SlackPerson): ChatPerson {
  const toRef = ({ ts }: SlackMessage) => messageRef({ team, channel: channel.id, ts });

  return {
    ref: userRef(team, person.id),
    name: `@${person.name}`,
    async command(text) {
      const [, command = "", rest = ""] = /^(\S+) ?(.*)$/s.exec(text) ?? [];
      try {
        return (await ended(person.command(channel, command, rest))).text;
      } catch (error) {
        // Slack's client knows no other commands.
        return String(error);
      }
    },
    async press(message, label) {
      const outcome = await ended(person.press({ channel: channel.id, ts: readMessage(message).ts }, label));
      return outcome.kind === "failed" ? outcome.text : "";
    },
    async react(message, emoji, on) {
      const at = { channel: channel.id, ts: readMessage(message).ts };
      if (on) person.react(at, toEmojiName(emoji));
      else person.unreact(at, toEmojiName(emoji));
      await local.settled();
      return "";
    },
    form: () => person.modal()?.fields.map((field) => field.blockId.replace(/^field\./, "")),
    async submit(answers) {
      const form = person.modal();
      if (form === undefined) throw new Error("no form is open");
      const named = Object.entries(answers).map(([name, answer]) => [`field.${name}`, answer]);
      return wordsOf(await ended(person.submit(form, Object.fromEntries(named))));
    },
    async sees({ thread }) {
      const root = thread === undefined ? undefined : readMessage(thread).ts;
      return person
        .sees(channel)
        .filter((each) => each.threadTs === root)
        .map((each): SeenMessage => toSeen(each, toRef(each), team));
    },
  };
}

function wordsOf(outcome: SubmitOutcome): string {
  switch (outcome.kind) {
    case "closed":
      return "";
    case "errors":
    case "invalid":
      return Object.values(outcome.errors).join("\n");
    case "updated":
      return outcome.view.words;
    case "failed":
      return outcome.text;
  }
}

function toSeen(message: SlackMessage, ref: SeenMessage["ref"], team: string): SeenMessage {
  const calls = message.mentions.map((each) => {
    const [, id] = /^<@(\w+)>$/.exec(each) ?? [];
    return id === undefined ? each : userRef(team, id);
  });
  return {
    ref,
    words: message.words,
    // Whoever is named in Slack is called.
    names: calls,
    calls,
    pictures: message.images.map(({ alt }) => alt),
    buttons: message.buttons.map(({ label }) => label),
    reactions: message.reactions.flatMap(({ name }) => toEmoji(name) ?? []),
    isPrivate: message.ephemeralFor !== undefined,
  };
}
