import type { z } from "zod";
import { userRef, workspaceRef } from "../slack-refs.ts";
import type { Ack, Delivery, Desk } from "./delivery.ts";
import { HELLO } from "./gateway-cards.ts";
import { showHome } from "./home-page.ts";
import type { ACCESS_CHANGED, GROUP_CHANGED, HOME_OPENED, MEMBER_JOINED, REVOKED } from "./payloads.ts";
import { placeOf } from "./whereabouts.ts";

type Handler<Payload extends z.ZodType> = (payload: z.output<Payload>, delivery: Delivery) => Promise<Ack>;

/** A person looks at their own page. Slack need not wait until it is shown. */
export function createOnHome(desk: Desk): Handler<typeof HOME_OPENED> {
  return async ({ event }, { team, progress }) => {
    if (event.tab === "home") progress.tell(showHome(desk, userRef(team, event.user)));
    return undefined;
  };
}

/** The app was taken out of a workspace, or has lost its token: both mean that its people are gone for now. */
export function createOnRevoked({ inbox, installs }: Desk): Handler<typeof REVOKED> {
  return async ({ event, event_time, team_id, enterprise_id }) => {
    // A token of a person's was revoked, which we never ask for.
    if (event.type === "tokens_revoked" && !event.tokens?.bot?.length) return undefined;
    const home = { team: team_id ?? undefined, enterprise: enterprise_id ?? undefined };
    for (const team of await installs.forget(home, new Date(event_time * 1000))) {
      await inbox.workspace(workspaceRef(team), "left");
    }
    return undefined;
  };
}

/** An organization has given the app to workspaces of its own, or taken it from them. */
export function createOnAccessChanged({ inbox, installs }: Desk): Handler<typeof ACCESS_CHANGED> {
  return async ({ event, enterprise_id }) => {
    const isGranted = event.type === "team_access_granted";
    for (const team of event.team_ids) {
      await installs.learn(team, isGranted ? (enterprise_id ?? undefined) : undefined);
      await inbox.workspace(workspaceRef(team), isGranted ? "returned" : "left");
    }
    return undefined;
  };
}

/** Who is in a user group decides who directs and manages. */
export function createOnGroupChanged({ roles }: Desk): Handler<typeof GROUP_CHANGED> {
  return async ({ event }, { team }) => {
    roles.forget(team, event.subteam_id ?? event.subteam?.id);
    return undefined;
  };
}

/** Somebody has invited the bot: they hear how to begin, and nobody else. */
export function createOnJoined(desk: Desk): Handler<typeof MEMBER_JOINED> {
  return async ({ event }, { team, progress }) => {
    if (event.user !== (await desk.people.bot(team))) return undefined;
    desk.membership.learn(team, event.channel);
    if (event.inviter === undefined) return undefined;
    const place = placeOf(team, event.channel, undefined);
    progress.tell(desk.answers.whisper(place, userRef(team, event.inviter), HELLO));
    return undefined;
  };
}
