import type { HostedModel } from "../vendor.ts";
import type { Fetch } from "../wire.ts";

/** Known to edits alone: a generation that has it is refused. */
const EDITS_ONLY = ["input_fidelity"];

/**
 * Puts the options of a model over what the package sends: it knows fewer of them, and fewer of their values,
 * than the API does. `null` takes a field away.
 */
export function withOptions(fetch: Fetch, options: HostedModel["options"]): Fetch {
  const given = Object.entries(options);
  return (input, init) => {
    const body = init?.body;
    if (body instanceof FormData) {
      for (const [name, value] of given) {
        if (value === null) body.delete(name);
        else body.set(name, typeof value === "string" ? value : JSON.stringify(value));
      }
      return fetch(input, init);
    }
    if (typeof body !== "string") return fetch(input, init);
    const fields = Object.entries({
      ...(JSON.parse(body) as object),
      ...Object.fromEntries(given.filter(([name]) => !EDITS_ONLY.includes(name))),
    }).filter(([, value]) => value !== null);
    return fetch(input, { ...init, body: JSON.stringify(Object.fromEntries(fields)) });
  };
}
