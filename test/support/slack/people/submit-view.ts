import { isObject } from "../api/methods/message-content.ts";
import { checkView } from "../blocks/check-views.ts";
import { toClosedPayload, toSubmissionPayload } from "../delivery/interaction-payloads.ts";
import type { SlackView } from "../slack-message.ts";
import type { SubmitOutcome } from "../slack-people.ts";
import type { Json, ViewRecord } from "../world/records.ts";
import { answeredState, blocksOf } from "../world/view-state.ts";
import { closeModal, pushModal, updateView } from "../world/views.ts";
import type { World } from "../world/world.ts";
import { type ActParts, askInteraction, errorOf, findOwnView } from "./act.ts";
import { textOf } from "./read-blocks.ts";
import { stateValueOf, toSlackView } from "./snapshots.ts";

/** https://docs.slack.dev/surfaces/modals#handling_submissions */
export async function submitView(
  parts: ActParts,
  on: SlackView,
  answers: Readonly<Record<string, string>>,
): Promise<SubmitOutcome> {
  const { world, user } = parts;
  const view = findOwnView(parts, on);
  if (world.modals.get(user.id)?.at(-1) !== view) throw new Error("another view is in front of it");
  for (const [name, answer] of Object.entries(answers)) fill(view, name, answer);
  world.changed();
  const invalid = checkAnswers(view);
  if (Object.keys(invalid).length > 0) return { kind: "invalid", errors: invalid };
  const answer = await askInteraction(parts, toSubmissionPayload(world, user, view));
  if (answer.outcome !== "acked") {
    const text = "We had some trouble connecting. Try again?";
    return { kind: "failed", error: errorOf(answer), text };
  }
  try {
    return follow(world, view, answer.body);
  } catch (error) {
    world.problems.push(`the answer to view_submission cannot be followed: ${error}`);
    return { kind: "failed", error: "dispatch_failed", text: "We had some trouble connecting. Try again?" };
  }
}

export async function closeView(parts: ActParts, on: SlackView): Promise<void> {
  const { world, user } = parts;
  const view = findOwnView(parts, on);
  closeModal(world, view, view.view.clear_on_close === true);
  if (view.view.notify_on_close === true)
    await askInteraction(parts, toClosedPayload(world, user, view, view.view.clear_on_close === true));
}

function fill(view: ViewRecord, name: string, answer: string): void {
  const inputs = blocksOf(view.view).filter((block) => block.type === "input");
  const block = inputs.find(
    (each) =>
      each.block_id === name || textOf(each.label) === name || (each.element as Json).action_id === name,
  );
  if (block === undefined)
    throw new Error(`no field "${name}" among ${inputs.map((each) => textOf(each.label)).join(", ")}`);
  const element = block.element as Json;
  view.state[String(block.block_id)] = { [String(element.action_id)]: answeredState(element, answer) };
}

/** What Slack's own client refuses, in about its words. */
function checkAnswers(view: ViewRecord): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocksOf(view.view)) {
    if (block.type !== "input") continue;
    const element = block.element as Json;
    const blockId = String(block.block_id);
    const state = view.state[blockId]?.[String(element.action_id)];
    const value = state === undefined ? undefined : stateValueOf(state);
    const error = checkAnswer(block, element, value);
    if (error !== undefined) errors[blockId] = error;
  }
  return errors;
}

function checkAnswer(block: Json, element: Json, value: string | undefined): string | undefined {
  if (value === undefined)
    return block.optional === true || element.type === "checkboxes"
      ? undefined
      : "Please complete this required field.";
  const { min_length: min, max_length: max } = element;
  if (typeof min === "number" && value.length < min) return `Must be at least ${min} characters.`;
  if (typeof max === "number" && value.length > max) return `Must be at most ${max} characters.`;
  return undefined;
}

/** https://docs.slack.dev/surfaces/modals#updating_response: `update`, `push`, `clear`, `errors`; nothing closes the view. */
function follow(world: World, view: ViewRecord, body: unknown): SubmitOutcome {
  if (!isObject(body) || body.response_action === undefined) {
    if (isObject(body) && Object.keys(body).length > 0)
      throw new Error(`no response_action: ${JSON.stringify(body)}`);
    closeModal(world, view, false);
    return { kind: "closed" };
  }
  const team = world.teams.get(view.team);
  if (team === undefined) throw new Error("the workspace is gone");
  switch (body.response_action) {
    case "clear":
      closeModal(world, view, true);
      return { kind: "closed" };
    case "errors":
      return { kind: "errors", errors: checkErrors(view, body.errors) };
    case "update":
    case "push": {
      if (!isObject(body.view)) throw new Error("no view");
      checkView(world, team, body.view, "modal");
      if (body.response_action === "push")
        return { kind: "updated", view: toSlackView(pushModal(world, view, body.view)) };
      updateView(world, view, body.view, undefined);
      return { kind: "updated", view: toSlackView(view) };
    }
    default:
      throw new Error(`unknown response_action ${body.response_action}`);
  }
}

/** "Each key is the block_id of an input block": https://docs.slack.dev/surfaces/modals#displaying_errors */
function checkErrors(view: ViewRecord, errors: unknown): Readonly<Record<string, string>> {
  if (!isObject(errors) || Object.keys(errors).length === 0) throw new Error("no errors");
  const inputs = blocksOf(view.view)
    .filter((block) => block.type === "input")
    .map((block) => block.block_id);
  const checked: Record<string, string> = {};
  for (const [blockId, text] of Object.entries(errors)) {
    if (!inputs.includes(blockId)) throw new Error(`errors for ${blockId}, which is no input block`);
    if (typeof text !== "string") throw new Error(`the error for ${blockId} is no text`);
    checked[blockId] = text;
  }
  return checked;
}
