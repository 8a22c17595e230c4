import { bold, type Card, plainCard, type Span, text, user } from "../src/core/card.ts";
import { isGroup, type MemberRef, type UserRef } from "../src/core/ids.ts";
import type { Role } from "../src/core/roles.ts";
import type { Mention } from "../src/ports/chat.ts";
import type { Change, QuotaParts } from "./quota-change.ts";
import { correction, whisper } from "./replies.ts";

const HOW = "/quota roles directors @ada, or nobody, or default; the same with managers.";
const LISTED_MAX = 50;
/** A group may have hundreds. */
const NAMES_SHOWN = 20;

/** `roles`, `roles directors @ada @noor`, `roles directors nobody`, `roles managers default` */
export const changeRoles: Change = async (parts, call, rest, permit) => {
  const [word = "", ...others] = rest.trim().split(/\s+/u);
  if (word === "") return whisper(rolesCard(permit.staff, permit.approval));
  const role = toRole(word);
  const listed = readList(others, call.mentions);
  if (role === undefined || listed === "unread") return correction(`Say who: ${HOW}`);
  if (role === "manager" && listed !== "default" && !(await isAmong(parts, listed, call.person))) {
    return correction("Keep yourself among the managers, so that somebody can change this back.");
  }
  const list = listed === "default" ? undefined : listed;
  await parts.database.records.channels.setRole(permit.channel.ref, role, list, call.person, parts.clock());
  const { staff, approval } = await parts.gate.standing(permit.channel.ref);
  return whisper(rolesCard(staff, approval));
};

function toRole(word: string): Role | undefined {
  if (/^(art-?)?directors?$/iu.test(word)) return "director";
  if (/^managers?$/iu.test(word)) return "manager";
  return undefined;
}

async function isAmong(
  { membersOf }: QuotaParts,
  listed: readonly MemberRef[],
  person: UserRef,
): Promise<boolean> {
  if (listed.some((each) => each === person)) return true;
  const groups = await Promise.all(listed.filter(isGroup).map(membersOf));
  return groups.some((people) => people.includes(person));
}

function readList(
  words: readonly string[],
  mentions: readonly Mention[],
): readonly MemberRef[] | "default" | "unread" {
  const [only] = words;
  if (words.length === 1 && /^default$/iu.test(only ?? "")) return "default";
  if (words.length === 1 && /^(nobody|none)$/iu.test(only ?? "")) return [];
  const listed = words.map((word) => mentions.find(({ typed }) => typed === word.replace(/,$/, ""))?.who);
  if (listed.length === 0 || listed.length > LISTED_MAX) return "unread";
  const read = listed.filter((each) => each !== undefined);
  return read.length === listed.length ? [...new Set(read)] : "unread";
}

function rolesCard(
  staff: { readonly directors: readonly UserRef[]; readonly managers: readonly UserRef[] },
  approval: string,
): Card {
  const rule =
    approval === "director"
      ? "A director's number is the pick, and directors approve."
      : "Nobody directs here, so whoever asks for takes picks and approves.";
  return {
    ...plainCard(
      "info",
      `${counted(staff.directors.length, "director")} and ${counted(staff.managers.length, "manager")}. ${rule}`,
      [
        [bold("Art directors: "), ...names(staff.directors)],
        [bold("Managers: "), ...names(staff.managers)],
        [text(rule)],
      ],
    ),
    note: HOW,
  };
}

function names(people: readonly UserRef[]): readonly Span[] {
  if (people.length === 0) return [text("nobody")];
  const shown = people.slice(0, NAMES_SHOWN);
  const names = shown.flatMap((person, index) => (index === 0 ? [user(person)] : [text(", "), user(person)]));
  return people.length > shown.length ? [...names, text(` and ${people.length - shown.length} more`)] : names;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
