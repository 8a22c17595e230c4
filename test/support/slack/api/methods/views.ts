import { checkView } from "../../blocks/check-views.ts";
import type { Json } from "../../world/records.ts";
import { Refusal } from "../../world/refusal.ts";
import { useTrigger } from "../../world/triggers.ts";
import { openModal, publishHome, toViewJson, updateView } from "../../world/views.ts";
import { type BotMethod, type MethodCall, TIER } from "../method.ts";
import { isObject } from "./message-content.ts";

const open: BotMethod = {
  name: "views.open",
  token: "bot",
  scopes: [],
  perMinute: TIER.t4,
  args: ["trigger_id", "view", "interactivity_pointer"],
  run(call) {
    const { world, args, team } = call;
    const id = args.text("trigger_id") ?? args.text("interactivity_pointer");
    if (id === undefined)
      throw new Refusal("invalid_arguments", ["[ERROR] missing required field: trigger_id"]);
    const view = readView(call, "modal");
    const trigger = useTrigger(world, id, team.id);
    const record = openModal(world, { team: team.id, user: trigger.user, channel: trigger.channel }, view);
    return { view: toViewJson(world, record) };
  },
};

const publish: BotMethod = {
  name: "views.publish",
  token: "bot",
  scopes: [],
  perMinute: TIER.t4,
  args: ["user_id", "view", "hash"],
  run(call) {
    const { world, args, team } = call;
    const user = world.users.get(args.required("user_id"));
    // "not_enabled: the Home tab is not enabled": https://docs.slack.dev/reference/methods/views.publish
    if (world.settings.manifest.features?.app_home?.home_tab_enabled === false)
      throw new Refusal("not_enabled");
    if (user === undefined || user.isBot) throw new Refusal("invalid_user_id");
    const view = readView(call, "home");
    const record = publishHome(
      world,
      { team: team.id, user: user.id, channel: undefined },
      view,
      args.text("hash"),
    );
    return { view: toViewJson(world, record) };
  },
};

const update: BotMethod = {
  name: "views.update",
  token: "bot",
  scopes: [],
  perMinute: TIER.t4,
  args: ["view", "view_id", "external_id", "hash"],
  run(call) {
    const { world, args, team } = call;
    const [id, external] = [args.text("view_id"), args.text("external_id")];
    const record = [...world.views.values()].find(
      (each) =>
        each.team === team.id && (id === undefined ? each.view.external_id === external : each.id === id),
    );
    if (record === undefined || (id === undefined && external === undefined)) throw new Refusal("not_found");
    updateView(world, record, readView(call, record.type), args.text("hash"));
    return { view: toViewJson(world, record) };
  },
};

function readView(call: MethodCall, type: "modal" | "home"): Json {
  const view = call.args.json("view", "invalid_arguments");
  if (!isObject(view)) throw new Refusal("invalid_arguments", ["[ERROR] missing required field: view"]);
  checkView(call.world, call.team, view, type);
  return view;
}

export const VIEW_METHODS: readonly BotMethod[] = [open, publish, update];
