import type { SourceFile } from "./source-tree.ts";

// Who may import whom. The rooms are those of docs/architecture.md: core ← ports ← images, story ← commands.
// Settings are read by what wires, and by nobody else.

const STORY = [
  "assets",
  "budgets",
  "cards",
  "choices",
  "finals",
  "gate",
  "home",
  "models",
  "outbox",
  "posts",
  "reactions",
  "rounds",
  "upkeep",
];
const WIRING = [
  "compose",
  "config",
  "discord-register",
  "doctor",
  "list-models",
  "look-at-models",
  "main",
  "open-models",
  "platforms",
  "program",
  "slack-manifest",
];
const NO_ROOMS = /^(?:utils?|helpers?|libs?|services?|common|shared|misc)$/;

type Room =
  | { readonly kind: "core" | "ports" | "images" | "settings" | "story" | "commands" | "page" | "outside" }
  | { readonly kind: "wiring" | "adapter"; readonly name: string };

export function roomOf(path: string): Room | undefined {
  const [top = "", second = "", third] = path.split("/");
  if (path.split("/").some((part) => NO_ROOMS.test(part))) return undefined;
  if (top === "commands") return third === undefined ? { kind: "commands" } : undefined;
  if (top === "adapters") {
    if (path.startsWith("adapters/web/page/")) return { kind: "page" };
    return third === undefined ? undefined : { kind: "adapter", name: second };
  }
  if (top !== "src") return { kind: "outside" };
  if (third === undefined) {
    const name = second.replace(/\.ts$/, "");
    return WIRING.includes(name) ? { kind: "wiring", name } : undefined;
  }
  if (second === "core" || second === "ports" || second === "images" || second === "settings")
    return { kind: second };
  return STORY.includes(second) ? { kind: "story" } : undefined;
}

/** What is wrong with an import of a file of ours; undefined when it may be. */
export function wrongImport(from: string, to: string, typeOnly = false): string | undefined {
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === undefined || target === undefined) return `${from} or ${to} is in no room`;
  return mayImport(room, target, to, typeOnly) ? undefined : `${from} must not import ${to}`;
}

function mayImport(room: Room, target: Room, to: string, typeOnly: boolean): boolean {
  const isOneOf = (...kinds: readonly Room["kind"][]) => kinds.includes(target.kind);
  switch (room.kind) {
    case "core":
      return isOneOf("core");
    case "ports":
      return isOneOf("core", "ports");
    case "images":
      return isOneOf("core", "ports", "images");
    case "settings":
      return isOneOf("core", "settings");
    case "story":
      return isOneOf("core", "ports", "images", "story");
    case "commands":
      return isOneOf("core", "ports", "story", "commands");
    case "adapter":
      if (target.kind === "page") return room.name === "web";
      return isOneOf("core", "ports") || (target.kind === "adapter" && target.name === room.name);
    case "page":
      // A browser program: what it takes from elsewhere is only types, which are not there when it runs.
      return (
        target.kind === "page" || ((isOneOf("core", "ports") || to === "adapters/web/wire.ts") && typeOnly)
      );
    case "wiring":
      return mayWire(room.name, target);
    case "outside":
      return true;
  }
}

function mayWire(name: string, target: Room): boolean {
  if (["core", "ports", "settings", "wiring"].includes(target.kind)) return true;
  switch (name) {
    case "compose":
    case "open-models":
    case "platforms":
      return target.kind === "adapter" || target.kind === "story";
    case "program":
      return target.kind === "commands" || target.kind === "story";
    // Programs of their own: they look at the adapters, or write down what the commands are.
    case "doctor":
    case "look-at-models":
    case "slack-manifest":
    case "discord-register":
      return target.kind === "adapter" || target.kind === "commands";
    default:
      return false;
  }
}

/** What is wrong with the import of a package or of a module of Node's. */
export function wrongPackage(from: string, to: string): string | undefined {
  const room = roomOf(from);
  return room && mayUse(room, to) ? undefined : `${from} must not import ${to}`;
}

function mayUse(room: Room, to: string): boolean {
  switch (room.kind) {
    case "core":
    case "commands":
    case "story":
      return false;
    case "ports":
      return to === "zod";
    case "settings":
      return to === "zod" || to === "yaml";
    case "images":
      return isNode(to) || to === "sharp" || to === "opentype.js";
    case "page":
      return to === "lit-html" || to.startsWith("lit-html/");
    case "wiring":
      return mayWireWith(room.name, to);
    case "adapter":
      return to !== "sharp" || room.name === "sketch";
    case "outside":
      return true;
  }
}

function isNode(to: string): boolean {
  return to.startsWith("node:");
}

function mayWireWith(name: string, to: string): boolean {
  if (name === "platforms") return to === "kysely" || to === "pg";
  if (["compose", "doctor", "look-at-models"].includes(name)) {
    return isNode(to) || to === "kysely" || to === "pg";
  }
  if (name === "slack-manifest" || name === "discord-register") return isNode(to);
  return name === "config" && (to === "zod" || to === "node:fs");
}

/** The files of a cycle, the first again at the end; undefined when there is none. */
export function findCycle(files: readonly SourceFile[]): readonly string[] | undefined {
  const edges = new Map(
    files.map((each) => [each.path, each.imports.filter((one) => one.ours).map((one) => one.to)]),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    const start = trail.indexOf(path);
    if (start >= 0) return [...trail.slice(start), path];
    if (done.has(path)) return undefined;
    for (const next of edges.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of edges.keys()) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}
