import type { Color } from "./color.ts";
import { hashOf } from "./random.ts";
import type { Element, Feature, Light, Mood, Relation, Scene, Setting, Subject, Surface } from "./scene.ts";
import { settingOf } from "./setting-of.ts";
import { type Token, toTokens } from "./tokens.ts";

/** More things than this make a crowd, not a composition. */
const ELEMENTS_MAX = 6;

/** Reads a prompt into a scene. Total: every text gives a scene worth drawing. */
export function readPrompt(prompt: string): Scene {
  const draft = emptyDraft();
  const tokens = toTokens(prompt);
  for (const [index, token] of tokens.entries()) readToken(draft, token, tokens[index + 1]);
  endClause(draft);
  const setting = settingOf(draft);
  // A landscape needs no thing in it, and a pattern wants none. Everything else needs a subject.
  const bare =
    setting === "abstract" || (draft.features.size > 0 && setting !== "table" && setting !== "studio");
  if (draft.elements.length === 0 && !bare) addForms(draft);
  return {
    setting,
    surface: draft.surface,
    elements: draft.elements,
    features: draft.features,
    light: lightOf(draft),
    mood: draft.mood,
    colors: draft.colors,
    hash: hashOf(prompt.normalize("NFKC").toLowerCase()),
  };
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

interface Draft {
  readonly elements: Mutable<Element>[];
  readonly features: Set<Feature>;
  readonly lights: Light[];
  readonly colors: Color[];
  readonly settings: Setting[];
  readonly unknown: string[];
  mood: Mood | undefined;
  surface: Surface | undefined;
  relation: Relation | "holds" | undefined;
  /** What has been said about the thing to come. */
  said: Said;
}

interface Said {
  readonly colors: Color[];
  count: number | undefined;
  scale: number;
  material: Surface | undefined;
  aloft: boolean;
  /** Whether an article or adjective promises a noun. */
  promised: boolean;
}

function emptyDraft(): Draft {
  return {
    elements: [],
    features: new Set(),
    lights: [],
    colors: [],
    settings: [],
    unknown: [],
    mood: undefined,
    surface: undefined,
    relation: undefined,
    said: nothingSaid(),
  };
}

function nothingSaid(): Said {
  return { colors: [], count: undefined, scale: 1, material: undefined, aloft: false, promised: false };
}

function readToken(draft: Draft, token: Token, next: Token | undefined): void {
  switch (token.kind) {
    case "thing":
      addElement(draft, token.subject, draft.said.count ?? 1);
      break;
    case "several":
      addElement(draft, token.of, draft.said.count ?? 3);
      break;
    case "unknown":
      readUnknown(draft, token.word, next);
      break;
    case "article":
    case "color":
    case "count":
    case "size":
    case "material":
      readAdjective(draft, token, next);
      break;
    case "ground":
    case "setting":
    case "feature":
      readPlace(draft, token);
      break;
    case "light":
      // "dark green" is a green.
      if (next?.kind !== "color") draft.lights.push(token.light);
      break;
    case "mood":
      draft.mood ??= token.mood;
      break;
    case "relation":
      draft.relation = token.relation;
      break;
    case "holds":
      if (draft.elements.length > 0) draft.relation = "holds";
      break;
    case "side":
    case "aloft":
      readPosition(draft, token);
      break;
    case "stop":
      endClause(draft);
      break;
    case "filler":
      break;
  }
}

type Adjective = Extract<Token, { kind: "article" | "color" | "count" | "size" | "material" }>;

function readAdjective(draft: Draft, token: Adjective, next: Token | undefined): void {
  const { said } = draft;
  // "an orange", "a glass": a colour or a material is a thing where a thing is promised and none follows.
  const noun = said.promised && said.colors.length === 0 && (next === undefined || NOUN_ENDS.has(next.kind));
  if (noun && token.kind === "color" && token.color === ORANGE) {
    addElement(draft, "orange", said.count ?? 1);
    return;
  }
  if (noun && token.kind === "material" && token.surface === "glass") {
    addElement(draft, "glass", said.count ?? 1);
    return;
  }
  said.promised = true;
  if (token.kind === "color") said.colors.push(token.color);
  if (token.kind === "count") said.count = token.count;
  if (token.kind === "size") said.scale = token.scale;
  if (token.kind === "material") said.material = token.surface;
}

const NOUN_ENDS: ReadonlySet<string> = new Set(["stop", "relation", "filler", "unknown", "holds", "side"]);
const ORANGE: Color = "#e8782b";

function readPlace(draft: Draft, token: Extract<Token, { kind: "ground" | "setting" | "feature" }>): void {
  const last = draft.elements.at(-1);
  if (draft.relation === "above" && last !== undefined) last.aloft = true;
  if (token.kind === "ground") draft.surface ??= token.surface;
  if (token.kind === "feature") draft.features.add(token.feature);
  else draft.settings.push(token.setting);
  endClause(draft);
}

function readPosition(draft: Draft, token: Extract<Token, { kind: "side" | "aloft" }>): void {
  const last = draft.elements.at(-1);
  if (token.kind === "side" && last !== undefined) last.side = token.side;
  if (token.kind === "aloft" && last !== undefined) last.aloft = true;
  if (token.kind === "aloft" && last === undefined) draft.said.aloft = true;
}

/** An unknown noun becomes a form: "a koala on …", "two zorbs". Other unknown words only turn the hash. */
function readUnknown(draft: Draft, word: string, next: Token | undefined): void {
  const ends = next === undefined || next.kind === "stop" || next.kind === "relation" || next.kind === "side";
  const noun = draft.said.promised && ends && word.length > 2 && !/(ing|ed|ly)$/u.test(word);
  if (noun) addElement(draft, hashOf(word), draft.said.count ?? 1);
  else draft.unknown.push(word);
}

function addElement(draft: Draft, subject: Subject | number, count: number): void {
  const { said, relation, elements } = draft;
  const index = elements.length;
  const last = elements.at(-1);
  draft.said = nothingSaid();
  draft.relation = undefined;
  if (index >= ELEMENTS_MAX) return;
  // "A left of B" places A, once B is known; "a bowl of A left of B" places the bowl.
  const mover = last?.place !== undefined && last.place.of < index - 1 ? elements[last.place.of] : last;
  const placed = relation !== undefined && relation !== "holds" && relation !== "beside";
  const below = relation === "below" && !FLYERS.has(String(subject));
  if (mover !== undefined && below) mover.place = { relation: "before", of: index };
  if (mover !== undefined && placed && relation !== "below") mover.place = { relation, of: index };
  elements.push({
    subject,
    count,
    scale: said.scale,
    colors: said.colors,
    material: said.material,
    aloft: said.aloft,
    side: undefined,
    place: placeOfNew(relation, index, below),
  });
}

/** "A below B" and "a bowl of B" place B. But a tree does not fly: what is below it stands before it. */
function placeOfNew(relation: Draft["relation"], index: number, grounded: boolean): Element["place"] {
  if (index === 0 || grounded || (relation !== "holds" && relation !== "below")) return undefined;
  return { relation: relation === "holds" ? "in" : "above", of: index - 1 };
}

const FLYERS: ReadonlySet<string> = new Set(["balloon", "rocket", "bird", "star", "heart", "fish"]);

/** Colours and materials that found no thing belong to the whole picture. */
function endClause(draft: Draft): void {
  draft.colors.push(...draft.said.colors);
  draft.surface ??= draft.said.material;
  draft.relation = undefined;
  draft.said = nothingSaid();
}

/** The most particular light that was said; a moon or stars say night. */
function lightOf({ lights, features }: Draft): Light {
  const particular = lights.find((light) => light !== "day" && light !== "soft");
  const sky = features.has("moon") || features.has("stars") ? "night" : undefined;
  return particular ?? sky ?? lights[0] ?? "day";
}

function addForms(draft: Draft): void {
  const seeds = draft.unknown.length > 0 ? draft.unknown.slice(0, 4) : ["form", "and", "ground"];
  for (const word of seeds) addElement(draft, hashOf(word), 1);
}
