import { findChannel, joinChannel, openDirect } from "../../world/channels.ts";
import { toMessageJson } from "../../world/message-json.ts";
import type { ChannelRecord, Json, MessageRecord } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import type { World } from "../../world/world.ts";
import { type BotMethod, type MethodCall, requireConversationScope, requireScope, TIER } from "../method.ts";
import { paginate } from "./paginate.ts";

const info: BotMethod = {
  name: "conversations.info",
  token: "bot",
  scopes: [],
  perMinute: TIER.t3,
  args: ["channel", "include_locale", "include_num_members"],
  run(call) {
    const channel = findReadable(call, "read");
    const members = call.args.flag("include_num_members") ? { num_members: channel.members.size } : {};
    return { channel: { ...toChannelJson(call, channel), ...members } };
  },
};

const join: BotMethod = {
  name: "conversations.join",
  token: "bot",
  scopes: ["channels:join"],
  perMinute: TIER.t3,
  args: ["channel"],
  run(call) {
    const { world, args, team } = call;
    const channel = findChannel(world, team, args.required("channel"));
    if (channel.kind !== "public") throw new Refusal("method_not_supported_for_channel_type");
    if (channel.archived) throw new Refusal("is_archived");
    const already = channel.members.has(team.botUserId);
    joinChannel(world, channel, team.botUserId);
    return {
      channel: toChannelJson(call, channel),
      ...(already
        ? { warning: "already_in_channel", response_metadata: { warnings: ["already_in_channel"] } }
        : {}),
    };
  },
};

const members: BotMethod = {
  name: "conversations.members",
  token: "bot",
  scopes: [],
  perMinute: TIER.t4,
  args: ["channel", "cursor", "limit"],
  run(call) {
    const channel = findReadable(call, "read");
    const page = paginate([...channel.members], call.args, 100);
    return { members: page.items, response_metadata: { next_cursor: page.nextCursor } };
  },
};

const history: BotMethod = {
  name: "conversations.history",
  token: "bot",
  scopes: [],
  perMinute: TIER.t3,
  args: ["channel", "cursor", "limit", "latest", "oldest", "inclusive", "include_all_metadata"],
  run(call) {
    const channel = findReadable(call, "history");
    requireMember(call, channel);
    const messages = channel.messages.filter((each) => each.threadTs === undefined || each.broadcast);
    return pageOfMessages(call, messages.reverse());
  },
};

const replies: BotMethod = {
  name: "conversations.replies",
  token: "bot",
  scopes: [],
  perMinute: TIER.t3,
  args: ["channel", "ts", "cursor", "limit", "latest", "oldest", "inclusive", "include_all_metadata"],
  run(call) {
    const channel = findReadable(call, "history");
    requireMember(call, channel);
    const given = call.args.required("ts");
    const found = channel.messages.find((each) => each.ts === given);
    if (found === undefined) throw new Refusal("thread_not_found");
    const root = found.threadTs ?? found.ts;
    const [first, ...rest] = channel.messages.filter((each) => each.ts === root || each.threadTs === root);
    // The thread's first message comes with every page, whatever the limits of time.
    return pageOfMessages(call, rest, first);
  },
};

const open: BotMethod = {
  name: "conversations.open",
  token: "bot",
  scopes: ["im:write"],
  perMinute: TIER.t3,
  args: ["channel", "users", "return_im", "prevent_creation"],
  run(call) {
    const { world, args, team } = call;
    const user = world.users.get(args.required("users"));
    if (user === undefined || user.team !== team.id) throw new Refusal("user_not_found");
    const channel = openDirect(world, team, user);
    return { channel: args.flag("return_im") ? toChannelJson(call, channel) : { id: channel.id } };
  },
};

const usersConversations: BotMethod = {
  name: "users.conversations",
  token: "bot",
  scopes: [],
  perMinute: TIER.t3,
  args: ["cursor", "exclude_archived", "limit", "team_id", "types", "user"],
  run(call) {
    const { world, args, team } = call;
    const kinds = (args.text("types") ?? "public_channel").split(",").map((type) => kindOf(type.trim()));
    for (const kind of kinds) requireConversationScope(call, kind, "read");
    const user = args.text("user") ?? team.botUserId;
    const channels = [...world.channels.values()].filter(
      (each) =>
        each.members.has(user) &&
        kinds.includes(each.kind) &&
        (each.kind === "public" || each.members.has(team.botUserId)) &&
        !(each.archived && args.flag("exclude_archived")),
    );
    const page = paginate(channels, args, 100);
    return {
      channels: page.items.map((each) => toChannelJson(call, each)),
      response_metadata: { next_cursor: page.nextCursor },
    };
  },
};

function kindOf(type: string): ChannelRecord["kind"] {
  if (type === "public_channel") return "public";
  if (type === "private_channel") return "private";
  if (type === "im" || type === "mpim") return "im";
  throw new Refusal("invalid_types");
}

function findReadable(call: MethodCall, what: "read" | "history"): ChannelRecord {
  const id = call.args.required("channel");
  const kind = call.world.channels.get(id)?.kind;
  // Without any of the scopes Slack says missing_scope before it says channel_not_found.
  if (kind === undefined)
    requireScope(call, ...["channels", "groups", "im"].map((each) => `${each}:${what}`));
  else requireConversationScope(call, kind, what);
  return findChannel(call.world, call.team, id);
}

function requireMember(call: MethodCall, channel: ChannelRecord): void {
  if (!channel.members.has(call.team.botUserId)) throw new Refusal("not_in_channel");
}

function pageOfMessages(call: MethodCall, messages: readonly MessageRecord[], root?: MessageRecord): Json {
  const { args, world } = call;
  const [oldest, latest] = [args.number("oldest") ?? 0, args.number("latest") ?? Number.POSITIVE_INFINITY];
  const inclusive = args.flag("inclusive");
  const within = messages.filter(({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
  const page = paginate(within, args, 100);
  const items = root === undefined ? page.items : [root, ...page.items];
  return {
    messages: items.map((each) => toMessageJson(world, each, args.flag("include_all_metadata"))),
    has_more: page.nextCursor !== "",
    response_metadata: { next_cursor: page.nextCursor },
  };
}

/** https://docs.slack.dev/reference/objects/conversation-object */
function toChannelJson(call: MethodCall, channel: ChannelRecord): Json {
  const { world, team } = call;
  return {
    id: channel.id,
    ...(channel.kind === "im" ? { user: directUserOf(world, channel) } : namesOf(channel)),
    is_channel: channel.kind === "public",
    is_group: channel.kind === "private",
    is_im: channel.kind === "im",
    is_mpim: false,
    is_private: channel.kind !== "public",
    is_archived: channel.archived,
    is_general: false,
    is_shared: channel.sharedWith.size > 0,
    is_ext_shared: channel.sharedWith.size > 0,
    is_org_shared: false,
    is_member: channel.members.has(team.botUserId),
    context_team_id: team.id,
    shared_team_ids: [channel.team, ...channel.sharedWith],
    topic: { value: "", creator: "", last_set: 0 },
    purpose: { value: "", creator: "", last_set: 0 },
  };
}

function namesOf(channel: ChannelRecord): Json {
  return { name: channel.name, name_normalized: channel.name, previous_names: [] };
}

function directUserOf(world: World, channel: ChannelRecord): string | undefined {
  return [...channel.members].find((id) => world.users.get(id)?.isBot === false);
}

export const CONVERSATION_METHODS: readonly BotMethod[] = [
  info,
  join,
  members,
  history,
  replies,
  open,
  usersConversations,
];
