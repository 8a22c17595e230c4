import type { Json } from "../world/records.ts";
import { findInstallFor } from "../world/tokens.ts";
import type { World } from "../world/world.ts";
import type { Deliverer } from "./deliverer.ts";
import { type InnerEvent, toInnerEvents } from "./event-payloads.ts";

/** Tells the app what happens in the world, as far as it has subscribed to it and has the scopes. */
export function sendEvents(world: World, deliverer: Deliverer): void {
  world.onEvent((happened) => {
    for (const inner of toInnerEvents(world, happened)) {
      if (!isHeard(world, inner)) continue;
      const payload = wrap(world, inner);
      deliverer.tell({
        id: String(payload.event_id),
        kind: "events_api",
        type: inner.event.type,
        team: inner.team.id,
        payload,
        acceptsAnswer: false,
      });
    }
  });
}

/** Sent although the app's tokens are dead by then. */
const FAREWELLS = ["tokens_revoked", "app_uninstalled"];

function isHeard(world: World, inner: InnerEvent): boolean {
  const subscribed = world.settings.manifest.settings?.event_subscriptions?.bot_events ?? [];
  if (!subscribed.includes(inner.event.type)) return false;
  if (FAREWELLS.includes(inner.event.type)) return true;
  const install = findInstallFor(world, inner.team.id);
  if (install === undefined) return false;
  return inner.scopes.length === 0 || inner.scopes.some((scope) => install.scopes.includes(scope));
}

/** https://docs.slack.dev/apis/events-api#event-type-structure */
function wrap(world: World, inner: InnerEvent): Json {
  const { team, channel, event } = inner;
  const isOrg = findInstallFor(world, team.id)?.team === undefined && team.enterprise !== undefined;
  return {
    token: world.app.verificationToken,
    team_id: team.id,
    ...(inner.enterprise === undefined ? {} : { enterprise_id: inner.enterprise }),
    context_team_id: team.id,
    context_enterprise_id: inner.enterprise ?? null,
    api_app_id: world.app.id,
    event,
    type: "event_callback",
    event_id: world.id("Ev"),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: inner.enterprise ?? null,
        team_id: team.id,
        user_id: team.botUserId,
        is_bot: true,
        is_enterprise_install: isOrg,
      },
    ],
    is_ext_shared_channel: (channel?.sharedWith.size ?? 0) > 0,
    event_context: `4-${Buffer.from(`${world.app.id}${team.id}${event.type}`).toString("base64url")}`,
  };
}
