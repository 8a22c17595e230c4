import { isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { nearest } from "../core/nearest.ts";
import { MODELS_FILE, type ModelsFileContent } from "./models-file-schema.ts";

/** @returns undefined when there is no such file. @throws when it cannot be read. */
export type ReadFile = (path: string) => string | undefined;

type Path = readonly PropertyKey[];

export interface ModelsFile {
  readonly content: ModelsFileContent;
  /** A place in it, in words: `models.yaml, line 7: models[1].name`. */
  at(path: Path): string;
}

export type ModelsFileResult =
  /** Undefined: there is none, and there need not be. */
  | { readonly status: "ok"; readonly file: ModelsFile | undefined }
  /** One line a problem. */
  | { readonly status: "bad"; readonly problems: readonly string[] };

/** @param usual whether the path is what it is by default: then there may be no such file. */
export function readModelsFile(path: string, usual: boolean, readFile: ReadFile): ModelsFileResult {
  let source: string | undefined;
  try {
    source = readFile(path);
  } catch {
    return bad("DRAFTROOM_MODELS_FILE names a file that cannot be read");
  }
  if (source !== undefined) return parseModelsFile(path, source);
  return usual
    ? { status: "ok", file: undefined }
    : bad("DRAFTROOM_MODELS_FILE names a file that is not there");
}

/** Everything that is wrong with it, at once. @param path as people call the file. */
export function parseModelsFile(path: string, source: string): ModelsFileResult {
  const lines = new LineCounter();
  // Pretty errors quote the file.
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return bad(
      ...document.errors.map((each) => `${path}, line ${lines.linePos(each.pos[0]).line}: ${each.message}`),
    );
  }
  const at = (place: Path) => `${path}${lineOf(place)}: ${inWords(place)}`;
  function lineOf(place: Path): string {
    const nodes = place.map((_, index) => document.getIn(place.slice(0, place.length - index), true));
    const found = nodes.find((each) => isNode(each) && each.range);
    return isNode(found) && found.range ? `, line ${lines.linePos(found.range[0]).line}` : "";
  }
  let content: unknown;
  try {
    content = document.toJS();
  } catch {
    return bad(`${path}: its aliases (*) name nothing, or too much`);
  }
  // An empty file says nothing, which is fine.
  const parsed = MODELS_FILE.safeParse(content ?? {});
  return parsed.success
    ? { status: "ok", file: { content: parsed.data, at } }
    : bad(...parsed.error.issues.flatMap((issue) => problemsOf(issue, at)));
}

function bad(...problems: readonly string[]): ModelsFileResult {
  return { status: "bad", problems };
}

function problemsOf(issue: z.core.$ZodIssue, at: ModelsFile["at"]): readonly string[] {
  if (issue.code !== "unrecognized_keys") return [`${at(issue.path)} ${issue.message}`];
  const known = namesAt(MODELS_FILE, issue.path);
  return issue.keys.map((key) => {
    const meant = nearest(key, known);
    return `${at([...issue.path, key])} is no setting${meant ? `: did you mean ${meant}?` : ""}`;
  });
}

/** What an object of the schema may have. */
function namesAt(schema: unknown, path: Path): readonly string[] {
  if (schema instanceof z.ZodOptional) return namesAt(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return namesAt(schema.element, path.slice(1));
  if (!(schema instanceof z.ZodObject)) return [];
  const [name, ...rest] = path;
  return name === undefined ? Object.keys(schema.shape) : namesAt(schema.shape[`${String(name)}`], rest);
}

/** `models[1].price.usd` */
function inWords(path: Path): string {
  const words = path.map((each) => (typeof each === "number" ? `[${each}]` : `.${String(each)}`)).join("");
  return words === "" ? "the file" : words.replace(/^\./, "");
}
