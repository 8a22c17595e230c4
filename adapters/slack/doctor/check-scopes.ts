import { bad, type Finding, fine, warn } from "../../../src/ports/finding.ts";
import { SCOPES, type Scope } from "../scopes.ts";

/** @param step how scopes are added: said once for those that must be, and once for the others. */
export function checkScopes(granted: ReadonlySet<string>, step: string): readonly Finding[] {
  const missing = SCOPES.filter((scope) => !granted.has(scope.name));
  const needed = missing.filter((scope) => !scope.optional);
  const optional = missing.filter((scope) => scope.optional);
  if (missing.length === 0) return [fine(`All ${SCOPES.length} scopes are granted.`)];
  return [
    ...(needed.length === 0 ? [fine("All scopes that must be are granted.")] : []),
    ...needed.map((scope, index) => bad(words(scope), ...(index === needed.length - 1 ? [step] : []))),
    ...optional.map((scope, index) => warn(words(scope), ...(index === optional.length - 1 ? [step] : []))),
  ];
}

function words({ name, optional, reason }: Scope): string {
  return `The ${optional ? "optional " : ""}scope ${name} is missing. What it is for: ${reason}`;
}
