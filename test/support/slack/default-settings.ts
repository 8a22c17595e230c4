import type { AppManifest, SlackOptions } from "./local-slack.ts";
import type { WorldSettings } from "./world/world.ts";

/** An app that has everything turned on that Draftroom uses. */
export const DEFAULT_MANIFEST: AppManifest = {
  features: {
    app_home: { home_tab_enabled: true },
    slash_commands: [
      { command: "/draft", should_escape: false },
      { command: "/quota", should_escape: true },
      { command: "/help", should_escape: false },
    ],
    shortcuts: [
      { callback_id: "draft_open", type: "global" },
      { callback_id: "draft_from_message", type: "message" },
    ],
  },
  settings: {
    interactivity: { is_enabled: true },
    event_subscriptions: {
      bot_events: [
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "member_joined_channel",
        "reaction_added",
        "reaction_removed",
        "subteam_members_changed",
        "tokens_revoked",
      ],
    },
  },
};

export function toSettings(options: SlackOptions): WorldSettings {
  return {
    manifest: options.manifest ?? DEFAULT_MANIFEST,
    limits: options.limits ?? "real",
    speed: options.speed ?? 1,
    ackMs: options.ackMs ?? 3000,
    triggerMs: options.triggerMs ?? 3000,
    fileReadyMs: options.fileReadyMs ?? 150,
    tokenRotation: options.tokenRotation ?? false,
    seed: options.seed ?? Math.floor(Math.random() * 2 ** 32),
  };
}
