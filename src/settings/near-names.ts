import { nearest } from "../core/nearest.ts";

type Given = Readonly<Record<string, unknown>>;

/**
 * What is said of names that nearly are settings. Other programs have variables that begin with a platform's name too, so
 * this is something to say, not a reason to stop.
 *
 * @param prefix what the names of `settings` begin with, such as `SLACK_`.
 */
export function hintsOfNearNames(prefix: string, settings: Given, given: Given): string[] {
  const short = (name: string) => name.slice(prefix.length);
  const free = Object.keys(settings).filter((name) => given[name] === undefined);
  return Object.keys(given)
    .filter((name) => name.startsWith(prefix) && !(name in settings))
    .flatMap((name) => {
      const candidates = free.filter((each) => Math.abs(each.length - name.length) <= 2).map(short);
      const meant = nearest(short(name), candidates);
      return meant ? [`${name} is no setting: did you mean ${prefix}${meant}?`] : [];
    });
}

/** What is wrong with names that begin like ours and are no settings: they would do nothing, and nobody would know. */
export function problemsOfUnknownNames(prefix: string, settings: Given, given: Given): string[] {
  const names = Object.keys(settings);
  return Object.keys(given)
    .filter((name) => name.startsWith(prefix) && !names.includes(name))
    .map((name) => {
      const meant = nearest(name, names);
      return `${name} is no setting${meant ? `: did you mean ${meant}?` : ""}`;
    });
}
