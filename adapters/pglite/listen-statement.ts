/** A statement that changes what a client listens to. `channel` undefined means all of them. */
export interface ListenStatement {
  readonly kind: "listen" | "unlisten";
  readonly channel: string | undefined;
}

const SHAPE = /^(listen|unlisten)\s+(\*|"(?:[^"]|"")+"|[a-z_][\w$]*)$/i;

/** Reads `LISTEN channel`, `UNLISTEN channel` and `UNLISTEN *`, comments aside; undefined for any other SQL. */
export function parseListenStatement(sql: string): ListenStatement | undefined {
  if (!/listen/i.test(sql)) return undefined;
  const bare = sql.replace(/--.*$/gm, "").trim().replace(/;$/, "").trim();
  const [, verb, name] = SHAPE.exec(bare) ?? [];
  if (verb === undefined || name === undefined) return undefined;
  const kind = verb.toLowerCase() === "listen" ? "listen" : "unlisten";
  return { kind, channel: name === "*" ? undefined : unquote(name) };
}

/** As PostgreSQL does: quoted names are kept, others are folded to lower case. */
function unquote(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
}
