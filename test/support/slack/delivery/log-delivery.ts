import type { SlackDelivery } from "../local-slack.ts";
import type { World } from "../world/world.ts";
import type { Answer, Outgoing, Retry, Transport } from "./outgoing.ts";

/** One try, written down. */
export async function logged(
  world: World,
  log: SlackDelivery[],
  by: Transport,
  outgoing: Outgoing,
  retry: Retry | undefined,
): Promise<Answer> {
  const { id, kind, type, team, payload } = outgoing;
  const at = Date.now();
  const trying: SlackDelivery = {
    id,
    kind,
    type,
    team,
    at,
    retry: retry?.attempt ?? 0,
    by: by.name,
    outcome: "waiting",
    status: undefined,
    tookMs: undefined,
    payload,
  };
  const index = log.push(trying) - 1;
  const answer = await by.send(outgoing, retry);
  const status = "status" in answer ? answer.status : undefined;
  log[index] = { ...trying, outcome: answer.outcome, status, tookMs: Date.now() - at };
  world.changed();
  return answer;
}
