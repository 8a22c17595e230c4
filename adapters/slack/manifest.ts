import type { AppsManifestCreateArguments } from "@slack/web-api";
import type { CommandSpec } from "../../src/ports/command-spec.ts";
import { SCOPES, type Scope } from "./scopes.ts";

/** How an app is set up at Slack: https://docs.slack.dev/reference/app-manifest */
export type Manifest = AppsManifestCreateArguments["manifest"];

export interface ManifestParts {
  /** What people can type. */
  readonly commands: readonly CommandSpec[];
  /** How Slack reaches the app through HTTP, ending with a slash; undefined for Socket Mode. */
  readonly publicUrl: URL | undefined;
}

export const SHORTCUTS = { open: "draft_open", fromMessage: "draft_from_message" } as const;

/** Where the app listens below its public URL. */
const PATHS = { events: "slack/events", redirect: "slack/oauth_redirect" } as const;

/** What the gateway hears; each event's page says which scope it needs: https://docs.slack.dev/reference/events */
const BOT_EVENTS = [
  "app_home_opened",
  "app_mention",
  "app_uninstalled",
  "member_joined_channel",
  "reaction_added",
  "reaction_removed",
  "subteam_created",
  "subteam_members_changed",
  "subteam_updated",
  "tokens_revoked",
] as const;
/** Of organizations, which only an app that is reached through HTTP can be installed in. */
const ORGANIZATION_EVENTS = ["team_access_granted", "team_access_revoked"] as const;

export function createManifest({ commands, publicUrl }: ManifestParts): Manifest {
  const at = (path: string) => (publicUrl === undefined ? undefined : new URL(path, publicUrl).href);
  const requests = defined("request_url", at(PATHS.events));
  const redirect = at(PATHS.redirect);
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: "Draftroom",
      description: "Quick takes on one grid, a pick by reaction, one final in the thread, inside a budget.",
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: false,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: "draftroom", always_online: true },
      shortcuts: [
        {
          name: "Draft images",
          type: "global",
          callback_id: SHORTCUTS.open,
          description: "Open the form for a draft",
        },
        {
          name: "Draft from this message",
          type: "message",
          callback_id: SHORTCUTS.fromMessage,
          description: "Take this message as the prompt; works in threads too",
        },
      ],
      slash_commands: commands.map((spec) => ({
        command: `/${spec.name}`,
        description: spec.summary,
        ...defined("usage_hint", usageHint(spec)),
        // Ids instead of names where people are named; everything as typed where a prompt is.
        should_escape: spec.name === "quota",
        ...defined("url", at(PATHS.events)),
      })),
    },
    oauth_config: {
      ...(redirect === undefined ? {} : { redirect_urls: [redirect] }),
      // "Optional scopes must also be listed in the corresponding bot or user fields":
      // https://docs.slack.dev/authentication/installing-with-oauth#optional-scopes
      scopes: { bot: scopes(() => true), bot_optional: scopes((each) => each.optional) },
    },
    settings: {
      event_subscriptions: {
        ...requests,
        bot_events: publicUrl === undefined ? [...BOT_EVENTS] : [...BOT_EVENTS, ...ORGANIZATION_EVENTS],
      },
      interactivity: { is_enabled: true, ...requests },
      org_deploy_enabled: false,
      socket_mode_enabled: publicUrl === undefined,
      token_rotation_enabled: false,
    },
  };
}

type Scopes = NonNullable<NonNullable<Manifest["oauth_config"]>["scopes"]>;
type BotScopes = NonNullable<Scopes["bot"]>;

function scopes(which: (scope: Scope) => boolean): BotScopes {
  // Slack's type lists the names it knew when the SDK was published; the manifest's test checks ours against it.
  return SCOPES.filter(which).map((each) => each.name) as BotScopes;
}

/** `/draft <what to see> [--count 4]` → `<what to see> [--count 4]`; nothing for a command alone. */
function usageHint({ name, usage }: CommandSpec): string | undefined {
  const hint = usage.slice(`/${name}`.length).trim();
  return hint === "" ? undefined : hint;
}

function defined<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
}

/** Opens Slack's form for a new app, filled in. */
export function createAppUrl(manifest: Manifest): string {
  return `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifest))}`;
}
