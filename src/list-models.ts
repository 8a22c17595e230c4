import { readConfig } from "./config.ts";
import { inCredits } from "./core/credits.ts";
import { fittingSize } from "./core/model.ts";
import { ASPECTS, TAKE_SIZE } from "./core/recipe.ts";
import { type LookedAt, lookAtModels, type ModelRecords, readModelRecords } from "./look-at-models.ts";
import type { ModelSetting } from "./settings/model-setting.ts";

// `npm run models`: which image models there are, whether they can be reached, and what they cost.

const DAY_MS = 24 * 60 * 60 * 1000;
const TIERS = ["draft", "final"] as const;
const TITLES = { draft: "Drafts", final: "Finals" } as const;

process.exitCode = await main();

/** @returns 1 when a tier has no model that can be reached. */
async function main(): Promise<0 | 1> {
  const read = readConfig(process.env);
  if (read.status === "bad") {
    console.error(`The settings are not right:\n${read.problems.map((each) => `  - ${each}`).join("\n")}`);
    return 1;
  }
  const { config, hints } = read;
  for (const hint of hints) console.error(hint);
  const now = new Date();
  const [looks, records] = await Promise.all([
    lookAtModels(config),
    readModelRecords(config, new Date(now.getTime() - DAY_MS)),
  ]);
  for (const tier of TIERS) {
    const lines = looks[tier].flatMap((look) => linesOf(look, records, now));
    console.log([`${TITLES[tier]}, in the order in which they are asked:`, "", ...lines].join("\n"));
  }
  if (records.status === "unread") console.log(`How they were doing is not known: ${records.why}.`);
  const lost = TIERS.filter((tier) => !looks[tier].some(isReachable));
  for (const tier of lost)
    console.log(`✗ ${TITLES[tier]} cannot be made: none of their models can be reached.`);
  return lost.length > 0 ? 1 : 0;
}

function linesOf(look: LookedAt, records: ModelRecords, now: Date): readonly string[] {
  const { setting, found } = look;
  const { spec, keyName } = setting;
  const lines = [
    found.status === "reachable" ? `reachable: ${found.how}` : found.why,
    ...breakerOf(setting, records, now),
    `costs ${pricesOf(setting)}`,
    `makes ${abilitiesOf(setting)}`,
    [...limitsOf(setting), ...callsOf(setting, records)].join(" · "),
  ];
  const mark = isReachable(look) ? "✓" : "✗";
  return [
    `  ${mark} ${spec.name}: ${spec.id}${keyName ? `, with ${keyName}` : ""}`,
    ...lines.flatMap(fold).map((line) => `      ${line}`),
    "",
  ];
}

/** Broken at its dots where the terminal ends; what is no terminal has lines of any length. */
function fold(line: string): readonly string[] {
  const width = (process.stdout.columns || Infinity) - 8;
  const lines: string[] = [];
  for (const part of line.split(" · ")) {
    const longer = [...lines.slice(-1), part].join(" · ");
    if (longer.length <= width) lines.pop();
    lines.push(longer.length <= width ? longer : part);
  }
  return lines.map((each, index) => (index === 0 ? each : `  ${each}`));
}

function isReachable({ found }: LookedAt): boolean {
  return found.status === "reachable";
}

function breakerOf({ spec }: ModelSetting, records: ModelRecords, now: Date): readonly string[] {
  if (records.status === "unread") return [];
  const breaker = records.breakers.find((each) => each.tier === spec.tier && each.name === spec.name);
  if (breaker?.openUntil === undefined) return [];
  const until = breaker.openUntil > now ? `until ${breaker.openUntil.toISOString()}` : "until a try works";
  return [`! not asked ${until}, after ${breaker.failures} failures in a row`];
}

function pricesOf({ spec }: ModelSetting): string {
  const { credits, usd } = spec.prices;
  const sizes =
    spec.tier === "draft" ? ([fittingSize(spec.abilities, TAKE_SIZE)] as const) : spec.abilities.sizes;
  const prices = sizes.map((size) => {
    const listed = usd === undefined ? "no list price" : `$${Number(usd[size].toFixed(4))}`;
    return `${size}: ${inCredits(credits[size])}, ${listed}`;
  });
  return prices.join(" · ");
}

function abilitiesOf({ spec }: ModelSetting): string {
  const { sizes, aspects, guide, strength, references, seed } = spec.abilities;
  const guided = strength ? "follows a picture by a number" : "follows a picture in words";
  return [
    sizes.join(" "),
    aspects.length === ASPECTS.length ? "every aspect" : aspects.join(" "),
    guide ? guided : "follows no picture",
    references === 0 ? "no references" : `references: ${references}`,
    seed ? "seeds" : "no seeds",
    ...(spec.weaknesses.length === 0 ? [] : [`weak in ${spec.weaknesses.join(", ")}`]),
  ].join(" · ");
}

function limitsOf({ spec }: ModelSetting): readonly string[] {
  const { atOnce, perMinute, timeoutMs } = spec.limits;
  return [
    `${timeoutMs / 1000} s a call`,
    ...(atOnce === undefined ? [] : [`${atOnce} at once`]),
    ...(perMinute === undefined ? [] : [`${perMinute} a minute`]),
  ];
}

function callsOf({ spec }: ModelSetting, records: ModelRecords): readonly string[] {
  if (records.status === "unread") return [];
  const count = records.counts.find((each) => each.tier === spec.tier && each.name === spec.name);
  return [`in 24 hours: ${count?.calls ?? 0} calls, ${count?.failures ?? 0} failed`];
}
