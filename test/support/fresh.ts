import { createIdSource } from "../../src/core/id-source.ts";
import type { ChannelRef, UserRef } from "../../src/core/ids.ts";

const ids = createIdSource(() => new Date());

/** An id that no other test has. */
export function fresh<Id extends string>(prefix = ""): Id {
  return `${prefix}${ids()}` as Id;
}

/** A channel that no other test has, so that suites can share a database. */
export function freshChannel(): ChannelRef {
  return fresh<ChannelRef>("studio:local:");
}

export function person(name: string): UserRef {
  return `studio:${name}` as UserRef;
}

export const at = (iso: string): Date => new Date(iso);

export const HOUR_MS = 60 * 60 * 1000;
