import { denialCard } from "../src/cards/denial-card.ts";
import { historyCard, quotaCard } from "../src/cards/quota-card.ts";
import { nearest } from "../src/core/nearest.ts";
import type { Permit } from "../src/gate/gate.ts";
import type { CommandCall, Reply } from "../src/ports/chat.ts";
import type { CommandSpec } from "../src/ports/command-spec.ts";
import type { Command } from "./command.ts";
import { type OptionStyle, styleOf } from "./option-style.ts";
import type { Change, QuotaParts } from "./quota-change.ts";
import { freeze, grant, setAllowance, unfreeze } from "./quota-changes.ts";
import { changeModels } from "./quota-models.ts";
import { changeRoles } from "./quota-roles.ts";
import { QUOTA_SUBCOMMANDS } from "./quota-subcommands.ts";
import { correction, whisper } from "./replies.ts";

export const QUOTA_SPEC: CommandSpec = {
  name: "quota",
  summary: "What is left, where it went, what things cost",
  usage: "/quota [grant | set | history | freeze | unfreeze | roles | models]",
  examples: [
    "/quota",
    "/quota models",
    "/quota grant 200 spring launch",
    "/quota set 500 per month Europe/Madrid",
    "/quota roles directors @ada",
  ],
  words: undefined,
  options: [],
  attachmentsMax: 0,
  subcommands: QUOTA_SUBCOMMANDS,
};

/** More than are shown: those of one round are shown as one. */
const HISTORY_LENGTH = 300;

/** What `/quota` alone does, for whoever has to say a word. */
const SHOW = "show";

/** Alone it changes nothing: everybody may look. */
const MODELS = "models";

const CHANGES: ReadonlyMap<string, Change> = new Map<string, Change>([
  ["grant", grant],
  ["set", setAllowance],
  ["history", history],
  ["freeze", freeze],
  ["unfreeze", unfreeze],
  ["roles", changeRoles],
  [MODELS, changeModels],
]);

export function createQuotaCommand(parts: QuotaParts): Command {
  return {
    spec: QUOTA_SPEC,
    async run(call) {
      const [word = "", ...others] = call.text.trim().split(/\s+/u);
      if (word === "" || word.toLowerCase() === SHOW) return show(parts, call);
      const verb = word.toLowerCase();
      const change = CHANGES.get(verb);
      if (change === undefined) return correction(unknownWord(word));
      const isLook = verb === MODELS && others.length === 0;
      const permit = await ask(parts, call, isLook ? "read_budget" : "change_budget");
      if (permit.status === "denied") return whisper(denialCard(permit, parts.timeZone));
      return change(parts, call, others.join(" "), permit);
    },
  };
}

function ask(parts: QuotaParts, { person, place }: CommandCall, verb: "read_budget" | "change_budget") {
  return parts.gate.check({ verb, person, channel: place.channel, requester: undefined });
}

async function show(parts: QuotaParts, call: CommandCall): Promise<Reply> {
  const permit = await ask(parts, call, "read_budget");
  if (permit.status === "denied") return whisper(denialCard(permit, parts.timeZone));
  const view = await parts.readQuota(permit);
  const note = view.mayManage ? `For managers: ${CHANGES_TO_ASK[styleOf(call)]}` : undefined;
  return whisper({ ...quotaCard(view), note });
}

const CHANGES_TO_ASK: Readonly<Record<OptionStyle, string>> = {
  typed: "/quota grant 100 why · /quota set 500 per month · history · freeze · unfreeze · roles · models",
  asked: QUOTA_SUBCOMMANDS.map((each) => `/quota ${each.name}`).join(" · "),
};

async function history(parts: QuotaParts, _call: CommandCall, _rest: string, permit: Permit): Promise<Reply> {
  const { ledger } = parts.database.records;
  const { account } = permit.channel;
  const { recurs } = await ledger.balance(account, parts.clock());
  return whisper(
    historyCard(await ledger.entries(account, HISTORY_LENGTH), recurs?.timeZone ?? parts.timeZone),
  );
}

function unknownWord(word: string): string {
  const names = [...CHANGES.keys()];
  const meant = nearest(word, [...names, SHOW]);
  return meant
    ? `There is no /quota ${word}. Did you mean /quota ${meant}?`
    : `There is no /quota ${word}. There are /quota alone, and ${names.join(", ")} after it.`;
}
