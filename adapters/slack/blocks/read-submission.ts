import { z } from "zod";
import type { Card } from "../../../src/core/card.ts";
import type { Place } from "../../../src/ports/chat.ts";
import { cut } from "./cut.ts";
import { type FormAttachment, readFormContext } from "./form-context.ts";
import { LIMITS } from "./limits.ts";
import { literal } from "./literal.ts";
import { CHANNEL_BLOCK, FIELD_BLOCK, FORM_CALLBACK } from "./to-modal.ts";

/** A form of ours as it came back. */
export interface SubmittedForm {
  readonly form: string;
  /** By field; "" for one that was left empty. */
  readonly answers: Readonly<Record<string, string>>;
  /** Where it was opened; or the id (`C…`, `G…`) of the channel that the person chose in it. */
  readonly place: Place | { readonly chosen: string };
  readonly attachments: readonly FormAttachment[];
}

const ANSWER = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_conversation: z.string().nullish(),
});

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
const VIEW = z.object({
  callback_id: z.literal(FORM_CALLBACK),
  private_metadata: z.string(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), ANSWER)) }),
});

/** Reads `view` of a `view_submission` payload; undefined for a view that is none of our forms. */
export function readSubmission(view: unknown): SubmittedForm | undefined {
  const { data } = VIEW.safeParse(view);
  const context = data && readFormContext(data.private_metadata);
  if (data === undefined || context === undefined) return undefined;
  const blocks = Object.entries(data.state.values).map(([block, values]) => {
    const [answer] = Object.values(values);
    return { block, answer };
  });
  const chosen = blocks.find(({ block }) => block === CHANNEL_BLOCK)?.answer?.selected_conversation;
  const place = context.place ?? (chosen ? { chosen } : undefined);
  if (place === undefined) return undefined;
  const answers = blocks
    .filter(({ block }) => block.startsWith(FIELD_BLOCK))
    .map(({ block, answer }) => [
      block.slice(FIELD_BLOCK.length),
      answer?.value ?? answer?.selected_option?.value ?? "",
    ]);
  return {
    form: context.form,
    answers: Object.fromEntries(answers),
    place,
    attachments: context.attachments,
  };
}

const INPUTS = z.object({
  blocks: z.array(z.object({ block_id: z.string(), label: z.object({ text: z.string() }).optional() })),
});

/** The answer to a submission that was refused: the form stays open, and says why at one of its fields. */
export interface FormErrors {
  readonly response_action: "errors";
  /** By block. */
  readonly errors: Readonly<Record<string, string>>;
}

/**
 * Puts what a card says to the field that it speaks of: the one whose option (`--count`), name or label is
 * in the sentence, otherwise the first. https://docs.slack.dev/surfaces/modals#displaying_errors
 *
 * @param view of the payload that was refused.
 */
export function toFormErrors(view: unknown, { summary }: Card): FormErrors {
  const fields = INPUTS.parse(view).blocks.filter(({ block_id }) => block_id.startsWith(FIELD_BLOCK));
  const sentence = summary.toLowerCase();
  const words = sentence.split(/[^\w-]+/u);
  const nameOf = (field: (typeof fields)[number]) => field.block_id.slice(FIELD_BLOCK.length).toLowerCase();
  const labelOf = (field: (typeof fields)[number]) => field.label?.text.toLowerCase() ?? "";
  const meant =
    fields.find((field) => words.includes(`--${nameOf(field)}`)) ??
    fields.find((field) => words.includes(nameOf(field))) ??
    fields.find((field) => labelOf(field) !== "" && sentence.includes(labelOf(field))) ??
    fields[0];
  const said = cut(literal(summary), LIMITS.inputLabel);
  return { response_action: "errors", errors: { [meant?.block_id ?? CHANNEL_BLOCK]: said } };
}
