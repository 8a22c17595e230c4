import type { z } from "zod";
import type { Ack, Delivery, Desk } from "./delivery.ts";
import { createOnCommand } from "./on-command.ts";
import { createOnMention } from "./on-mention.ts";
import { createOnPress } from "./on-press.ts";
import { createOnReaction } from "./on-reaction.ts";
import { createOnGlobalShortcut, createOnMessageShortcut } from "./on-shortcut.ts";
import { createOnSubmission } from "./on-submission.ts";
import {
  createOnAccessChanged,
  createOnGroupChanged,
  createOnHome,
  createOnJoined,
  createOnRevoked,
} from "./on-workspace.ts";
import {
  ACCESS_CHANGED,
  COMMAND,
  GLOBAL_SHORTCUT,
  GROUP_CHANGED,
  HOME_OPENED,
  MEMBER_JOINED,
  MENTION,
  MESSAGE_SHORTCUT,
  PRESS,
  REACTION,
  REVOKED,
  SUBMISSION,
} from "./payloads.ts";

/** Brings a delivery to what handles its kind. Rejects when it is to be handled again. */
export type Dispatch = (delivery: Delivery, kind: string) => Promise<Ack>;

export function createDispatch(desk: Desk): Dispatch {
  const handlers = createHandlers(desk);
  return async (delivery, kind) => {
    const handle = handlers.get(kind);
    if (handle === undefined) desk.log.debug("slack.not_handled", { kind, team: delivery.team });
    return handle?.(delivery);
  };
}

type Handler = (delivery: Delivery) => Promise<Ack>;

function createHandlers(desk: Desk): ReadonlyMap<string, Handler> {
  /** A payload that is not as Slack documents it stays so however often it is delivered: it is refused, and not asked for again. */
  function read<Payload extends z.ZodType>(
    schema: Payload,
    handle: (payload: z.output<Payload>, delivery: Delivery) => Promise<Ack>,
  ): Handler {
    return async (delivery) => {
      const { success, data, error } = schema.safeParse(delivery.body);
      if (success) return handle(data, delivery);
      const fields = error.issues.map((issue) => issue.path.join(".")).join(" ");
      desk.log.warn("slack.payload_malformed", { team: delivery.team, fields });
      return undefined;
    };
  }

  const revoked = read(REVOKED, createOnRevoked(desk));
  const reaction = read(REACTION, createOnReaction(desk));
  const group = read(GROUP_CHANGED, createOnGroupChanged(desk));
  const access = read(ACCESS_CHANGED, createOnAccessChanged(desk));
  return new Map([
    ["command", read(COMMAND, createOnCommand(desk))],
    ["app_mention", read(MENTION, createOnMention(desk))],
    ["reaction_added", reaction],
    ["reaction_removed", reaction],
    ["block_actions", read(PRESS, createOnPress(desk))],
    ["view_submission", read(SUBMISSION, createOnSubmission(desk))],
    ["message_action", read(MESSAGE_SHORTCUT, createOnMessageShortcut(desk))],
    ["shortcut", read(GLOBAL_SHORTCUT, createOnGlobalShortcut(desk))],
    ["app_home_opened", read(HOME_OPENED, createOnHome(desk))],
    ["member_joined_channel", read(MEMBER_JOINED, createOnJoined(desk))],
    ["subteam_created", group],
    ["subteam_updated", group],
    ["subteam_members_changed", group],
    ["app_uninstalled", revoked],
    ["tokens_revoked", revoked],
    ["team_access_granted", access],
    ["team_access_revoked", access],
  ]);
}
