import { Redis } from "ioredis";
import pg from "pg";
import type { Doom } from "./doomed.ts";

/**
 * A place before every SQL statement and every Redis command of this process, whoever asks for it: the
 * queue's own, the chat's, and the `commit` of each transaction.
 */
export function doomStatements(doom: Doom): void {
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: readonly unknown[]) {
    doom.at(`before sql ${nameOfStatement(textOf(args[0]))}`);
    return Reflect.apply(query, this, args) as never;
  };
  const { sendCommand } = Redis.prototype;
  Redis.prototype.sendCommand = function (this: Redis, ...args: Parameters<typeof sendCommand>) {
    doom.at(`before redis ${args[0].name}`);
    return sendCommand.apply(this, args);
  };
}

function textOf(query: unknown): string {
  if (typeof query === "string") return query;
  return typeof query === "object" && query !== null && "text" in query ? String(query.text) : "";
}

/** `insert takes`, `commit`, `select bullmq.add_jobs`: what it does first, and to what. */
function nameOfStatement(text: string): string {
  const words = text.replace(/--.*$/gm, "").replace(/\s+/g, " ").trim().toLowerCase();
  const written = /\b(insert into|update|delete from) "?([a-z_.]+)/.exec(words);
  if (written) return `${written[1]?.split(" ")[0]} ${written[2]}`;
  const called = /\b(?:from|select) ([a-z_]+)\(/.exec(words);
  return called?.[1] ?? words.split(/[ ;(]/)[0] ?? "";
}
