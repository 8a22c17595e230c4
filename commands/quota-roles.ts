import { bold, type Card, plainCard, type Span, text, user } from "../src/core/card.ts";
import type { UserRef } from "../src/core/ids.ts";
import type { Role } from "../src/core/roles.ts";
import type { Mention } from "../src/ports/chat.ts";
import type { Change } from "./quota-change.ts";
import { correction, whisper } from "./replies.ts";

const HOW = "/quota roles directors @ada, or nobody, or default; the same with managers.";
const PEOPLE_MAX = 50;

/** `roles`, `roles directors @ada @noor`, `roles directors nobody`, `roles managers default` */
export const changeRoles: Change = async (parts, call, rest, permit) => {
  const [word = "", ...others] = rest.trim().split(/\s+/u);
  if (word === "") return whisper(rolesCard(permit.staff, permit.approval));
  const role = toRole(word);
  const people = readPeople(others, call.mentions);
  if (role === undefined || people === "unread") return correction(`Say who: ${HOW}`);
  if (role === "manager" && people !== "default" && !people.includes(call.person)) {
    return correction("Keep yourself among the managers, so that somebody can change this back.");
  }
  const list = people === "default" ? undefined : people;
  await parts.database.records.channels.setRole(permit.channel.ref, role, list, call.person, parts.clock());
  const { staff, approval } = await parts.gate.standing(permit.channel.ref);
  return whisper(rolesCard(staff, approval));
};

function toRole(word: string): Role | undefined {
  if (/^(art-?)?directors?$/iu.test(word)) return "director";
  if (/^managers?$/iu.test(word)) return "manager";
  return undefined;
}

function readPeople(
  words: readonly string[],
  mentions: readonly Mention[],
): readonly UserRef[] | "default" | "unread" {
  const [only] = words;
  if (words.length === 1 && /^default$/iu.test(only ?? "")) return "default";
  if (words.length === 1 && /^(nobody|none)$/iu.test(only ?? "")) return [];
  const people = words.map((word) => mentions.find(({ typed }) => typed === word.replace(/,$/, ""))?.person);
  if (people.length === 0 || people.length > PEOPLE_MAX) return "unread";
  const read = people.filter((person) => person !== undefined);
  return read.length === people.length ? [...new Set(read)] : "unread";
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
  return people.flatMap((person, index) => (index === 0 ? [user(person)] : [text(", "), user(person)]));
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
