import { type BudgetAction, toBudgetActionId } from "../src/budgets/budget-action.ts";
import { denialCard } from "../src/cards/denial-card.ts";
import type { Field, Form } from "../src/core/card.ts";
import { type UserRef, workspaceOf } from "../src/core/ids.ts";
import type { Denial, Permit } from "../src/gate/gate.ts";
import type { Place, Press, Reply, Submission } from "../src/ports/chat.ts";
import { type Balance, PERIODS } from "../src/ports/ledger.ts";
import { CREDITS_MAX_WORDS, MEMO_LENGTH_MAX, readAllowance, readGrant } from "./budget-orders.ts";
import { changeAllowance, grantCredits } from "./change-budget.ts";
import type { QuotaParts } from "./quota-change.ts";
import { correction, refusal, whisper } from "./replies.ts";

/** Add… and Set… on a budget, wherever it is shown. */
export interface QuotaForms {
  ask(action: BudgetAction, press: Press): Promise<Reply>;
  submit(action: BudgetAction, submission: Submission): Promise<Reply>;
}

/** A button and a form are believed in nothing: which budget they are about is their word, who may change it is the gate's. */
export function createQuotaForms(parts: QuotaParts): QuotaForms {
  return {
    async ask(action, press) {
      const permit = await permitFor(parts, action, press);
      if (permit.status === "elsewhere") return correction(ELSEWHERE);
      if (permit.status === "denied") return whisper(denialCard(permit, parts.timeZone));
      if (action.kind === "add") return { kind: "form", form: addForm(action) };
      const balance = await parts.database.records.ledger.balance(permit.channel.account, parts.clock());
      return { kind: "form", form: setForm(action, balance, parts.timeZone) };
    },
    async submit(action, submission) {
      const permit = await permitFor(parts, action, submission);
      if (permit.status === "elsewhere") return refusal(ELSEWHERE);
      if (permit.status === "denied") return whisper(denialCard(permit, parts.timeZone));
      return action.kind === "add" ? add(parts, submission, permit) : set(parts, submission, permit);
    },
  };
}

const ELSEWHERE = "That budget is not one of this workspace.";

async function permitFor(
  { gate, database }: QuotaParts,
  { channel }: BudgetAction,
  { place, person }: { readonly place: Place; readonly person: UserRef },
): Promise<Permit | Denial | { readonly status: "elsewhere" }> {
  // The gate would open a budget for a channel that is none.
  const isHere = workspaceOf(channel) === workspaceOf(place.channel);
  if (!isHere || !(await database.records.channels.find(channel))) return { status: "elsewhere" };
  return gate.check({ verb: "change_budget", person, channel, requester: undefined });
}

async function add(parts: QuotaParts, { event, answers }: Submission, permit: Permit): Promise<Reply> {
  const checked = readGrant({ credits: answers.credits?.trim(), why: answers.why });
  return checked.status === "bad"
    ? refusal(`${checked.sentence}.`)
    : grantCredits(parts, event, permit, checked.order);
}

async function set(parts: QuotaParts, { event, answers }: Submission, permit: Permit): Promise<Reply> {
  const { credits, every, timeZone } = answers;
  const checked = readAllowance({ credits: credits?.trim(), every, timeZone: timeZone?.trim() });
  return checked.status === "bad"
    ? refusal(`${checked.sentence}.`)
    : changeAllowance(parts, event, permit, checked.order);
}

function addForm(action: BudgetAction): Form {
  return {
    id: toBudgetActionId(action),
    title: "Add credits",
    submit: "Add",
    intro: undefined,
    fields: [
      creditsField("How many credits?", `1 to ${CREDITS_MAX_WORDS}, once`, ""),
      {
        type: "text",
        name: "why",
        label: "Why?",
        hint: "For the history, such as spring launch",
        value: "",
        lengthMax: MEMO_LENGTH_MAX,
        required: true,
        multiline: false,
      },
    ],
  };
}

function setForm(action: BudgetAction, { allowance, recurs }: Balance, timeZone: string): Form {
  return {
    id: toBudgetActionId(action),
    title: "Set the allowance",
    submit: "Set",
    intro: undefined,
    fields: [
      creditsField(
        "How many credits?",
        `0 to ${CREDITS_MAX_WORDS}, each time it renews`,
        recurs ? `${allowance}` : "",
      ),
      {
        type: "choice",
        name: "every",
        label: "How often?",
        options: PERIODS.map((period) => ({ value: period, label: `Per ${period}` })),
        value: recurs?.every ?? "month",
      },
      {
        type: "text",
        name: "timeZone",
        label: "Time zone",
        hint: "Where it renews at midnight, such as Europe/Madrid",
        value: recurs?.timeZone ?? timeZone,
        lengthMax: 64,
        required: false,
        multiline: false,
      },
    ],
  };
}

/** Long enough for `1,000,000` and a slip. */
const CREDITS_LENGTH_MAX = 12;

function creditsField(label: string, hint: string, value: string): Field {
  return {
    type: "text",
    name: "credits",
    label,
    hint,
    value,
    lengthMax: CREDITS_LENGTH_MAX,
    required: true,
    multiline: false,
  };
}
