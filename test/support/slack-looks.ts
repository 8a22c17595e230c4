import { expect } from "vitest";
import { pictured, type SlackOffice, type SlackPeople, whispered } from "./draftroom-on-slack.ts";
import { keepPage, type LookBook, type Looks, openLookBook } from "./look-book.ts";
import { SLACK_STYLE } from "./slack/look-style.ts";
import type { SlackMessage, SlackView } from "./slack/slack-message.ts";
import type { SlackChannel } from "./slack/slack-people.ts";

/** For a machine that has other things to do. */
const DRAFT_MS = 60_000;

export type Who = keyof SlackPeople;

/** What the people of an office meet, each in a book of their own. */
export interface SlackLooks {
  /** Puts a message or view, as it is now, into the book of whoever looks at it. */
  at(who: Who, name: string, of: SlackMessage | SlackView, errors?: Readonly<Record<string, string>>): void;
  /** Types a command: the private answer, which has to match. */
  ask(who: Who, command: string, words: string, pattern: RegExp, where?: SlackChannel): Promise<SlackMessage>;
  /** Presses a button: what is said to that person alone, which has to match. */
  press(who: Who, on: SlackMessage, button: string, pattern: RegExp): Promise<SlackMessage>;
  /** The modal in front of a person, under that title. */
  modal(who: Who, name: string, title: string): Promise<SlackView>;
  /** Sends a form off that is refused, for a reason which has to match, and closes it. */
  refused(
    who: Who,
    form: SlackView,
    answers: Readonly<Record<string, string>>,
    pattern: RegExp,
  ): Promise<void>;
  /** A person's own page, which has to match. */
  home(who: Who, name: string, pattern: RegExp): Promise<SlackView>;
  /** A member's grid, when it is there. */
  draft(words: string, where?: SlackChannel): Promise<SlackMessage>;
  /** How many are in the books. */
  readonly count: number;
  /** Writes the books, and everybody's channels as they are in the end. */
  save(): Promise<readonly Looks[]>;
}

/**
 * @param story what the books are called, with whose they are: `funnel-mia`.
 * @param office is asked for when something is looked at.
 */
export function openSlackLooks(story: string, office: () => SlackOffice): SlackLooks {
  const books = new Map<Who, LookBook>();
  const person = (who: Who) => office().people[who];
  const bookOf = (who: Who) => {
    const book = books.get(who) ?? openLookBook(`${story}-${who}`, SLACK_STYLE);
    books.set(who, book);
    return book;
  };

  const looks: SlackLooks = {
    at(who, name, of, errors) {
      bookOf(who).add(name, office().slack.excerpt(of, errors));
    },
    async ask(who, command, words, pattern, where = office().brand) {
      const said = await person(who).command(where, command, words);
      if (said.kind !== "acked" || said.message === undefined) throw new Error(`no answer: ${said.text}`);
      expect(said.message.ephemeralFor).toBe(person(who).id);
      expect(said.message.words).toMatch(pattern);
      looks.at(who, `${command} ${words}`.slice(0, 48), said.message);
      return said.message;
    },
    async press(who, on, button, pattern) {
      await person(who).press(on, button);
      const said = await office().slack.until(whispered(person(who), office().brand, pattern));
      looks.at(who, `${button}: an answer`, said);
      return said;
    },
    async modal(who, name, title) {
      const view = await office().slack.until(() => person(who).modal());
      expect(view.title).toBe(title);
      looks.at(who, name, view);
      return view;
    },
    async refused(who, form, answers, pattern) {
      const said = await person(who).submit(form, answers);
      if (said.kind !== "errors") throw new Error(`the form was ${said.kind}`);
      expect(Object.values(said.errors).join()).toMatch(pattern);
      looks.at(who, "the form, filled in badly", form, said.errors);
      await person(who).closeView(form);
    },
    async home(who, name, pattern) {
      person(who).openHome();
      const view = await office().slack.until(() => {
        const shown = person(who).home();
        return shown && pattern.test(shown.words) ? shown : undefined;
      });
      looks.at(who, name, view);
      return view;
    },
    async draft(words, where = office().brand) {
      expect(await person("mia").command(where, "/draft", words)).toMatchObject({ kind: "acked" });
      const prompt = words.replace(/ --.*/, "");
      return office().slack.until(pictured(where, new RegExp(prompt.replace(/[^\w ]/g, "."))), {
        timeoutMs: DRAFT_MS,
      });
    },
    get count() {
      return [...books.values()].reduce((sum, book) => sum + book.count, 0);
    },
    async save() {
      const saved: Looks[] = [];
      for (const [who, book] of books) {
        saved.push(await book.save());
        const name = `${story}-${who}-in-the-end`;
        await keepPage(name, office().slack.page(name, person(who)), SLACK_STYLE);
      }
      return saved;
    },
  };
  return looks;
}
