import { parseBudgetActionId } from "../src/budgets/budget-action.ts";
import { choiceCard } from "../src/cards/choice-card.ts";
import { type Choice, parseActionId } from "../src/choices/choice.ts";
import type { Choose } from "../src/choices/choose.ts";
import type { UserRef } from "../src/core/ids.ts";
import type { Gate } from "../src/gate/gate.ts";
import type { ChatInbox, Press, ReactionChange, Reply } from "../src/ports/chat.ts";
import type { Post } from "../src/ports/posts.ts";
import type { Database } from "../src/ports/records.ts";
import { findPost } from "../src/posts/find-post.ts";
import type { Command } from "./command.ts";
import type { DraftCommand } from "./draft.ts";
import { isDraftForm } from "./draft-form.ts";
import { type Edit, isEditForm } from "./edit.ts";
import type { QuotaForms } from "./quota-forms.ts";
import type { ShowRecipe } from "./recipe.ts";
import { refusal, whisper } from "./replies.ts";
import { isSendBackForm, type SendBack } from "./send-back.ts";
import { isVaryForm, type Vary } from "./vary.ts";

export interface InboxParts {
  readonly draft: DraftCommand;
  readonly others: readonly Command[];
  readonly edit: Edit;
  readonly vary: Vary;
  readonly sendBack: SendBack;
  readonly recipe: ShowRecipe;
  readonly quotaForms: QuotaForms;
  readonly home: ChatInbox["home"];
  readonly onAnswered: ChatInbox["answered"];
  readonly onWorkspace: ChatInbox["workspace"];
  readonly onChannelGone: ChatInbox["channelGone"];
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
      if (isDraftForm(submission.form)) return parts.draft.submit(submission);
      if (isEditForm(submission.form)) return parts.edit.submit(submission);
      if (isVaryForm(submission.form)) return parts.vary.submit(submission);
      if (isSendBackForm(submission.form)) return parts.sendBack.submit(submission);
      const budget = parseBudgetActionId(submission.form);
      if (budget) return parts.quotaForms.submit(budget, submission);
      return refusal("That form is not one of ours. Start again with /draft.");
    },
    answered: parts.onAnswered,
    reaction: parts.onReaction,
    reconnected: (platform) => parts.reconcile(platform),
    staff: (channel) => parts.gate.staff(channel),
    home: parts.home,
    workspacesOf: (platform) => parts.database.records.channels.workspaces(platform),
    workspace: parts.onWorkspace,
    channelGone: parts.onChannelGone,
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
  const answer = await answerAtOnce(parts, choice, post, person);
  if (answer) return answer;
  const result = await parts.choose({ event, person, post, choice, mode: "toggle" });
  return whisper(choiceCard(result, parts.timeZone));
}

/** Some choices need more words than a button has, and some only want to know. */
async function answerAtOnce(
  { edit, vary, sendBack, recipe, database }: InboxParts,
  choice: Choice,
  { subject }: Post,
  person: UserRef,
): Promise<Reply | undefined> {
  const { rounds, finals } = database.records;
  switch (choice.kind) {
    case "edit":
    case "vary":
    case "recipe_round": {
      if (subject.kind !== "round" || subject.round !== choice.round) return undefined;
      const round = await rounds.find(choice.round);
      if (round === undefined) return undefined;
      if (choice.kind === "recipe_round") return recipe.ofRound(round);
      return (choice.kind === "edit" ? edit : vary).ask(round, person);
    }
    case "send_back":
    case "recipe_final": {
      if (subject.kind !== "final" || subject.final !== choice.final) return undefined;
      const final = await finals.find(choice.final);
      if (final === undefined) return undefined;
      if (choice.kind === "send_back") return sendBack.ask(final, person);
      const round = await rounds.find(final.round);
      return round && recipe.ofFinal(final, round);
    }
    default:
      return undefined;
  }
}
