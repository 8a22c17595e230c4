import type { Deliverer } from "../delivery/deliverer.ts";
import {
  toCommandPayload,
  toMessageActionsPayload,
  toMessageShortcutPayload,
  toShortcutPayload,
  toViewActionsPayload,
} from "../delivery/interaction-payloads.ts";
import type { Answer } from "../delivery/outgoing.ts";
import { showResponse, toResponse } from "../delivery/responses.ts";
import type { SlackView } from "../slack-message.ts";
import type { CommandOutcome, MessageAt, PressOutcome, SlackChannel } from "../slack-people.ts";
import type { Json, UserRecord, ViewRecord } from "../world/records.ts";
import { findInstallFor } from "../world/tokens.ts";
import { answeredState, blocksOf } from "../world/view-state.ts";
import type { World } from "../world/world.ts";
import { elementsOf, textOf } from "./read-blocks.ts";
import { escapeText, findSeen, requireMembership } from "./say-things.ts";
import { toSlackMessage } from "./snapshots.ts";

export interface ActParts {
  readonly world: World;
  readonly deliverer: Deliverer;
  readonly user: UserRecord;
}

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
export async function runCommand(
  parts: ActParts,
  at: SlackChannel,
  command: string,
  text: string,
): Promise<CommandOutcome> {
  const { world, deliverer, user } = parts;
  const channel = requireMembership(world, user, at.id);
  const registered = world.settings.manifest.features?.slash_commands?.find(
    (each) => each.command === command,
  );
  const install = findInstallFor(world, user.team);
  if (registered === undefined || !install?.scopes.includes("commands"))
    throw new Error(`${command} is not a valid command`);
  const sent = registered.should_escape === true ? escapeCommand(world, user.team, text) : text;
  const payload = toCommandPayload(world, { user, team: user.team, channel, command, text: sent });
  const answer = await deliverer.ask({
    id: String(payload.trigger_id),
    kind: "slash_commands",
    type: command,
    team: user.team,
    payload,
    acceptsAnswer: true,
  });
  if (answer.outcome !== "acked") {
    const error = errorOf(answer);
    return { kind: "failed", error, text: `${command} failed with the error "${error}"` };
  }
  const response = toResponse(answer.body);
  if (response === undefined) return { kind: "acked", message: undefined, text: "" };
  const place = {
    team: user.team,
    user: user.id,
    channel: channel.id,
    messageTs: undefined,
    threadTs: undefined,
  };
  try {
    const shown = showResponse(world, place, response);
    const message = shown === undefined ? undefined : toSlackMessage(world, shown);
    return { kind: "acked", message, text: message?.words ?? "" };
  } catch (error) {
    world.problems.push(`the answer to ${command} cannot be shown: ${error}`);
    return {
      kind: "failed",
      error: "dispatch_failed",
      text: `${command} failed with the error "dispatch_failed"`,
    };
  }
}

/** "Turns on escaping of channels, users and links": https://docs.slack.dev/interactivity/implementing-slash-commands#creating_commands */
function escapeCommand(world: World, team: string, text: string): string {
  return escapeText(text)
    .replace(/@([\w.-]+)/g, (typed, name) => {
      const user = [...world.users.values()].find((each) => each.name === name);
      const group = [...world.groups.values()].find((each) => each.handle === name && each.team === team);
      if (user !== undefined) return `<@${user.id}|${user.name}>`;
      return group === undefined ? typed : `<!subteam^${group.id}|@${group.handle}>`;
    })
    .replace(/#([\w-]+)/g, (typed, name) => {
      const channel = [...world.channels.values()].find((each) => each.name === name && each.team === team);
      return channel === undefined ? typed : `<#${channel.id}|${channel.name}>`;
    })
    .replace(/\bhttps?:\/\/[^\s<>|]+/g, (url) => `<${url}>`);
}

/** Uses a control of a message or view: `build` makes the action of what was found. */
export async function useOnMessage(
  parts: ActParts,
  at: MessageAt,
  control: string,
  build: (block: Json, element: Json) => Json,
): Promise<PressOutcome> {
  const { world, user } = parts;
  const { channel, message } = findSeen(world, user, at);
  const { block, element } = findControl(message.blocks, control);
  const team = world.users.get(message.user)?.team ?? channel.team;
  return interact(
    parts,
    toMessageActionsPayload(world, { user, team, message, channel, action: build(block, element) }),
  );
}

export async function useOnView(
  parts: ActParts,
  on: SlackView,
  control: string,
  build: (block: Json, element: Json, view: ViewRecord) => Json,
): Promise<PressOutcome> {
  const { world, user } = parts;
  const view = findOwnView(parts, on);
  const { block, element } = findControl(blocksOf(view.view), control);
  const action = build(block, element, view);
  // Inputs tell the app only when they ask to: https://docs.slack.dev/reference/block-kit/blocks/input-block
  if (block.type === "input" && block.dispatch_action !== true) return { kind: "acked" };
  return interact(parts, toViewActionsPayload(world, { user, view, action }));
}

/** @throws Error when the view is not this person's, or is gone. */
export function findOwnView(parts: ActParts, on: SlackView): ViewRecord {
  const view = parts.world.views.get(on.id);
  if (view === undefined || view.user !== parts.user.id)
    throw new Error(`${parts.user.name} has no view ${on.id} open`);
  return view;
}

export function toButtonAction(world: World, block: Json, element: Json): Json {
  if (element.type !== "button") throw new Error(`a ${element.type} cannot be pressed`);
  const { action_id, text, value, style, type } = element;
  return { action_id, block_id: block.block_id, text, value, style, type, action_ts: world.ts() };
}

export function toChoiceAction(world: World, block: Json, element: Json, option: string): Json {
  const { action_id, placeholder } = element;
  return {
    ...answeredState(element, option),
    action_id,
    block_id: block.block_id,
    placeholder,
    action_ts: world.ts(),
  };
}

function findControl(
  blocks: readonly Json[],
  control: string,
): { readonly block: Json; readonly element: Json } {
  const all = elementsOf(blocks).filter(({ element }) => element.action_id !== undefined);
  const found = all.find(
    ({ block, element }) =>
      element.action_id === control || textOf(element.text) === control || textOf(block.label) === control,
  );
  if (found === undefined) {
    const names = all.map(({ element }) => textOf(element.text) ?? element.action_id);
    throw new Error(`no control "${control}" among: ${names.join(", ")}`);
  }
  return found;
}

export async function runShortcut(parts: ActParts, callbackId: string): Promise<PressOutcome> {
  requireShortcut(parts, callbackId, "global");
  return interact(parts, toShortcutPayload(parts.world, parts.user, callbackId));
}

export async function runMessageShortcut(
  parts: ActParts,
  at: MessageAt,
  callbackId: string,
): Promise<PressOutcome> {
  const { world, user } = parts;
  requireShortcut(parts, callbackId, "message");
  const { channel, message } = findSeen(world, user, at);
  return interact(
    parts,
    toMessageShortcutPayload(world, { user, team: user.team, message, channel, callbackId }),
  );
}

function requireShortcut({ world, user }: ActParts, callbackId: string, type: "global" | "message"): void {
  const known = world.settings.manifest.features?.shortcuts ?? [];
  const hasScope = findInstallFor(world, user.team)?.scopes.includes("commands");
  if (!hasScope || !known.some((each) => each.callback_id === callbackId && each.type === type))
    throw new Error(`there is no ${type} shortcut ${callbackId}`);
}

async function interact(parts: ActParts, payload: Json): Promise<PressOutcome> {
  const answer = await askInteraction(parts, payload);
  if (answer.outcome === "acked") return { kind: "acked" };
  return { kind: "failed", error: errorOf(answer), text: "This app isn’t responding right now." };
}

/** Delivers an interaction; not retried. https://docs.slack.dev/interactivity/handling-user-interaction */
export function askInteraction({ world, deliverer }: ActParts, payload: Json): Promise<Answer> {
  if (world.settings.manifest.settings?.interactivity?.is_enabled === false)
    throw new Error("the app has not turned interactivity on");
  const team = (payload.team as Json).id;
  return deliverer.ask({
    id: String(payload.trigger_id ?? world.id("Pt")),
    kind: "interactive",
    type: String(payload.type),
    team: String(team),
    payload,
    acceptsAnswer: payload.type === "view_submission",
  });
}

export function errorOf(answer: Answer): "operation_timeout" | "dispatch_failed" {
  return answer.outcome === "timeout" ? "operation_timeout" : "dispatch_failed";
}
