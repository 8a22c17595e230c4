import type { EventId, UserRef } from "../../../src/core/ids.ts";

/** The same in every session that Discord delivers it to. */
export function ofInteraction(interaction: string): EventId {
  return `discord:interaction:${interaction}` as EventId;
}

/**
 * Of a form that a person has open: however often it is sent off, and whichever session it comes to, it counts once.
 * Discord asks to send it again when it got no answer, which is another interaction.
 */
export function ofForm(person: UserRef, ticket: string): EventId {
  return `discord:form:${person}:${ticket}` as EventId;
}
