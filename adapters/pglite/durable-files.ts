import { fsyncSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/**
 * As PGlite starts PostgreSQL, but for two things: it syncs its files (`-F` is what turns that off), and
 * it opens its log so that a write is on disk when it returns.
 */
export const DURABLE_START: readonly string[] = [
  ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
  "-c",
  "wal_sync_method=open_datasync",
];

/** An open file of the engine. A directory has no descriptor. */
interface EngineStream {
  readonly nfd?: number;
}

/** What the engine's file system has that PGlite's types leave out. */
interface NodeFiles {
  readonly stream_ops: { fsync?: (stream: EngineStream) => number };
}

/** EIO as WebAssembly numbers it. PostgreSQL then stops, rather than go on with files it cannot trust. */
const EIO = 29;

/**
 * Files under a directory, as PGlite keeps them, and synced when PostgreSQL says so. PGlite leaves that
 * out: a power cut after a checkpoint could leave a database that does not open again.
 */
export class DurableFiles extends NodeFS {
  override async init(...[database, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(database, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), installSync];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function installSync(engine: { readonly NODEFS: object }): void {
  if (!("stream_ops" in engine.NODEFS))
    throw new Error("PGlite keeps its files another way: they would not be synced");
  (engine.NODEFS as NodeFiles).stream_ops.fsync = ({ nfd }) => {
    try {
      if (nfd !== undefined) fsyncSync(nfd);
      return 0;
    } catch {
      return EIO;
    }
  };
}
