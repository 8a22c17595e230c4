import type { Json, ViewRecord } from "./records.ts";
import { Refusal } from "./refusal.ts";
import { blocksOf, initialState } from "./view-state.ts";
import { withIds } from "./with-ids.ts";
import type { World } from "./world.ts";

/** "A modal can hold up to 3 views": https://docs.slack.dev/surfaces/modals */
const STACK_MAX = 3;

export interface ViewPlace {
  readonly team: string;
  readonly user: string;
  readonly channel: string | undefined;
}

/** Opens a modal in front of the person; what was open before is gone. */
export function openModal(world: World, place: ViewPlace, view: Json): ViewRecord {
  checkExternalId(world, place.team, view, undefined);
  const record = createView(world, place, view, undefined);
  world.modals.set(place.user, [record]);
  world.changed();
  return record;
}

/** @throws Refusal `push_limit_reached` */
export function pushModal(world: World, over: ViewRecord, view: Json): ViewRecord {
  const stack = world.modals.get(over.user) ?? [];
  if (stack.length >= STACK_MAX) throw new Refusal("push_limit_reached");
  const record = createView(world, over, view, over);
  stack.push(record);
  world.changed();
  return record;
}

/** @throws Refusal `hash_conflict` (https://docs.slack.dev/reference/methods/views.update), `duplicate_external_id` */
export function updateView(world: World, record: ViewRecord, view: Json, hash: string | undefined): void {
  if (hash !== undefined && hash !== record.hash) throw new Refusal("hash_conflict");
  checkExternalId(world, record.team, view, record);
  record.view = { ...view, blocks: withIds(world, blocksOf(view)) };
  record.hash = newHash(world);
  record.state = { ...initialState(record.view, record.channel), ...keepState(record) };
  world.changed();
}

export function publishHome(
  world: World,
  place: ViewPlace,
  view: Json,
  hash: string | undefined,
): ViewRecord {
  const existing = findHome(world, place.team, place.user);
  if (existing !== undefined) {
    updateView(world, existing, view, hash);
    return existing;
  }
  const record = createView(world, place, view, undefined);
  world.changed();
  return record;
}

export function findHome(world: World, team: string, user: string): ViewRecord | undefined {
  return [...world.views.values()].find(
    (each) => each.type === "home" && each.user === user && each.team === team,
  );
}

/** Takes a modal, and what is over it, off the screen. */
export function closeModal(world: World, record: ViewRecord, all: boolean): void {
  const stack = world.modals.get(record.user) ?? [];
  const index = stack.indexOf(record);
  if (index === -1) return;
  for (const gone of stack.splice(all ? 0 : index)) world.views.delete(gone.id);
  world.changed();
}

function createView(world: World, place: ViewPlace, view: Json, over: ViewRecord | undefined): ViewRecord {
  const id = world.id("V");
  const record: ViewRecord = {
    id,
    team: place.team,
    user: place.user,
    channel: place.channel,
    type: view.type === "home" ? "home" : "modal",
    rootId: over?.rootId ?? id,
    previousId: over?.id,
    view: { ...view, blocks: withIds(world, blocksOf(view)) },
    hash: newHash(world),
    state: {},
  };
  record.state = initialState(record.view, record.channel);
  world.views.set(id, record);
  return record;
}

/** "Must be unique for all views on a per-team basis": https://docs.slack.dev/reference/views/modal-views */
function checkExternalId(world: World, team: string, view: Json, self: ViewRecord | undefined): void {
  const external = view.external_id;
  if (typeof external !== "string" || external === "") return;
  for (const each of world.views.values()) {
    if (each !== self && each.team === team && each.view.external_id === external)
      throw new Refusal("duplicate_external_id");
  }
}

/** Inputs keep what a person typed when their block id and action id stay. */
function keepState(record: ViewRecord): ViewRecord["state"] {
  const ids = new Set(blocksOf(record.view).map((block) => block.block_id));
  return Object.fromEntries(Object.entries(record.state).filter(([blockId]) => ids.has(blockId)));
}

function newHash(world: World): string {
  return `${Math.floor(Date.now() / 1000)}.${world.id("h")}`;
}

/** As Slack gives a view to an app: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function toViewJson(world: World, record: ViewRecord): Json {
  const { view } = record;
  const team = world.teams.get(record.team);
  return {
    id: record.id,
    team_id: record.team,
    type: record.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? "",
    callback_id: view.callback_id ?? "",
    state: { values: record.state },
    hash: record.hash,
    title: view.title ?? { type: "plain_text", text: "View Title", emoji: true },
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    close: view.close ?? null,
    submit: view.submit ?? null,
    previous_view_id: record.previousId ?? null,
    root_view_id: record.rootId,
    app_id: world.app.id,
    external_id: view.external_id ?? "",
    app_installed_team_id: record.team,
    bot_id: team?.botId ?? "",
  };
}
