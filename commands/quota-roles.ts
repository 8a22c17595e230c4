import { bold, type Card, member, plainCard, type Span, text } from "../src/core/card.ts";
import { isGroup, type MemberRef } from "../src/core/ids.ts";
import type { Role } from "../src/core/roles.ts";
import type { Standing } from "../src/gate/gate.ts";
import { isAmong } from "../src/gate/is-among.ts";
import type { Mention } from "../src/ports/chat.ts";
import { type OptionStyle, styleOf } from "./option-style.ts";
import type { Change } from "./quota-change.ts";
import { correction, whisper } from "./replies.ts";

const HOW: Readonly<Record<OptionStyle, string>> = {
  typed: "/quota roles directors @ada, or nobody, or default; the same with managers.",
  asked: "/quota roles role: directors who: @ada, or nobody, or default; the same with managers.",
};
const LISTED_MAX = 50;
const NAMES_SHOWN = 20;

/** `roles`, `roles directors @ada @noor`, `roles directors nobody`, `roles managers default` */
export const changeRoles: Change = async (parts, call, rest, permit) => {
  const how = HOW[styleOf(call)];
  const [word = "", ...others] = rest.trim().split(/\s+/u);
  if (word === "") return whisper(rolesCard(permit, how));
  const role = toRole(word);
  const listed = readList(others, call.mentions);
  if (role === undefined || listed === "unread") return correction(`Say who: ${how}`);
  if (role === "manager" && listed !== "default" && !(await isAmong(listed, call.person, parts.isIn))) {
    return correction("Keep yourself among the managers, so that somebody can change this back.");
  }
  const list = listed === "default" ? undefined : listed;
  await parts.database.records.channels.setRole(permit.channel.ref, role, list, call.person, parts.clock());
  return whisper(rolesCard(await parts.gate.standing(permit.channel.ref), how));
};

function toRole(word: string): Role | undefined {
  if (/^(art-?)?directors?$/iu.test(word)) return "director";
  if (/^managers?$/iu.test(word)) return "manager";
  return undefined;
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

function rolesCard({ staff, approval }: Standing, how: string): Card {
  const { directors, managers } = staff;
  const rule =
    approval === "director"
      ? "A director's number is the pick, and directors approve."
      : "Nobody directs here, so whoever asks for takes picks and approves.";
  return {
    ...plainCard("info", `${counted(directors, "director")}, and ${counted(managers, "manager")}. ${rule}`, [
      [bold("Art directors: "), ...names(directors)],
      [bold("Managers: "), ...names(managers)],
      [text(rule)],
    ]),
    note: how,
  };
}

function names(listed: readonly MemberRef[]): readonly Span[] {
  if (listed.length === 0) return [text("nobody")];
  const shown = listed.slice(0, NAMES_SHOWN);
  const names = shown.flatMap((each, index) => (index === 0 ? [member(each)] : [text(", "), member(each)]));
  return listed.length > shown.length ? [...names, text(` and ${listed.length - shown.length} more`)] : names;
}

/** "2 directors", "1 director and 1 group of directors". How many are in a group nobody asks. */
function counted(listed: readonly MemberRef[], word: string): string {
  const groups = listed.filter(isGroup).length;
  const people = listed.length - groups;
  const some = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
  if (groups === 0) return some(people, word);
  const grouped = `${some(groups, "group")} of ${word}s`;
  return people === 0 ? grouped : `${some(people, word)} and ${grouped}`;
}
