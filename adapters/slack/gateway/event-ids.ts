import type { EventId } from "../../../src/core/ids.ts";

/** Of the Events API: "globally unique", and the same in every retry. https://docs.slack.dev/apis/events-api */
export function ofEvent(team: string, id: string): EventId {
  return `slack:event:${team}:${id}` as EventId;
}

/** Of a command, a click or a shortcut: each has a trigger of its own. */
export function ofTrigger(trigger: string): EventId {
  return `slack:trigger:${trigger}` as EventId;
}

/** Of a form: however often it is sent off, it counts once. */
export function ofView(team: string, view: string): EventId {
  return `slack:view:${team}:${view}` as EventId;
}
