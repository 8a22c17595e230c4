import { randomBytes } from "node:crypto";

/** The `custom_id` of a form's modal. */
export interface FormId {
  /** The form's own id. */
  readonly form: string;
  /** Which opening of it. Undefined: it is not known. */
  readonly ticket: string | undefined;
  /** Whether pictures go along with the answers. */
  readonly hasPictures: boolean;
}

/** https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id */
const LENGTH_MAX = 100;
const OPEN_AGAIN = "form.again~";

/** Names one opening of a form, and what comes of it: sent off twice, it is one event. */
export function createTicket(): string {
  return randomBytes(6).toString("hex");
}

/** A ticket that does not fit is left out: the form then comes back as it would after a restart. */
export function toFormId(form: string, ticket: string, hasPictures: boolean): string {
  const id = `${form}~${hasPictures ? "p" : "f"}${ticket}`;
  return id.length > LENGTH_MAX ? form : id;
}

export function readFormId(id: string): FormId {
  const [, form, kind, ticket] = /^(.+)~([pf])([0-9a-f]+)$/s.exec(id) ?? [];
  return form === undefined
    ? { form: id, ticket: undefined, hasPictures: false }
    : { form, ticket, hasPictures: kind === "p" };
}

/** The button that opens a form once more. */
export function toOpenAgainId(ticket: string): string {
  return `${OPEN_AGAIN}${ticket}`;
}

/** Undefined for any other button. */
export function readOpenAgainId(id: string): string | undefined {
  return id.startsWith(OPEN_AGAIN) ? id.slice(OPEN_AGAIN.length) : undefined;
}
