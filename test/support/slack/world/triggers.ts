import type { ResponseUrlRecord, TriggerRecord } from "./records.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** "Your app can use the response_url up to 5 times within 30 minutes": https://docs.slack.dev/interactivity/handling-user-interaction */
const RESPONSE_URL = { usesMax: 5, lifeMs: 30 * 60_000 } as const;

export function createTrigger(world: World, of: Pick<TriggerRecord, "team" | "user" | "channel">): string {
  const number = () => Math.floor(world.random() * 1e12);
  const id = `${number()}.${number()}.${world.id("").toLowerCase()}${world.id("").toLowerCase()}`;
  world.triggers.set(id, { id, ...of, expiresAt: Date.now() + world.settings.triggerMs, isUsed: false });
  return id;
}

/**
 * "They expire in 3 seconds, and can be used once": https://docs.slack.dev/surfaces/modals and
 * https://docs.slack.dev/reference/methods/views.open
 *
 * @throws Refusal
 */
export function useTrigger(world: World, id: string, team: string): TriggerRecord {
  if (!/^\d+\.\d+\.[a-z0-9]+$/.test(id)) throw new Refusal("invalid_trigger_id");
  const trigger = world.triggers.get(id);
  if (trigger === undefined || trigger.team !== team) throw new Refusal("invalid_trigger_id");
  if (trigger.isUsed) throw new Refusal("exchanged_trigger_id");
  if (trigger.expiresAt < Date.now()) throw new Refusal("expired_trigger_id");
  trigger.isUsed = true;
  return trigger;
}

/** The address of a fresh response_url. */
export function createResponseUrl(
  world: World,
  kind: "commands" | "actions" | "app",
  of: Pick<ResponseUrlRecord, "team" | "user" | "channel" | "messageTs" | "threadTs">,
): string {
  const path = `/${kind}/${of.team}/${Math.floor(world.random() * 1e13)}/${world.id("")}${world.id("")}`;
  world.responseUrls.set(path, {
    path,
    ...of,
    expiresAt: world.clock.now() + RESPONSE_URL.lifeMs,
    uses: 0,
  });
  return world.url + path;
}

/** @throws Refusal `expired_url | used_url` */
export function useResponseUrl(world: World, record: ResponseUrlRecord): void {
  if (record.expiresAt <= world.clock.now()) throw new Refusal("expired_url");
  if (record.uses >= RESPONSE_URL.usesMax) throw new Refusal("used_url");
  record.uses += 1;
}
