import { isGroup, type MemberRef, type UserRef } from "../core/ids.ts";
import type { ChatSender } from "../ports/chat.ts";

export type IsIn = ChatSender["isIn"];

/**
 * Whether a list names a person, by themselves or by a group that they are in. Each group is asked for
 * once at most, and none after a yes. One that cannot be had for now hides nobody who is in another.
 *
 * @throws ChatError when no group has that person, and one is not to be had for now.
 */
export async function isAmong(listed: readonly MemberRef[], person: UserRef, isIn: IsIn): Promise<boolean> {
  if (listed.some((each) => each === person)) return true;
  let trouble: { readonly error: unknown } | undefined;
  for (const group of new Set(listed.filter(isGroup))) {
    try {
      if (await isIn(group, person)) return true;
    } catch (error) {
      trouble ??= { error };
    }
  }
  if (trouble) throw trouble.error;
  return false;
}
