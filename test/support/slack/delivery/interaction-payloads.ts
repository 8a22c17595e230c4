import { toMessageJson } from "../world/message-json.ts";
import type { ChannelRecord, Json, MessageRecord, UserRecord, ViewRecord } from "../world/records.ts";
import { findInstallFor } from "../world/tokens.ts";
import { createResponseUrl, createTrigger } from "../world/triggers.ts";
import { toViewJson } from "../world/views.ts";
import type { World } from "../world/world.ts";

// The payloads of https://docs.slack.dev/reference/interaction-payloads and
// https://docs.slack.dev/interactivity/implementing-slash-commands. `team` is always the workspace in
// which the app is installed and the person acts.

export function toCommandPayload(
  world: World,
  act: {
    readonly user: UserRecord;
    readonly team: string;
    readonly channel: ChannelRecord;
    readonly command: string;
    readonly text: string;
  },
): Json {
  const { user, team, channel } = act;
  const record = world.teams.get(team);
  return {
    token: world.app.verificationToken,
    team_id: team,
    team_domain: record?.domain,
    ...(record?.enterprise === undefined
      ? {}
      : { enterprise_id: record.enterprise.id, enterprise_name: record.enterprise.name }),
    channel_id: channel.id,
    channel_name: channel.kind === "private" ? "privategroup" : channel.name,
    user_id: user.id,
    user_name: user.name,
    command: act.command,
    text: act.text,
    api_app_id: world.app.id,
    is_enterprise_install: String(isOrgInstall(world, team)),
    response_url: createResponseUrl(world, "commands", {
      team,
      user: user.id,
      channel: channel.id,
      messageTs: undefined,
      threadTs: undefined,
    }),
    trigger_id: createTrigger(world, { team, user: user.id, channel: channel.id }),
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload, from a message. */
export function toMessageActionsPayload(
  world: World,
  act: {
    readonly user: UserRecord;
    readonly team: string;
    readonly message: MessageRecord;
    readonly channel: ChannelRecord;
    readonly action: Json;
  },
): Json {
  const { user, team, message, channel } = act;
  const isEphemeral = message.ephemeralFor !== undefined;
  return {
    type: "block_actions",
    ...commonOf(world, user, team),
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: createTrigger(world, { team, user: user.id, channel: channel.id }),
    channel: { id: channel.id, name: nameOf(channel) },
    // Ephemeral messages are not stored, and come without their content.
    ...(isEphemeral ? {} : { message: toMessageJson(world, message) }),
    state: { values: {} },
    response_url: createResponseUrl(world, "actions", {
      team,
      user: user.id,
      channel: channel.id,
      messageTs: message.ts,
      threadTs: message.threadTs,
    }),
    actions: [act.action],
  };
}

/** The same, from a view: no channel and no response_url. */
export function toViewActionsPayload(
  world: World,
  act: { readonly user: UserRecord; readonly view: ViewRecord; readonly action: Json },
): Json {
  const { user, view } = act;
  return {
    type: "block_actions",
    ...commonOf(world, user, view.team),
    container: { type: "view", view_id: view.id },
    trigger_id: createTrigger(world, { team: view.team, user: user.id, channel: view.channel }),
    view: toViewJson(world, view),
    actions: [act.action],
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function toSubmissionPayload(world: World, user: UserRecord, view: ViewRecord): Json {
  return {
    type: "view_submission",
    ...commonOf(world, user, view.team),
    trigger_id: createTrigger(world, { team: view.team, user: user.id, channel: view.channel }),
    view: toViewJson(world, view),
    response_urls: responseUrlsOf(world, user, view),
  };
}

export function toClosedPayload(world: World, user: UserRecord, view: ViewRecord, all: boolean): Json {
  return {
    type: "view_closed",
    ...commonOf(world, user, view.team),
    view: toViewJson(world, view),
    is_cleared: all,
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload, global. */
export function toShortcutPayload(world: World, user: UserRecord, callbackId: string): Json {
  return {
    type: "shortcut",
    ...placeOf(world, user.team),
    user: { id: user.id, username: user.name, team_id: user.team },
    action_ts: world.ts(),
    callback_id: callbackId,
    trigger_id: createTrigger(world, { team: user.team, user: user.id, channel: undefined }),
  };
}

/** The same, on a message. */
export function toMessageShortcutPayload(
  world: World,
  act: {
    readonly user: UserRecord;
    readonly team: string;
    readonly message: MessageRecord;
    readonly channel: ChannelRecord;
    readonly callbackId: string;
  },
): Json {
  const { user, team, message, channel } = act;
  return {
    type: "message_action",
    ...placeOf(world, team),
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
    action_ts: world.ts(),
    callback_id: act.callbackId,
    trigger_id: createTrigger(world, { team, user: user.id, channel: channel.id }),
    response_url: createResponseUrl(world, "app", {
      team,
      user: user.id,
      channel: channel.id,
      messageTs: undefined,
      threadTs: message.threadTs,
    }),
    message_ts: message.ts,
    channel: { id: channel.id, name: nameOf(channel) },
    message: toMessageJson(world, message),
  };
}

function commonOf(world: World, user: UserRecord, team: string): Json {
  return {
    ...placeOf(world, team),
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
    api_app_id: world.app.id,
  };
}

function placeOf(world: World, team: string): Json {
  const record = world.teams.get(team);
  const enterprise = record?.enterprise;
  return {
    token: world.app.verificationToken,
    team: {
      id: team,
      domain: record?.domain,
      ...(enterprise === undefined ? {} : { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    },
    enterprise: enterprise === undefined ? null : { id: enterprise.id, name: enterprise.name },
    is_enterprise_install: isOrgInstall(world, team),
  };
}

/** Of selects with `response_url_enabled`: https://docs.slack.dev/surfaces/modals#modal_response_url */
function responseUrlsOf(world: World, user: UserRecord, view: ViewRecord): readonly Json[] {
  const blocks = Array.isArray(view.view.blocks) ? view.view.blocks : [];
  return blocks.flatMap((block: { block_id: string; element?: Json }) => {
    const { element } = block;
    if (element?.response_url_enabled !== true) return [];
    const channel = view.state[block.block_id]?.[String(element.action_id)]?.selected_conversation;
    if (typeof channel !== "string") return [];
    const place = { team: view.team, user: user.id, channel, messageTs: undefined, threadTs: undefined };
    const url = createResponseUrl(world, "app", place);
    return [
      { response_url: url, block_id: block.block_id, action_id: element.action_id, channel_id: channel },
    ];
  });
}

function nameOf(channel: ChannelRecord): string {
  return channel.kind === "private" ? "privategroup" : channel.name;
}

function isOrgInstall(world: World, team: string): boolean {
  const install = findInstallFor(world, team);
  return install !== undefined && install.team === undefined;
}
