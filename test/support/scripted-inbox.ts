import { type Card, type Form, plainCard } from "../../src/core/card.ts";
import type { UserRef, WorkspaceRef } from "../../src/core/ids.ts";
import type {
  ChatInbox,
  CommandCall,
  Press,
  ReactionChange,
  Reply,
  Submission,
} from "../../src/ports/chat.ts";
import type { CommandSpec, WordsSpec } from "../../src/ports/command-spec.ts";

/** The other side of the port: keeps what came, and answers as the test says. */
export interface ScriptedInbox extends ChatInbox {
  readonly commandCalls: CommandCall[];
  readonly presses: Press[];
  readonly submissions: Submission[];
  readonly reactions: ReactionChange[];
  readonly homes: { readonly workspace: WorkspaceRef; readonly person: UserRef }[];
  readonly workspaces: { readonly workspace: WorkspaceRef; readonly change: "left" | "returned" }[];
  /** What is kept of other times. */
  readonly kept: WorkspaceRef[];
  readonly reconnects: string[];
  /** What is answered from now on. */
  readonly script: Script;
}

export interface Script {
  command: (call: CommandCall) => Promise<Reply>;
  press: (press: Press) => Promise<Reply>;
  submit: (submission: Submission) => Promise<Reply>;
  reaction: (change: ReactionChange) => Promise<void>;
  home: () => Promise<readonly Card[]>;
}

/** What stands after the name of each command. */
export const WORDS: WordsSpec = { name: "words", summary: "What to say", lengthMax: 2000 };

const spec = (name: string): CommandSpec => ({
  name,
  summary: name,
  usage: `/${name}`,
  examples: [],
  words: WORDS,
  options: [],
  attachmentsMax: 0,
  subcommands: [],
});

export const DRAFT_FORM: Form = {
  id: "draft",
  title: "Draft",
  submit: "Draft",
  intro: undefined,
  fields: [
    {
      type: "text",
      name: "prompt",
      label: "What should be seen?",
      hint: "a glass bottle",
      value: "",
      lengthMax: 1000,
      required: true,
      multiline: true,
    },
    {
      type: "choice",
      name: "count",
      label: "How many takes",
      options: ["1", "4"].map((value) => ({ value, label: value })),
      value: "4",
    },
  ],
};

export const STARTED = plainCard("busy", "Drafting 4 takes…");
export const DONE: Reply = { kind: "done" };

export function createScriptedInbox(): ScriptedInbox {
  const script: Script = {
    async command({ name, text }) {
      if (name !== "draft") return { kind: "whisper", card: plainCard("info", `This is ${name}.`) };
      return text === ""
        ? { kind: "form", form: DRAFT_FORM }
        : { kind: "started", card: STARTED, post: undefined };
    },
    press: async () => DONE,
    submit: async () => ({ kind: "started", card: STARTED, post: undefined }),
    reaction: async () => {},
    home: async () => [plainCard("info", "Nothing under way.")],
  };
  const inbox: ScriptedInbox = {
    commands: ["draft", "quota", "help"].map(spec),
    script,
    commandCalls: [],
    presses: [],
    submissions: [],
    reactions: [],
    homes: [],
    workspaces: [],
    kept: [],
    workspacesOf: async () => inbox.kept,
    reconnects: [],
    command(call) {
      inbox.commandCalls.push(call);
      return script.command(call);
    },
    press(press) {
      inbox.presses.push(press);
      return script.press(press);
    },
    submit(submission) {
      inbox.submissions.push(submission);
      return script.submit(submission);
    },
    reaction(change) {
      inbox.reactions.push(change);
      return script.reaction(change);
    },
    async reconnected(platform) {
      inbox.reconnects.push(platform);
    },
    staff: async () => ({ directors: [], managers: [] }),
    home(workspace, person) {
      inbox.homes.push({ workspace, person });
      return script.home();
    },
    async workspace(workspace, change) {
      inbox.workspaces.push({ workspace, change });
    },
    // Slack shows no reply to everybody, and tells of no channel that is gone.
    answered: () => Promise.reject(new Error("not of Slack")),
    channelGone: () => Promise.reject(new Error("not of Slack")),
  };
  return inbox;
}
