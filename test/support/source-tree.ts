import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the checkout. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path from the root for a file of ours, the name of a package or of a Node module otherwise. */
  readonly to: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
}

/** Reads every TypeScript file below the folders. */
export function readSources(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.split(sep).includes("node_modules"))
      .map((name) => readSource(join(folder, name).split(sep).join("/"))),
  );
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(ROOT, path), "utf8");
  return { path, text, imports: readImports(path, text) };
}

/** Biome puts every import at the start of a line, with double quotes and a semicolon. */
const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:[^;"'`]*?\bfrom\s*)?"([^"]+)";?/gm;
const DYNAMIC = /\bimport\s*\(\s*(?:"([^"]*)")?/g;

/** @throws Error for an import whose target cannot be read off. */
export function readImports(path: string, text: string): readonly Import[] {
  const found = [...text.matchAll(STATEMENT)].map(([, type, to = ""]) => ({
    to,
    typeOnly: type !== undefined,
  }));
  for (const [statement, to] of text.matchAll(DYNAMIC)) {
    if (to === undefined) throw new Error(`${path} imports something that cannot be read off: ${statement}`);
    found.push({ to, typeOnly: false });
  }
  return found.map(({ to, typeOnly }) => {
    const ours = to.startsWith(".");
    const target = ours
      ? relative(ROOT, resolve(ROOT, dirname(path), to))
          .split(sep)
          .join("/")
      : to;
    return { to: target, ours, typeOnly };
  });
}
