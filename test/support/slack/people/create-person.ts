import type { Deliverer } from "../delivery/deliverer.ts";
import type { SlackPerson } from "../slack-people.ts";
import { canSee, openDirect } from "../world/channels.ts";
import type { Json, MessageRecord, UserRecord, ViewRecord } from "../world/records.ts";
import { findInstallFor } from "../world/tokens.ts";
import { answeredState } from "../world/view-state.ts";
import { findHome } from "../world/views.ts";
import type { World } from "../world/world.ts";
import {
  runCommand,
  runMessageShortcut,
  runShortcut,
  toButtonAction,
  toChoiceAction,
  useOnMessage,
  useOnView,
} from "./act.ts";
import { deleteOwn, react, say } from "./say-things.ts";
import { toSlackMessage, toSlackView } from "./snapshots.ts";
import { closeView, submitView } from "./submit-view.ts";

/** A person of the world, as a test has them in hand. */
export function createPerson(world: World, deliverer: Deliverer, user: UserRecord): SlackPerson {
  const parts = { world, deliverer, user };
  const snapshots = (messages: readonly MessageRecord[]) =>
    [...messages].sort((a, b) => (a.ts < b.ts ? -1 : 1)).map((each) => toSlackMessage(world, each));
  const whispersIn = (channel: string) =>
    world.ephemerals.filter((each) => each.ephemeralFor === user.id && each.channel === channel);
  return {
    id: user.id,
    name: user.name,
    team: user.team,
    command: (channel, command, text = "") => runCommand(parts, channel, command, text),
    say: (channel, text, more = {}) => toSlackMessage(world, say(world, user, channel, text, more)),
    mention(channel, text, more = {}) {
      const bot = botOf(world, channel.id);
      return toSlackMessage(world, say(world, user, channel, `<@${bot}> ${text}`, more));
    },
    deleteMessage: (message) => deleteOwn(world, user, message),
    press: (on, button) =>
      "callbackId" in on
        ? useOnView(parts, on, button, (block, element) => toButtonAction(world, block, element))
        : useOnMessage(parts, on, button, (block, element) => toButtonAction(world, block, element)),
    choose: (on, control, option) =>
      "callbackId" in on
        ? useOnView(parts, on, control, (block, element, view) => choose(world, view, block, element, option))
        : useOnMessage(parts, on, control, (block, element) => toChoiceAction(world, block, element, option)),
    react: (message, name) => react(world, user, message, name, true),
    unreact: (message, name) => react(world, user, message, name, false),
    openHome: () => openTab(world, user, "home"),
    openMessagesTab: () => openTab(world, user, "messages"),
    shortcut: (callbackId) => runShortcut(parts, callbackId),
    messageShortcut: (message, callbackId) => runMessageShortcut(parts, message, callbackId),
    submit: (view, answers = {}) => submitView(parts, view, answers),
    closeView: (view) => closeView(parts, view),
    sees(channel) {
      const record = world.channels.get(channel.id);
      if (record === undefined || !canSee(record, user)) return [];
      return snapshots([...record.messages, ...whispersIn(channel.id)]);
    },
    whispers: (channel) => snapshots(whispersIn(channel.id)),
    home() {
      const view = findHome(world, user.team, user.id);
      return view === undefined ? undefined : toSlackView(view);
    },
    modal() {
      const view = world.modals.get(user.id)?.at(-1);
      return view === undefined ? undefined : toSlackView(view);
    },
  };
}

function botOf(world: World, channel: string): string {
  const record = world.channels.get(channel);
  const teams = record === undefined ? [] : [record.team, ...record.sharedWith];
  const bots = teams.flatMap((team) => world.teams.get(team)?.botUserId ?? []);
  const bot = bots.find((id) => record?.members.has(id)) ?? bots[0];
  if (bot === undefined) throw new Error(`no bot to mention in ${channel}`);
  return bot;
}

function openTab(world: World, user: UserRecord, tab: "home" | "messages"): void {
  const team = world.teams.get(user.team);
  if (team === undefined || findInstallFor(world, user.team) === undefined)
    throw new Error("the app is not installed");
  openDirect(world, team, user);
  world.emit({ type: "home_opened", user, tab });
}

/** The view remembers what was chosen, whether or not the app is told. */
function choose(world: World, view: ViewRecord, block: Json, element: Json, option: string): Json {
  const blockId = String(block.block_id);
  view.state[blockId] = {
    ...view.state[blockId],
    [String(element.action_id)]: answeredState(element, option),
  };
  return toChoiceAction(world, block, element, option);
}
