import { parseBudgetActionId } from "../src/budgets/budget-action.ts";
import { choiceCard } from "../src/cards/choice-card.ts";
import { parseActionId } from "../src/choices/choice.ts";
import type { Choose } from "../src/choices/choose.ts";
import type { Gate } from "../src/gate/gate.ts";
import type { ChatInbox, Press, ReactionChange, Reply } from "../src/ports/chat.ts";
import type { Database } from "../src/ports/records.ts";
import { findPost } from "../src/posts/find-post.ts";
import type { Command } from "./command.ts";
import { DRAFT_FORM, type DraftCommand } from "./draft.ts";
import type { QuotaForms } from "./quota-forms.ts";
import { refusal, whisper } from "./replies.ts";
import { isVaryForm, type Vary } from "./vary.ts";

export interface InboxParts {
  readonly draft: DraftCommand;
  readonly others: readonly Command[];
  readonly vary: Vary;
  readonly quotaForms: QuotaForms;
  readonly home: ChatInbox["home"];
  readonly onWorkspace: ChatInbox["workspace"];
  readonly choose: Choose;
  readonly onReaction: (change: ReactionChange) => Promise<void>;
  /** Asks for the reactions of a platform to be read again. */
  readonly reconcile: (platform: string) => Promise<void>;
  readonly gate: Gate;
  readonly database: Database;
  readonly timeZone: string;
}

/** Everything that a gateway can deliver, brought to what answers it. */
export function createInbox(parts: InboxParts): ChatInbox {
  const commands: readonly Command[] = [parts.draft, ...parts.others];
  return {
    commands: commands.map((command) => command.spec),
    async command(call) {
      const command = commands.find((each) => each.spec.name === call.name);
      if (command === undefined)
        throw new RangeError(`a gateway delivers the commands it was given: ${call.name}`);
      return command.run(call);
    },
    press: (press) => onPress(parts, press),
    async submit(submission) {
      if (submission.form === DRAFT_FORM) return parts.draft.submit(submission);
      if (isVaryForm(submission.form)) return parts.vary.submit(submission);
      const budget = parseBudgetActionId(submission.form);
      if (budget) return parts.quotaForms.submit(budget, submission);
      return refusal("That form is not one of ours. Start again with /draft.");
    },
    reaction: parts.onReaction,
    reconnected: (platform) => parts.reconcile(platform),
    staff: (channel) => parts.gate.staff(channel),
    home: parts.home,
    workspace: parts.onWorkspace,
  };
}

/**
 * A button is believed in nothing: its message says what it is about, and the gate says who may. Those of
 * a budget stand on private cards, which are no posts.
 */
async function onPress(parts: InboxParts, press: Press): Promise<Reply> {
  const { event, place, person, message, action } = press;
  const budget = parseBudgetActionId(action);
  if (budget) return parts.quotaForms.ask(budget, press);
  const choice = parseActionId(action);
  const { records } = parts.database;
  const post = message && (await findPost(records.posts, message, place.channel));
  if (choice === undefined || post === undefined || post.place.channel !== place.channel) {
    return whisper(choiceCard({ status: "unknown" }, parts.timeZone));
  }
  if (choice.kind === "vary" && post.subject.kind === "round" && post.subject.round === choice.round) {
    const round = await records.rounds.find(choice.round);
    if (round) return parts.vary.ask(round, person);
  }
  const result = await parts.choose({ event, person, post, choice, mode: "toggle" });
  return whisper(choiceCard(result, parts.timeZone));
}
