import type { GroupRecord, Json, UserRecord } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import { type BotMethod, type MethodCall, TIER } from "../method.ts";

const usersInfo: BotMethod = {
  name: "users.info",
  token: "bot",
  scopes: ["users:read"],
  perMinute: TIER.t4,
  args: ["user", "include_locale"],
  run(call) {
    const user = call.world.users.get(call.args.required("user"));
    if (user === undefined) throw new Refusal("user_not_found");
    if (user.team !== call.team.id && !sharesChannel(call, user)) throw new Refusal("user_not_visible");
    return { user: toUserJson(call, user) };
  },
};

/** People of other workspaces are known by the channels that they share: https://docs.slack.dev/apis/slack-connect */
function sharesChannel({ world, team }: MethodCall, user: UserRecord): boolean {
  return [...world.channels.values()].some(
    (each) => each.members.has(user.id) && (each.team === team.id || each.sharedWith.has(team.id)),
  );
}

/** https://docs.slack.dev/reference/objects/user-object */
function toUserJson(call: MethodCall, user: UserRecord): Json {
  return {
    id: user.id,
    team_id: user.team,
    name: user.name,
    deleted: false,
    real_name: user.displayName,
    is_admin: user.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    ...(user.team === call.team.id ? {} : { is_stranger: true }),
    profile: {
      real_name: user.displayName,
      display_name: user.displayName,
      ...(user.isBot ? { bot_id: call.team.botId, api_app_id: call.world.app.id } : {}),
      team: user.team,
    },
  };
}

const groupsList: BotMethod = {
  name: "usergroups.list",
  token: "bot",
  scopes: ["usergroups:read"],
  perMinute: TIER.t2,
  args: ["include_count", "include_disabled", "include_users", "team_id"],
  run(call) {
    requirePaidPlan(call);
    const groups = [...call.world.groups.values()].filter((each) => each.team === call.team.id);
    return { usergroups: groups.map((each) => toGroupJson(each, call.args.flag("include_users"))) };
  },
};

const groupUsers: BotMethod = {
  name: "usergroups.users.list",
  token: "bot",
  scopes: ["usergroups:read"],
  perMinute: TIER.t2,
  args: ["usergroup", "include_disabled", "team_id"],
  run(call) {
    requirePaidPlan(call);
    const group = call.world.groups.get(call.args.required("usergroup"));
    if (group === undefined || group.team !== call.team.id) throw new Refusal("no_such_subteam");
    return { users: [...group.members] };
  },
};

/** "User groups are available on paid plans": https://docs.slack.dev/reference/methods/usergroups.list (plan_upgrade_required) */
function requirePaidPlan(call: MethodCall): void {
  if (!call.team.paid) throw new Refusal("plan_upgrade_required");
}

function toGroupJson(group: GroupRecord, withUsers: boolean): Json {
  return {
    id: group.id,
    team_id: group.team,
    is_usergroup: true,
    name: group.handle,
    description: "",
    handle: group.handle,
    is_external: false,
    date_delete: 0,
    user_count: group.members.length,
    ...(withUsers ? { users: [...group.members] } : {}),
  };
}

const teamInfo: BotMethod = {
  name: "team.info",
  token: "bot",
  scopes: ["team:read"],
  perMinute: TIER.t3,
  args: ["team", "domain"],
  run({ team, world, args }) {
    const asked = args.text("team");
    const found = asked === undefined ? team : world.teams.get(asked);
    if (found === undefined) throw new Refusal("team_not_found");
    return {
      team: {
        id: found.id,
        name: found.name,
        domain: found.domain,
        url: `https://${found.domain}.slack.com/`,
        email_domain: "",
        ...(found.enterprise === undefined
          ? {}
          : { enterprise_id: found.enterprise.id, enterprise_name: found.enterprise.name }),
      },
    };
  },
};

const botsInfo: BotMethod = {
  name: "bots.info",
  token: "bot",
  scopes: ["users:read"],
  perMinute: TIER.t3,
  args: ["bot", "team_id"],
  run({ team, world, args }) {
    const bot = args.text("bot");
    if (bot !== undefined && bot !== team.botId) throw new Refusal("bot_not_found");
    const user = world.users.get(team.botUserId);
    return {
      bot: {
        id: team.botId,
        deleted: false,
        name: user?.name,
        updated: 0,
        app_id: world.app.id,
        user_id: team.botUserId,
        icons: {},
      },
    };
  },
};

export const PEOPLE_METHODS: readonly BotMethod[] = [usersInfo, groupsList, groupUsers, teamInfo, botsInfo];
