/** The command whose answer is the one live message of what it starts. */
export const LIVE = "draft";

/** Its form has the same name, and may bring something along after that. */
export function isLiveForm(form: string): boolean {
  return form === LIVE || form.startsWith(`${LIVE}?`);
}
