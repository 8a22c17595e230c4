/**
 * The most that Slack can count a part of blocks as: its JSON in characters, with `&`, `<` and `>` as
 * the entities that Slack keeps them as.
 */
export function weigh(part: unknown): number {
  const json = JSON.stringify(part);
  const entities = json.replace(/[^&<>]/g, "");
  return json.length + 3 * entities.length + entities.replace(/[^&]/g, "").length;
}

/** The same for words inside of a part, without their quotes. */
export function weighWords(words: string): number {
  return weigh(words) - 2;
}
