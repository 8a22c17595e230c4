import { findJoinedChannel } from "../../world/channels.ts";
import { Refusal } from "../../world/refusal.ts";
import { type BotMethod, requireScope, TIER } from "../method.ts";

/** "A two minute timeout applies, which will cause the status to be removed": https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
const STATUS_LIFE_MS = 2 * 60_000;

const setStatus: BotMethod = {
  name: "assistant.threads.setStatus",
  token: "bot",
  scopes: [],
  perMinute: TIER.special,
  args: ["channel_id", "thread_ts", "status", "loading_messages", "icon_emoji", "icon_url", "username"],
  run(call) {
    const { world, args, team } = call;
    // chat:write since 5 March 2026: https://docs.slack.dev/changelog/2026/03/05/set-status-scope-update
    requireScope(call, "chat:write", "assistant:write");
    const channel = findJoinedChannel(world, team, args.required("channel_id"));
    const threadTs = args.required("thread_ts");
    if (!channel.messages.some((each) => each.ts === threadTs && each.threadTs === undefined))
      throw new Refusal("invalid_thread_ts");
    const status = args.text("status");
    if (status === undefined) {
      channel.statuses.delete(threadTs);
    } else {
      channel.statuses.set(threadTs, status);
      world.clock.after(STATUS_LIFE_MS, () => {
        if (channel.statuses.get(threadTs) === status) channel.statuses.delete(threadTs);
        world.changed();
      });
    }
    world.changed();
    return {};
  },
};

export const ASSISTANT_METHODS: readonly BotMethod[] = [setStatus];
