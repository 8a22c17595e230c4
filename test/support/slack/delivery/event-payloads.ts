import { toFileJson } from "../world/files.ts";
import { toMessageJson } from "../world/message-json.ts";
import type { ChannelRecord, Json, MessageRecord, TeamRecord, WorldEvent } from "../world/records.ts";
import { findHome, toViewJson } from "../world/views.ts";
import type { World } from "../world/world.ts";

/** The inner event of an Events API payload, and where it happened. https://docs.slack.dev/reference/events */
export interface InnerEvent {
  readonly event: Json & { readonly type: string };
  readonly team: TeamRecord;
  readonly channel: ChannelRecord | undefined;
  /** Any of these lets the app hear it; none needed when empty. */
  readonly scopes: readonly string[];
  readonly enterprise: string | undefined;
}

/** What the app could hear of what happened: nothing of channels that its bot is not in. */
export function toInnerEvents(world: World, happened: WorldEvent): readonly InnerEvent[] {
  switch (happened.type) {
    case "reaction":
      return inChannel(world, happened.message.channel, ["reactions:read"], reactionOf(world, happened));
    case "message":
      return mentionOf(world, happened.message);
    case "joined":
      return inChannel(world, happened.channel.id, ["channels:read", "groups:read"], {
        type: "member_joined_channel",
        user: happened.user,
        channel: happened.channel.id,
        channel_type: happened.channel.kind === "private" ? "G" : "C",
        team: world.users.get(happened.user)?.team,
        event_ts: world.ts(),
      });
    case "home_opened":
      return homeOpened(world, happened);
    case "group_members":
      return ofTeam(world, happened.group.team, ["usergroups:read"], {
        type: "subteam_members_changed",
        subteam_id: happened.group.id,
        team_id: happened.group.team,
        date_previous_update: Math.floor(Date.now() / 1000) - 60,
        date_update: Math.floor(Date.now() / 1000),
        added_users: happened.added,
        added_users_count: happened.added.length,
        removed_users: happened.removed,
        removed_users_count: happened.removed.length,
      });
    case "tokens_revoked":
      return ofInstall(world, happened.install, (team) => ({
        type: "tokens_revoked",
        tokens: { oauth: [], bot: [team.botUserId] },
        event_ts: world.ts(),
      }));
    case "uninstalled":
      return ofInstall(world, happened.install, () => ({ type: "app_uninstalled", event_ts: world.ts() }));
  }
}

/** https://docs.slack.dev/reference/events/reaction_added. Slack also sends what the bot itself put on. */
function reactionOf(world: World, happened: Extract<WorldEvent, { type: "reaction" }>): InnerEvent["event"] {
  const { message, user, name, on } = happened;
  return {
    type: on ? "reaction_added" : "reaction_removed",
    user,
    reaction: name,
    item: { type: "message", channel: message.channel, ts: message.ts },
    item_user: message.user,
    event_ts: world.ts(),
  };
}

/** https://docs.slack.dev/reference/events/app_mention: not in direct messages, and not the app's own. */
function mentionOf(world: World, message: MessageRecord): readonly InnerEvent[] {
  const channel = world.channels.get(message.channel);
  const author = world.users.get(message.user);
  if (channel === undefined || channel.kind === "im" || message.byApp || author === undefined) return [];
  return inChannel(world, channel.id, ["app_mentions:read"], (team) => {
    if (!message.text.includes(`<@${team.botUserId}>`)) return undefined;
    const { thread_ts, parent_user_id, ...json } = toMessageJson(world, message);
    const files = message.files
      .flatMap((id) => world.files.get(id) ?? [])
      .map((file) => toFileJson(world, file));
    return {
      ...json,
      type: "app_mention",
      ...(message.threadTs === undefined ? {} : { thread_ts, parent_user_id }),
      ...(files.length > 0 ? { files, display_as_bot: false } : {}),
      ...(author.team === team.id ? {} : { user_team: author.team, source_team: author.team }),
      channel: channel.id,
      event_ts: message.ts,
    };
  });
}

/** https://docs.slack.dev/reference/events/app_home_opened */
function homeOpened(
  world: World,
  happened: Extract<WorldEvent, { type: "home_opened" }>,
): readonly InnerEvent[] {
  const { user, tab } = happened;
  const view = findHome(world, user.team, user.id);
  const direct = [...world.channels.values()].find((each) => each.kind === "im" && each.members.has(user.id));
  return ofTeam(world, user.team, [], {
    type: "app_home_opened",
    user: user.id,
    channel: direct?.id,
    tab,
    ...(tab === "home" && view !== undefined ? { view: toViewJson(world, view) } : {}),
    event_ts: world.ts(),
  });
}

function inChannel(
  world: World,
  id: string,
  scopes: readonly string[],
  event: InnerEvent["event"] | ((team: TeamRecord) => InnerEvent["event"] | undefined),
): readonly InnerEvent[] {
  const channel = world.channels.get(id);
  if (channel === undefined) return [];
  const teams = [channel.team, ...channel.sharedWith].flatMap((each) => world.teams.get(each) ?? []);
  // An event of a shared channel goes out once per app: https://docs.slack.dev/apis/events-api#authorizations
  for (const team of teams.filter((each) => channel.members.has(each.botUserId))) {
    const inner = typeof event === "function" ? event(team) : event;
    if (inner !== undefined)
      return [{ event: inner, team, channel, scopes, enterprise: team.enterprise?.id }];
  }
  return [];
}

function ofTeam(
  world: World,
  id: string,
  scopes: readonly string[],
  event: InnerEvent["event"],
): readonly InnerEvent[] {
  const team = world.teams.get(id);
  return team === undefined
    ? []
    : [{ event, team, channel: undefined, scopes, enterprise: team.enterprise?.id }];
}

function ofInstall(
  world: World,
  install: { readonly team: string | undefined; readonly enterprise: string | undefined },
  event: (team: TeamRecord) => InnerEvent["event"],
): readonly InnerEvent[] {
  const team = [...world.teams.values()].find((each) =>
    install.team === undefined ? each.enterprise?.id === install.enterprise : each.id === install.team,
  );
  return team === undefined
    ? []
    : [{ event: event(team), team, channel: undefined, scopes: [], enterprise: install.enterprise }];
}
