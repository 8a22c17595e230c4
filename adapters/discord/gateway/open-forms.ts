import type { Form } from "../../../src/core/card.ts";
import type { UserRef } from "../../../src/core/ids.ts";
import type { Attachment } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/ports/log.ts";

/** A form as it was shown to somebody. */
export interface Opening {
  readonly person: UserRef;
  readonly form: Form;
  /** Pictures that go along with the answers. */
  readonly attachments: readonly Attachment[];
}

/** Forms that people have open, and what belongs to them beside what Discord brings back. */
export interface OpenForms {
  /** @param ticket what names it from now on, until something else is kept under it. */
  keep(ticket: string, opening: Opening): void;
  /** Undefined for one of somebody else's, one from before a restart, and one that was opened long ago. */
  find(ticket: string, person: UserRef): Opening | undefined;
}

const KEPT_MS = 15 * 60 * 1000;
const KEPT_MAX = 5_000;

export function createOpenForms(clock: Clock): OpenForms {
  const kept = new Map<string, { readonly opening: Opening; readonly until: number }>();
  return {
    keep(ticket, opening) {
      const now = clock().getTime();
      for (const [oldest, { until }] of kept) {
        if (kept.size < KEPT_MAX && until > now) break;
        kept.delete(oldest);
      }
      kept.delete(ticket);
      kept.set(ticket, { opening, until: now + KEPT_MS });
    },
    find(ticket, person) {
      const found = kept.get(ticket);
      if (found === undefined || found.until <= clock().getTime()) return undefined;
      return found.opening.person === person ? found.opening : undefined;
    },
  };
}

/** The same form with these words in it. */
export function filledIn(form: Form, answers: Readonly<Record<string, string>>): Form {
  const fields = form.fields.map((field) => ({ ...field, value: answers[field.name] ?? field.value }));
  return { ...form, fields };
}
