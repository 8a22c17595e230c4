import type { Json } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import { revokeTokens, uninstall } from "../../world/tokens.ts";
import type { World } from "../../world/world.ts";
import type { Arguments } from "../arguments.ts";
import { type BotMethod, TIER } from "../method.ts";

const test: BotMethod = {
  name: "auth.test",
  token: "bot",
  scopes: [],
  perMinute: TIER.special,
  args: [],
  run({ world, team, install }): Json {
    const user = world.users.get(team.botUserId);
    return {
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: user?.name,
      team_id: team.id,
      user_id: team.botUserId,
      bot_id: team.botId,
      ...(team.enterprise === undefined ? {} : { enterprise_id: team.enterprise.id }),
      is_enterprise_install: install.team === undefined,
    };
  },
};

const revoke: BotMethod = {
  name: "auth.revoke",
  token: "bot",
  scopes: [],
  perMinute: TIER.t3,
  args: ["test"],
  run({ world, args, install, token }) {
    if (args.flag("test")) return { revoked: false };
    if (token !== undefined) token.state = "revoked";
    revokeTokens(world, install);
    return { revoked: true };
  },
};

const uninstallApp: BotMethod = {
  name: "apps.uninstall",
  token: "bot",
  scopes: [],
  perMinute: TIER.t1,
  args: ["client_id", "client_secret"],
  run({ world, args, install }) {
    checkClient(world, args, undefined);
    uninstall(world, install);
    return {};
  },
};

/** By arguments or HTTP Basic. https://docs.slack.dev/reference/methods/oauth.v2.access. @throws Refusal */
export function checkClient(world: World, args: Arguments, basic: string | undefined): void {
  const [id = "", secret = ""] =
    basic === undefined
      ? [args.text("client_id"), args.text("client_secret")]
      : Buffer.from(basic, "base64").toString().split(":");
  if (id !== world.app.clientId) throw new Refusal("invalid_client_id");
  if (secret !== world.app.clientSecret) throw new Refusal("bad_client_secret");
}

export const AUTH_METHODS: readonly BotMethod[] = [test, revoke, uninstallApp];
