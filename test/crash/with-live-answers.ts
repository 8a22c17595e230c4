import type { Platform } from "../../src/platforms.ts";
import type { CommandCall, Reply } from "../../src/ports/chat.ts";

/** The platform, which answers a command with the one live message of what it starts. */
export function withLiveAnswers(platform: Platform): Platform {
  const { gateway, sender } = platform;
  return {
    ...platform,
    gateway: {
      platform: gateway.platform,
      start(inbox) {
        async function command(call: CommandCall): Promise<Reply> {
          const reply = await inbox.command({ ...call, isLive: true });
          if (reply.kind !== "started" || reply.post === undefined) return reply;
          const { post: key, card } = reply;
          const message = await sender.post(call.place, card, { key, inDoubtSince: undefined });
          await inbox.answered(key, message);
          return { kind: "done" };
        }
        return gateway.start({ ...inbox, command });
      },
      stop: () => gateway.stop(),
    },
  };
}
