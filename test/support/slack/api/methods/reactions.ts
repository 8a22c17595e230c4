import { findJoinedChannel } from "../../world/channels.ts";
import { toMessageJson } from "../../world/message-json.ts";
import { requireMessage } from "../../world/messages.ts";
import { addReaction, removeReaction } from "../../world/reactions.ts";
import type { ChannelRecord, MessageRecord } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import { type BotMethod, type MethodCall, TIER } from "../method.ts";

const ITEM_ARGS = ["channel", "timestamp", "name"];
/** Without `full`, long lists of users are cut. https://docs.slack.dev/reference/methods/reactions.get */
const USERS_SHOWN_MAX = 50;

const add: BotMethod = {
  name: "reactions.add",
  token: "bot",
  scopes: ["reactions:write"],
  perMinute: TIER.t3,
  args: ITEM_ARGS,
  run(call) {
    const { channel, message } = findItem(call);
    if (channel.archived) throw new Refusal("is_archived");
    addReaction(call.world, message, call.team.botUserId, call.args.required("name"));
    return {};
  },
};

const remove: BotMethod = {
  name: "reactions.remove",
  token: "bot",
  scopes: ["reactions:write"],
  perMinute: TIER.t2,
  args: ITEM_ARGS,
  run(call) {
    const { message } = findItem(call);
    removeReaction(call.world, message, call.team.botUserId, call.args.required("name"));
    return {};
  },
};

const get: BotMethod = {
  name: "reactions.get",
  token: "bot",
  scopes: ["reactions:read"],
  perMinute: TIER.t3,
  args: ["channel", "timestamp", "full", "file", "file_comment"],
  run(call) {
    const { channel, message } = findItem(call);
    const json = toMessageJson(call.world, message);
    const shown = call.args.flag("full") ? Number.POSITIVE_INFINITY : USERS_SHOWN_MAX;
    const reactions = [...message.reactions].map(([name, users]) => ({
      name,
      count: users.length,
      users: users.slice(0, shown),
    }));
    const permalink = `https://${call.team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace(".", "")}`;
    const item = { ...json, permalink, ...(reactions.length > 0 ? { reactions } : {}) };
    return { type: "message", channel: channel.id, message: item };
  },
};

function findItem(call: MethodCall): { readonly channel: ChannelRecord; readonly message: MessageRecord } {
  const [id, ts] = [call.args.text("channel"), call.args.text("timestamp")];
  if (id === undefined || ts === undefined) throw new Refusal("no_item_specified");
  if (!/^\d+\.\d{6}$/.test(ts)) throw new Refusal("bad_timestamp");
  const channel = findJoinedChannel(call.world, call.team, id);
  return { channel, message: requireMessage(channel, ts) };
}

export const REACTION_METHODS: readonly BotMethod[] = [add, remove, get];
