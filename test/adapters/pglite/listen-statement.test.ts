import { describe, expect, it } from "vitest";
import { parseListenStatement } from "../../../adapters/pglite/listen-statement.ts";

describe("parseListenStatement", () => {
  it.each([
    ["LISTEN bullmq_jobs", { kind: "listen", channel: "bullmq_jobs" }],
    ["-- why\n-- LISTEN other\nlisten Jobs;\n", { kind: "listen", channel: "jobs" }],
    ['LISTEN "Quoted ""Name"""', { kind: "listen", channel: 'Quoted "Name"' }],
    ["UNLISTEN *", { kind: "unlisten", channel: undefined }],
    ["unlisten jobs ;", { kind: "unlisten", channel: "jobs" }],
  ])("reads %j", (text, statement) => expect(parseListenStatement(text)).toEqual(statement));

  it.each([
    "SELECT 'LISTEN x'",
    "LISTEN a; LISTEN b",
    "-- LISTEN x",
    "LISTENING",
    "INSERT INTO listen VALUES (1)",
  ])("leaves %j alone", (text) => expect(parseListenStatement(text)).toBeUndefined());
});
