import type { ChannelRef, MessageRef, PostId } from "../../../../src/core/ids.ts";
import type { CommandSpec } from "../../../../src/ports/command-spec.ts";
import { createScriptedInbox, type ScriptedInbox, STARTED } from "../../../support/scripted-inbox.ts";

/** The other side of the port, where a command is answered with the one live message. */
export interface DiscordInbox extends ScriptedInbox {
  readonly answers: { readonly post: PostId; readonly message: MessageRef | undefined }[];
  readonly gone: ChannelRef[];
}

export const POST = "POST0001" as PostId;

const bare = (name: string): CommandSpec => ({
  name,
  summary: name,
  usage: `/${name}`,
  examples: [],
  words: undefined,
  options: [],
  attachmentsMax: 0,
  subcommands: [],
});

/** A few options of each kind. */
const COMMANDS: readonly CommandSpec[] = [
  {
    ...bare("draft"),
    words: { name: "prompt", summary: "What to see", lengthMax: 1000 },
    options: [
      { name: "count", summary: "How many", value: { kind: "number", min: 1, max: 16 } },
      { name: "model", summary: "Which", value: { kind: "choice", values: ["sketch", "skylark"] } },
      { name: "dry-run", summary: "Only the price", value: { kind: "flag" } },
    ],
    attachmentsMax: 2,
  },
  {
    ...bare("quota"),
    subcommands: [
      {
        name: "roles",
        usage: "/quota roles directors @ada",
        summary: "Who directs",
        managersOnly: true,
        options: [
          {
            name: "role",
            summary: "Which",
            value: { kind: "choice", values: ["directors", "managers"] },
            required: true,
          },
          { name: "who", summary: "Whom", value: { kind: "text", lengthMax: 500 }, required: true },
        ],
      },
    ],
  },
  bare("help"),
];

export function createDiscordInbox(): DiscordInbox {
  const scripted = createScriptedInbox();
  const usual = scripted.script.command;
  scripted.script.command = async (call) => {
    const reply = await usual(call);
    return reply.kind === "started" && call.isLive ? { ...reply, post: POST } : reply;
  };
  scripted.script.submit = async ({ isLive }) => ({
    kind: "started",
    card: STARTED,
    post: isLive ? POST : undefined,
  });
  const answers: DiscordInbox["answers"] = [];
  const gone: DiscordInbox["gone"] = [];
  return {
    ...scripted,
    commands: COMMANDS,
    answers,
    gone,
    async answered(post, message) {
      answers.push({ post, message });
    },
    async channelGone(channel) {
      gone.push(channel);
    },
  };
}
