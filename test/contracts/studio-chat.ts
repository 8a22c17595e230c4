import { Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import { createStudio } from "../../adapters/web/studio.ts";
import { channelRef, messageIdOf, messageRef, userRef } from "../../adapters/web/studio-refs.ts";
import type { StudioTables } from "../../adapters/web/studio-tables.ts";
import type { Answer, MessageView } from "../../adapters/web/wire.ts";
import type { Form, Span } from "../../src/core/card.ts";
import { createIdSource } from "../../src/core/id-source.ts";
import type { GroupRef } from "../../src/core/ids.ts";
import type { AssetReader } from "../../src/ports/assets.ts";
import type { Place } from "../../src/ports/chat.ts";
import { forgetMessages, openStudioDatabase } from "../adapters/web/studio-setup.ts";
import { createRecordingLog } from "../support/recording-log.ts";
import { createScriptedInbox } from "../support/scripted-inbox.ts";
import { connectStudio, type StudioPerson, StudioProblem } from "../support/studio-client.ts";
import {
  type ChatBench,
  type ChatGround,
  type ChatPerson,
  drawPicture,
  type SeenMessage,
} from "./chat-bench.ts";

const CHANNEL = "spring-launch";
const PLACE: Place = { channel: channelRef(CHANNEL), thread: undefined };

/** The local studio, over its own HTTP. */
export async function openStudioGround(): Promise<ChatGround> {
  const pool = await openStudioDatabase();
  const assets = await drawPicture();
  return {
    open: () => openBench(pool, assets),
    close: () => pool.end(),
  };
}

async function openBench(pool: Pool, assets: AssetReader): Promise<ChatBench> {
  await forgetMessages(pool);
  const clock = () => new Date();
  const studio = createStudio({
    db: new Kysely<StudioTables>({ dialect: new PostgresDialect({ pool }) }),
    assets,
    log: createRecordingLog(),
    clock,
    ids: createIdSource(clock),
    host: "127.0.0.1",
    port: 0,
    token: undefined,
    publicUrl: undefined,
  });
  const inbox = createScriptedInbox();
  await studio.gateway.start(inbox);
  const client = await connectStudio(studio.url());
  let times = 1;
  /** The page repeats what it is not sure of. */
  const deliver: Deliver = async (act) => {
    const event = crypto.randomUUID();
    const answers: Answer[] = [];
    for (const count = times; answers.length < count; ) answers.push(await act(event));
    times = 1;
    return answers.at(-1) ?? { kind: "done" };
  };
  const person = (name: string) => createPerson(name, client.as(name), deliver);

  return {
    sender: studio.sender,
    gateway: studio.gateway,
    inbox,
    place: PLACE,
    mia: person("mia"),
    noor: person("noor"),
    staff: { directors: [userRef("ada")], managers: [userRef("max")] },
    options: undefined,
    isLive: false,
    whispers: "always",
    nobody: "studio:local:@nobody" as GroupRef,
    async remove(message) {
      const { message: id } = messageIdOf(message);
      await pool.query("delete from studio_reactions where message = $1", [id]);
      await pool.query("delete from studio_messages where id = $1", [id]);
    },
    // Between the sender and its records there is nothing that an answer could be lost on.
    loseAnswer() {},
    async cutOff() {
      await pool.query("alter table studio_messages rename to studio_messages_away");
    },
    deliverTwice() {
      times = 2;
    },
    async close() {
      await pool.query("alter table if exists studio_messages_away rename to studio_messages");
      await studio.gateway.stop();
    },
  };
}

type Deliver = (act: (eventId: string) => Promise<Answer>) => Promise<Answer>;

function createPerson(name: string, page: StudioPerson, deliver: Deliver): ChatPerson {
  let form: Form | undefined;

  async function read(answer: Promise<Answer>): Promise<string> {
    try {
      const given = await answer;
      if (given.kind === "form") form = given.form;
      if (given.kind === "message") return toSeen(given.message).words;
      return given.kind === "refused" ? given.card.summary : "";
    } catch (error) {
      if (error instanceof StudioProblem) return error.message;
      throw error;
    }
  }

  async function sees({ thread }: Place): Promise<readonly MessageView[]> {
    if (thread === undefined) return page.messages({ channel: CHANNEL });
    const { message: root } = messageIdOf(thread);
    return (await page.messages({ thread: root })).filter((each) => each.id !== root);
  }

  async function findAction(id: string, label: string): Promise<string> {
    for (const place of [{ channel: CHANNEL }, ...(await threadsOf(page))]) {
      const message = (await page.messages(place)).find((each) => each.id === id);
      const actions = message?.content.kind === "card" ? message.content.card.actions : [];
      const action = actions.find((each) => each.label === label);
      if (action !== undefined) return action.id;
    }
    throw new Error(`no button "${label}"`);
  }

  return {
    ref: userRef(name),
    name: `@${name}`,
    command: (text) => read(deliver((eventId) => page.command(CHANNEL, text, { eventId }))),
    async press(message, label) {
      const { message: id } = messageIdOf(message);
      const action = await findAction(id, label);
      return read(deliver((eventId) => page.press(id, action, { eventId })));
    },
    react(message, emoji, on) {
      const { message: id } = messageIdOf(message);
      return read(deliver(() => (on ? page.react(id, emoji) : page.unreact(id, emoji))));
    },
    form: () => form?.fields.map((field) => field.name),
    async submit(answers) {
      const open = form;
      if (open === undefined) throw new Error("no form is open");
      const starts = Object.fromEntries(open.fields.map((field) => [field.name, field.value]));
      const submit = (eventId: string) =>
        page.submit(CHANNEL, open.id, { ...starts, ...answers }, { eventId });
      const outcome = deliver(submit);
      const words = await read(outcome);
      // The page keeps a form open that was not taken.
      const answer = await outcome.catch(() => undefined);
      if (answer !== undefined && answer.kind !== "refused") form = undefined;
      return words;
    },
    sees: async (place) => (await sees(place)).map(toSeen),
  };
}

async function threadsOf(page: StudioPerson): Promise<readonly { readonly thread: string }[]> {
  const roots = (await page.messages({ channel: CHANNEL })).filter((each) => each.replies !== null);
  return roots.map(({ id }) => ({ thread: id }));
}

function toSeen({ id, channel, content, reactions, isPrivate }: MessageView): SeenMessage {
  const card = content.kind === "card" ? content.card : undefined;
  const lines = content.kind === "card" ? content.card.body : content.lines;
  const names = lines.flat().flatMap((span) => (span.type === "user" ? [span.user] : []));
  return {
    ref: messageRef(channel, id),
    words: [...lines.map((line) => line.map(toWords).join("")), card?.note ?? ""].join("\n"),
    names,
    calls: names,
    pictures: card?.picture ? [card.picture.alt] : [],
    buttons: card?.actions.map((action) => action.label) ?? [],
    reactions: reactions.map((each) => each.emoji),
    isPrivate,
  };
}

function toWords(span: Span): string {
  return span.type === "user"
    ? span.user
    : span.type === "channel"
      ? span.channel
      : span.type === "group"
        ? span.group
        : span.text;
}
