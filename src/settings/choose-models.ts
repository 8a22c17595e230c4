import { nearest } from "../core/nearest.ts";
import type { Tier } from "../core/recipe.ts";
import { describeModel } from "./describe-model.ts";
import { KNOWN_MODELS } from "./known-models.ts";
import { problemsOfKeys, type ReachParts, reachOf } from "./model-reach.ts";
import type { ModelSetting } from "./model-setting.ts";
import type { ListedModel } from "./models-file-schema.ts";
import { toDefaults, toModelSetting } from "./to-model-setting.ts";

/** By tier, in the order in which they are asked: the others when the first cannot. */
export type ModelSettings = Readonly<Record<Tier, readonly [ModelSetting, ...ModelSetting[]]>>;

export interface ModelsParts extends ReachParts {
  /** Whether this process asks models itself, and so needs their keys. */
  readonly asks: boolean;
}

export type ModelsResult =
  /** `hints`: one line each, of models that cannot be asked. */
  | { readonly status: "ok"; readonly models: ModelSettings; readonly hints: readonly string[] }
  /** One line a problem. */
  | { readonly status: "bad"; readonly problems: readonly string[] };

/**
 * The models that there are. A tier has those that the models file lists for it; when it lists none, the known ones of
 * each provider that can be reached; when there are none of these either, the sketch.
 */
export function chooseModels(parts: ModelsParts): ModelsResult {
  const { models: drafts, problems: ofDrafts } = chooseTier("draft", parts);
  const { models: finals, problems: ofFinals } = chooseTier("final", parts);
  const problems = [...problemsOfKeys(parts), ...ofDrafts, ...ofFinals];
  const [firstDraft, ...otherDrafts] = drafts;
  const [firstFinal, ...otherFinals] = finals;
  if (problems.length > 0 || firstDraft === undefined || firstFinal === undefined) {
    return { status: "bad", problems };
  }
  const models = { draft: [firstDraft, ...otherDrafts], final: [firstFinal, ...otherFinals] } as const;
  return { status: "ok", models, hints: parts.asks ? hintsOfKeys([...drafts, ...finals]) : [] };
}

interface Chosen {
  readonly models: readonly ModelSetting[];
  readonly problems: readonly string[];
}

function chooseTier(tier: Tier, parts: ModelsParts): Chosen {
  const listed = listedIn(tier, parts);
  if (listed.length === 0) return inOrder(tier, parts, knownIn(tier, parts));
  const { models, problems } = read(listed, parts);
  if (problems.length > 0) return { models, problems };
  const ordered = inOrder(tier, parts, models);
  if (!parts.asks || !models.every(lacksKey)) return ordered;
  const names = [...new Set(models.map((each) => each.keyName))].join(" or ");
  return { models, problems: [...ordered.problems, `no ${tier} model has its key: set ${names}`] };
}

/** A model of the file, and where it stands there. */
interface Listed {
  readonly model: ListedModel;
  at(name?: keyof ListedModel): string;
}

function listedIn(tier: Tier, { file }: ModelsParts): readonly Listed[] {
  if (file === undefined) return [];
  const at = (index: number, name: string | undefined) =>
    file.at(["models", index, ...(name === undefined ? [] : [name])]);
  return (file.content.models ?? [])
    .map((model, index) => ({ model, at: (name?: string) => at(index, name) }))
    .filter((each) => each.model.tier === tier);
}

function knownIn(tier: Tier, parts: ModelsParts): readonly ModelSetting[] {
  const settings = KNOWN_MODELS.filter((known) => known.tiers.includes(tier)).flatMap(({ provider, id }) => {
    const described = describeModel({ provider, id, tier });
    const reach = reachOf(provider, parts);
    return described.status === "ok"
      ? [toModelSetting(described.model, reach, toDefaults(parts.environment))]
      : [];
  });
  const reached = settings.filter((each) => each.key !== undefined || isAddressed(each));
  return reached.length > 0 ? reached : settings.filter((each) => each.provider === "sketch");
}

function isAddressed({ provider, baseUrl }: ModelSetting): boolean {
  return provider === "sdapi" && baseUrl !== undefined;
}

function read(listed: readonly Listed[], parts: ModelsParts): Chosen {
  const models: ModelSetting[] = [];
  const problems: string[] = [];
  for (const { model, at } of listed) {
    const described = describeModel(model);
    const reach = reachOf(model.provider, parts);
    if (described.status === "needs") {
      problems.push(`${at("id")} is not known here: ${whatNext(model, described.needs)}`);
      continue;
    }
    const setting = toModelSetting(described.model, reach, toDefaults(parts.environment));
    const { name, tier } = setting.spec;
    if (models.some((each) => each.spec.name === name)) {
      problems.push(`${at("name")} is ${name}, as is another ${tier} model: give it a name of its own`);
    }
    if (model.provider === "sdapi" && !isAddressed(setting)) {
      problems.push(`${at("provider")} needs an address: set SDAPI_URL, or providers.sdapi.baseUrl`);
    }
    models.push(setting);
  }
  return { models, problems };
}

function whatNext({ provider, id }: ListedModel, needs: readonly string[]): string {
  const ids = KNOWN_MODELS.filter((each) => each.provider === provider).map((each) => each.id);
  const meant = nearest(id, ids);
  return `${meant ? `did you mean ${meant}? Else ` : ""}say its ${needs.join(" and ")} too`;
}

/** Those that the file names for the tier first, as it names them. */
function inOrder(tier: Tier, { file }: ModelsParts, models: readonly ModelSetting[]): Chosen {
  const order = file?.content[tier] ?? [];
  const names = models.map((each) => each.spec.name);
  const problems = order.flatMap((name, index) => {
    const place = file?.at([tier, index]);
    if (order.indexOf(name) < index) return [`${place} is there already`];
    if (names.includes(name)) return [];
    const meant = nearest(name, names);
    return [
      `${place} is no ${tier} model: ${meant ? `did you mean ${meant}?` : `there are ${names.join(", ")}`}`,
    ];
  });
  const rank = (model: ModelSetting) =>
    (order.indexOf(model.spec.name) + order.length + 1) % (order.length + 1);
  return { models: models.toSorted((a, b) => rank(a) - rank(b)), problems };
}

function lacksKey({ keyName, key }: ModelSetting): boolean {
  return keyName !== undefined && key === undefined;
}

function hintsOfKeys(models: readonly ModelSetting[]): readonly string[] {
  const lacking = Map.groupBy(models.filter(lacksKey), (each) => each.keyName);
  return [...lacking].map(([keyName, those]) => {
    const names = [...new Set(those.map((each) => each.spec.name))].join(", ");
    return `${keyName} is not set, so these models cannot be asked: ${names}`;
  });
}
