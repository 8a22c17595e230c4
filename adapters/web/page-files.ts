import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What the browser loads, by path. Nothing else on the disk can be asked for. */
export type PageFiles = ReadonlyMap<string, PageFile>;

export interface PageFile {
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

const PAGE = fileURLToPath(new URL("./page/", import.meta.url));
const LIT_FILES = [
  "lit-html.js",
  "directive.js",
  "directive-helpers.js",
  "directives/live.js",
  "directives/repeat.js",
];
const FONT_WEIGHTS = [400, 500, 600];

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ts": "text/javascript; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Reads the page from the disk and makes it fit for a browser: types stripped, bare imports given a path. */
export async function loadPageFiles(): Promise<PageFiles> {
  const own = (await readdir(PAGE, { recursive: true })).filter((name) => extname(name) in TYPES);
  const { resolve } = createRequire(import.meta.url);
  // What is found is the variant for Node, one folder below the package.
  const lit = dirname(dirname(resolve("lit-html")));
  const inter = dirname(resolve("@fontsource/inter/files/inter-latin-400-normal.woff2"));
  const fonts = FONT_WEIGHTS.map((weight) => `inter-latin-${weight}-normal.woff2`);
  const sources: readonly [path: string, file: string][] = [
    ...own.map((name): [string, string] => [`/page/${name.replaceAll("\\", "/")}`, join(PAGE, name)]),
    ...LIT_FILES.map((name): [string, string] => [`/vendor/lit-html/${name}`, join(lit, name)]),
    ...fonts.map((name): [string, string] => [`/vendor/inter/${name}`, join(inter, name)]),
  ];
  return new Map(
    await Promise.all(sources.map(async ([path, file]) => [path, await loadFile(file)] as const)),
  );
}

async function loadFile(path: string): Promise<PageFile> {
  const ending = extname(path);
  const bytes = await readFile(path);
  const body = ending === ".woff2" ? bytes : toServed(bytes.toString("utf8"), ending);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  return { type: TYPES[ending] ?? "application/octet-stream", body, etag };
}

function toServed(source: string, ending: string): string {
  switch (ending) {
    case ".ts":
      return stripTypeScriptTypes(source, { mode: "strip" })
        .replaceAll(' from "lit-html"', ' from "/vendor/lit-html/lit-html.js"')
        .replaceAll(' from "lit-html/', ' from "/vendor/lit-html/');
    case ".js":
      // The maps are not served.
      return source.replace(/^\/\/# sourceMappingURL=.*$/m, "");
    default:
      return source;
  }
}
