import { once } from "node:events";
import { createServer } from "node:net";
import type { FetchFunction } from "@slack/web-api";
import { bad, type Finding, fine } from "../../../src/ports/finding.ts";
import { reasonOf } from "./trouble.ts";

export interface PortParts {
  /** Where Slack's requests are listened for. */
  readonly host: string;
  readonly port: number;
  readonly fetch: FetchFunction;
}

const ANSWER_MS_MAX = 3_000;
/** Every address of a machine: it is asked at its own. */
const ANY = new Set(["0.0.0.0", "::"]);

/** Who has the port of this machine: Draftroom, another program, or nobody. */
export async function checkPort({ host, port, fetch }: PortParts): Promise<readonly Finding[]> {
  // Any free one, which nobody knows beforehand.
  if (port === 0) return [];
  if (await isDraftroom(ANY.has(host) ? "127.0.0.1" : host, port, fetch)) {
    return [fine(`Draftroom listens on port ${port} of this machine.`)];
  }
  const reason = await findObstacle(host, port);
  if (reason === undefined) return [fine(`Port ${port} is free: Draftroom is not running on this machine.`)];
  return [
    reason === "EADDRINUSE"
      ? bad(`Another program has port ${port}.`, "Stop it, or set SLACK_PORT to a free one.")
      : bad(`Nobody can listen at ${host}, port ${port} (${reason}).`, "Correct SLACK_HOST and SLACK_PORT."),
  ];
}

async function isDraftroom(host: string, port: number, fetch: FetchFunction): Promise<boolean> {
  const health = `http://${host.includes(":") ? `[${host}]` : host}:${port}/health`;
  const answer = await fetch(health, { signal: AbortSignal.timeout(ANSWER_MS_MAX) }).catch(() => undefined);
  return answer?.status === 200;
}

/** Why nobody can listen there; undefined when one can. */
async function findObstacle(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    await once(server.listen(port, host), "listening");
    return undefined;
  } catch (error) {
    return reasonOf(error);
  } finally {
    server.close();
  }
}
