import { expect } from "vitest";
import type { DiscordForm, DiscordMessage } from "./discord/discord-message.ts";
import type { CommandOptions, DiscordChannel, DiscordOutcome } from "./discord/discord-people.ts";
import { DISCORD_STYLE } from "./discord/look-style.ts";
import { type DiscordOffice, type DiscordPeople, pictured } from "./draftroom-on-discord.ts";
import { keepPage, type LookBook, type Looks, openLookBook } from "./look-book.ts";

/** For a machine that has other things to do. */
const PATIENCE_MS = 60_000;

export type Who = keyof DiscordPeople;

/** What the people of an office meet, each in a book of their own. */
export interface DiscordLooks {
  /** Puts a message, as it is now, into the book of whoever looks at it. */
  at(who: Who, name: string, message: DiscordMessage): void;
  /** A thread that somebody has opened. */
  thread(who: Who, name: string, thread: DiscordChannel): void;
  /** Uses a command: the private answer, which has to match. */
  ask(
    who: Who,
    command: string,
    options: CommandOptions,
    pattern: RegExp,
    where?: DiscordChannel,
  ): Promise<DiscordMessage>;
  /** Presses a button: the private answer, which has to match. */
  press(who: Who, on: DiscordMessage, button: string, pattern: RegExp): Promise<DiscordMessage>;
  /** The form in front of a person, under that title. */
  form(who: Who, name: string, title: string): DiscordForm;
  /** Sends the open form off: the private answer, which has to match. */
  submit(
    who: Who,
    answers: Readonly<Record<string, string>>,
    pattern: RegExp,
    where?: DiscordChannel,
  ): Promise<DiscordMessage>;
  /** A member's grid, when it is there. */
  draft(
    prompt: string,
    options?: CommandOptions,
    where?: DiscordChannel,
    pattern?: RegExp,
  ): Promise<DiscordMessage>;
  /** How many are in the books. */
  readonly count: number;
  /** Writes the books, and everybody's channels as they are in the end. */
  save(): Promise<readonly Looks[]>;
}

/**
 * @param story what the books are called, with whose they are: `funnel-mia`.
 * @param office is asked for when something is looked at.
 */
export function openDiscordLooks(story: string, office: () => DiscordOffice): DiscordLooks {
  const books = new Map<Who, LookBook>();
  const person = (who: Who) => office().people[who];
  const until = <T>(find: () => T | undefined | false | null) =>
    office().discord.until(find, { timeoutMs: PATIENCE_MS });
  const bookOf = (who: Who) => {
    const book = books.get(who) ?? openLookBook(`${story}-${who}`, DISCORD_STYLE);
    books.set(who, book);
    return book;
  };

  /** What only that person sees from then on, early or late: a machine may be busy. */
  async function answer(
    who: Who,
    where: DiscordChannel,
    act: () => Promise<DiscordOutcome>,
    pattern: RegExp,
  ): Promise<DiscordMessage> {
    const before = new Set(
      person(who)
        .privates(where)
        .map(({ id }) => id),
    );
    const outcome = await act();
    if (outcome.kind === "failed" || outcome.kind === "invalid" || outcome.kind === "form")
      throw new Error(`no answer: ${JSON.stringify(outcome)}`);
    return until(() =>
      person(who)
        .privates(where)
        .findLast(({ id, words }) => !before.has(id) && pattern.test(words)),
    );
  }

  const looks: DiscordLooks = {
    at(who, name, { id }) {
      bookOf(who).add(name, office().discord.excerpt({ message: id }));
    },
    thread(who, name, { id }) {
      bookOf(who).add(name, office().discord.excerpt({ thread: id }));
    },
    async ask(who, command, options, pattern, where = office().brand) {
      const said = await answer(who, where, () => person(who).command(where, command, options), pattern);
      looks.at(who, typed(command, options), said);
      return said;
    },
    async press(who, on, button, pattern) {
      const where = channelOf(office(), on);
      const said = await answer(who, where, () => person(who).press(on, button), pattern);
      looks.at(who, `${button}, an answer`, said);
      return said;
    },
    form(who, name, title) {
      const form = person(who).form();
      if (form === undefined) throw new Error(`there is no form in front of ${who}`);
      expect(form.title).toBe(title);
      bookOf(who).add(name, office().discord.excerpt({ modalOf: person(who).id }));
      return form;
    },
    async submit(who, answers, pattern, where = office().brand) {
      const said = await answer(who, where, () => person(who).submit(answers), pattern);
      looks.at(who, "a form, answered", said);
      return said;
    },
    async draft(prompt, options = {}, where = office().brand, pattern = new RegExp(prompt)) {
      const said = await person("mia").command(where, "draft", { prompt, ...options });
      if (said.kind === "failed") throw new Error(said.text);
      return until(pictured(where, pattern));
    },
    get count() {
      return [...books.values()].reduce((sum, book) => sum + book.count, 0);
    },
    async save() {
      const saved: Looks[] = [];
      for (const [who, book] of books) {
        saved.push(await book.save());
        const name = `${story}-${who}-in-the-end`;
        await keepPage(name, office().discord.page(name, person(who)), DISCORD_STYLE);
      }
      return saved;
    },
  };
  return looks;
}

/** As Discord's client shows what was used. */
function typed(command: string, options: CommandOptions): string {
  const given = Object.entries(options).map(([name, value]) => `${name}:${nameOf(value)}`);
  return [`/${command}`, ...given].join(" ").slice(0, 48);
}

function nameOf(value: CommandOptions[string]): string {
  if (typeof value !== "object") return `${value}`;
  return "name" in value ? value.name : value.id;
}

function channelOf({ guild, brand }: DiscordOffice, { channelId }: DiscordMessage): DiscordChannel {
  return guild.channel(channelId) ?? brand;
}
