import { bold, type Card, type Form, plainCard, text, user } from "../../../src/core/card.ts";
import type { AssetId, ChannelRef, MessageRef, UserRef } from "../../../src/core/ids.ts";
import type { Staff } from "../../../src/core/roles.ts";
import type {
  ChatInbox,
  ChatSender,
  CommandCall,
  Press,
  ReactionChange,
  Reply,
  Submission,
} from "../../../src/ports/chat.ts";
import type { CommandSpec } from "../../../src/ports/command-spec.ts";

/** What stands behind the studio in these tests: few commands, no models, no money; everything it heard is kept. */
export interface ScriptedInbox extends ChatInbox {
  readonly heard: (CommandCall | Press | Submission | ReactionChange)[];
  /** What happens before the next events are recorded; a rejection means that they are not. */
  before: () => Promise<void>;
  /** What happens before it answers who directs and manages; a rejection means that it cannot. */
  beforeStaff: (channel: ChannelRef) => Promise<void>;
}

export const GRID = "GRID01" as AssetId;
export const FINAL = "FINAL01" as AssetId;

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "draft",
    summary: "Draw a grid of quick takes",
    usage: "/draft <prompt> [--takes 4] [--aspect 16:9] [--seed 7]",
    examples: ["/draft a glass bottle refracting afternoon sun on a limestone table"],
    words: { name: "prompt", summary: "What to see", lengthMax: 1000 },
    options: [
      { name: "takes", summary: "How many takes", value: { kind: "choice", values: ["2", "4", "6", "9"] } },
      {
        name: "aspect",
        summary: "Width to height",
        value: { kind: "choice", values: ["1:1", "16:9", "9:16", "4:5"] },
      },
      { name: "seed", summary: "Where chance begins", value: { kind: "number", min: 0, max: 4_294_967_295 } },
    ],
    attachmentsMax: 0,
    subcommands: [],
  },
  {
    name: "quota",
    summary: "What is left of this channel's budget",
    usage: "/quota [grant <credits> | roles directors <people>]",
    examples: ["/quota", "/quota grant 100", "/quota roles directors @ada"],
    words: undefined,
    options: [],
    attachmentsMax: 0,
    subcommands: [
      {
        name: "grant",
        usage: "/quota grant <credits>",
        summary: "Put credits in",
        managersOnly: true,
        options: [],
      },
      { name: "report", usage: "/quota report", summary: "Where it went", managersOnly: false, options: [] },
    ],
  },
  {
    name: "policy",
    summary: "The rules of this channel",
    usage: "/policy",
    examples: ["/policy"],
    words: undefined,
    options: [],
    attachmentsMax: 0,
    subcommands: [],
  },
];

export const GRANT_FORM: Form = {
  id: "grant",
  title: "Grant credits to #spring-launch",
  submit: "Grant",
  intro: "Credits are <b>for</b> this channel alone.",
  fields: [
    {
      type: "text",
      name: "amount",
      label: "Credits",
      hint: "Whole credits, up to 10,000",
      value: "100",
      lengthMax: 6,
      required: true,
      multiline: false,
    },
    {
      type: "choice",
      name: "period",
      label: "For",
      options: [
        { value: "month", label: "This month" },
        { value: "always", label: "Until they are spent" },
      ],
      value: "month",
    },
    {
      type: "text",
      name: "reason",
      label: "Reason",
      hint: "a second shoot for the same launch",
      value: "",
      lengthMax: 200,
      required: false,
      multiline: true,
    },
  ],
};

/** Written by the studio's sender, so that the whole way out is tested too. */
export function createScriptedInbox(sender: ChatSender): ScriptedInbox {
  const heard: ScriptedInbox["heard"] = [];
  const inbox: ScriptedInbox = {
    commands: COMMANDS,
    heard,
    before: async () => {},
    beforeStaff: async () => {},
    command,
    press,
    submit,
    reaction,
    staff,
    // The studio has no pages of people, no live replies, nothing that leaves, and is never out of touch.
    answered: () => Promise.reject(new Error("not of the studio")),
    channelGone: () => Promise.reject(new Error("not of the studio")),
    reconnected: () => Promise.reject(new Error("not of the studio")),
    home: () => Promise.reject(new Error("not of the studio")),
    workspacesOf: () => Promise.reject(new Error("not of the studio")),
    workspace: () => Promise.reject(new Error("not of the studio")),
  };
  /** By channel, where a command has named them. */
  const directors = new Map<ChannelRef, readonly UserRef[]>();

  async function command(call: CommandCall): Promise<Reply> {
    await inbox.before();
    heard.push(call);
    if (call.name === "draft") {
      const busy = { key: `${call.event}`, inDoubtSince: undefined };
      const message = await sender.post(call.place, busyCard(call), busy);
      await sender.edit(message, gridCard(call));
      await sender.seed(message, gridCard(call).reactions);
      return { kind: "done" };
    }
    if (call.text.startsWith("grant")) return { kind: "form", form: GRANT_FORM };
    if (call.text.startsWith("roles directors")) {
      directors.set(
        call.place.channel,
        call.mentions.map((one) => one.who as UserRef),
      );
    }
    return { kind: "whisper", card: quotaCard() };
  }

  async function press(event: Press): Promise<Reply> {
    await inbox.before();
    heard.push(event);
    if (event.action === "policy") return { kind: "form", form: GRANT_FORM };
    if (event.message === undefined) throw new Error("a press of the studio is on a message");
    await deliverFinal(event.message, event.action);
    return { kind: "done" };
  }

  async function submit(event: Submission): Promise<Reply> {
    await inbox.before();
    heard.push(event);
    if (!/^\d+$/.test(event.answers.amount ?? "")) {
      return { kind: "refused", card: plainCard("error", "Credits must be a whole number.") };
    }
    const card = plainCard("ok", `${event.answers.amount} credits granted.`);
    await sender.post(event.place, card, { key: event.event, inDoubtSince: undefined });
    return { kind: "done" };
  }

  async function reaction(change: ReactionChange): Promise<void> {
    await inbox.before();
    heard.push(change);
  }

  async function staff(channel: ChannelRef): Promise<Staff> {
    const own = await sender.staff(channel);
    const together = { ...own, directors: directors.get(channel) ?? own.directors };
    await inbox.beforeStaff(channel);
    return together;
  }

  async function deliverFinal(grid: MessageRef, action: string): Promise<void> {
    const place = { channel: channelOf(grid), thread: await sender.thread(grid, "Draft") };
    await sender.post(place, finalCard(), { key: `final ${grid} ${action}`, inDoubtSince: undefined });
  }

  return inbox;
}

const channelOf = (message: MessageRef) =>
  message.slice(0, message.lastIndexOf(":")) as CommandCall["place"]["channel"];

function busyCard(call: CommandCall): Card {
  const body = [[user(call.person), text(" is drafting "), bold(call.text)], [text("4 takes, 4 credits")]];
  return {
    ...plainCard("busy", `Drafting 4 takes of ${call.text}.`, body),
    note: "sketch · 496 credits left",
  };
}

export function gridCard(call: Pick<CommandCall, "person" | "text">): Card {
  return {
    tone: "info",
    summary: `4 takes of ${call.text}. React with a number to pick one.`,
    body: [
      [user(call.person), text(" drafted "), bold(call.text)],
      [text("React with a number, or press one. An art director's number is the pick.")],
    ],
    picture: {
      asset: GRID,
      name: "grid.png",
      alt: `2 by 2 grid of takes for: ${call.text}. 1 top left, 2 top right, 3 bottom left, 4 bottom right.`,
      full: undefined,
    },
    actions: [
      { id: "pick:1", label: "1", style: "plain" },
      { id: "pick:2", label: "2", style: "plain" },
      { id: "pick:3", label: "3", style: "plain" },
      { id: "pick:4", label: "4", style: "plain" },
      { id: "approve", label: "Approve", style: "primary" },
      { id: "reroll", label: "Reroll", style: "plain" },
    ],
    reactions: ["n1", "n2", "n3", "n4", "reroll", "approve"],
    note: "4 credits · 496 left · sketch/block-in · AI-generated",
  };
}

function finalCard(): Card {
  return {
    tone: "ok",
    summary: "The final of take 3 is ready.",
    body: [[bold("Final of take 3"), text(" at 2K. It drifted 8 % from the take.")]],
    picture: { asset: FINAL, name: "final-3.png", alt: "The final of take 3: a glass bottle.", full: FINAL },
    actions: [
      { id: "final-approve", label: "Approve", style: "primary" },
      { id: "final-reject", label: "Send back", style: "danger" },
      { id: "final-redo", label: "Redo", style: "plain" },
    ],
    reactions: ["approve", "reject"],
    note: "8 credits · 488 left · 14 s",
  };
}

function quotaCard(): Card {
  const body = [
    [bold("496 of 500 credits"), text(" left in #spring-launch until 1 December.")],
    [text("12 held by 3 jobs. At this pace it lasts until the 24th.")],
  ];
  const actions = [{ id: "policy", label: "Grant credits", style: "plain" }] as const;
  return { ...plainCard("info", "496 of 500 credits left.", body), actions };
}
