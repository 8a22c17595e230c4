import { USUAL_SCOPES } from "../api/known-scopes.ts";
import type { Deliverer } from "../delivery/deliverer.ts";
import type { InstallOptions, SlackEnterprise, SlackInstall, WorkspaceOptions } from "../local-slack.ts";
import type { ChannelOptions, PersonOptions, SlackGroup, SlackPerson, SlackTeam } from "../slack-people.ts";
import { openDirect } from "../world/channels.ts";
import type {
  ChannelRecord,
  EnterpriseRecord,
  GroupRecord,
  TeamRecord,
  UserRecord,
} from "../world/records.ts";
import {
  findInstall,
  handOutToken,
  type InstallPlace,
  install,
  revokeTokens,
  uninstall,
} from "../world/tokens.ts";
import type { World } from "../world/world.ts";
import { createChannel } from "./create-channel.ts";
import { createPerson } from "./create-person.ts";

export function addTeam(
  world: World,
  options: WorkspaceOptions,
  enterprise: EnterpriseRecord | undefined,
): TeamRecord {
  const id = world.id("T");
  const bot: UserRecord = {
    id: world.id("U"),
    team: id,
    name: "draftroom",
    displayName: "Draftroom",
    isAdmin: false,
    isBot: true,
  };
  const team: TeamRecord = {
    id,
    name: options.name ?? "Studio North",
    domain: options.domain ?? `studio-${id.toLowerCase()}`,
    enterprise,
    paid: options.paid ?? true,
    botUserId: bot.id,
    botId: world.id("B"),
  };
  world.teams.set(id, team);
  world.users.set(bot.id, bot);
  return team;
}

export function createEnterprise(world: World, deliverer: Deliverer, name: string): SlackEnterprise {
  const enterprise = { id: world.id("E"), name };
  world.enterprises.set(enterprise.id, enterprise);
  return {
    id: enterprise.id,
    addWorkspace: (options = {}) => createTeam(world, deliverer, addTeam(world, options, enterprise)),
    install: (options = {}) => installHere(world, { team: undefined, enterprise: enterprise.id }, options),
  };
}

/** Installs without OAuth, with exactly these scopes. */
function installHere(world: World, place: InstallPlace, options: InstallOptions): SlackInstall {
  const record = install(world, place, options.scopes ?? USUAL_SCOPES);
  const { token, refreshToken } = handOutToken(world, record);
  const team = [...world.teams.values()].find((each) =>
    place.team === undefined ? each.enterprise?.id === place.enterprise : each.id === place.team,
  );
  return {
    botToken: token,
    refreshToken,
    botId: team?.botId ?? "",
    botUserId: team?.botUserId ?? "",
    scopes: record.scopes,
  };
}

/** A workspace of the world, as a test has it in hand. */
export function createTeam(world: World, deliverer: Deliverer, team: TeamRecord): SlackTeam {
  const place = { team: team.id, enterprise: team.enterprise?.id };
  const requireInstall = () => {
    const found = findInstall(world, place);
    if (found === undefined) throw new Error(`the app is not installed in ${team.name}`);
    return found;
  };
  return {
    id: team.id,
    name: team.name,
    domain: team.domain,
    enterprise: team.enterprise?.id,
    botUserId: team.botUserId,
    botId: team.botId,
    addPerson: (name, options = {}) => createPerson(world, deliverer, addUser(world, team, name, options)),
    addChannel: (name, options = {}) => createChannel(world, addChannel(world, team, name, options)),
    addGroup: (handle, members) => addGroup(world, team, handle, members),
    install: (options = {}) => installHere(world, place, options),
    uninstall: () => uninstall(world, requireInstall()),
    revokeTokens: () => revokeTokens(world, requireInstall()),
    directChannel(person) {
      const user = world.users.get(person.id);
      if (user === undefined) throw new Error(`${person.name} is nobody`);
      return createChannel(world, openDirect(world, team, user));
    },
  };
}

function addUser(world: World, team: TeamRecord, name: string, options: PersonOptions): UserRecord {
  const user: UserRecord = {
    id: world.id(options.orgId === true ? "W" : "U"),
    team: team.id,
    name,
    displayName: options.displayName ?? name,
    isAdmin: options.isAdmin ?? false,
    isBot: false,
  };
  world.users.set(user.id, user);
  return user;
}

function addChannel(world: World, team: TeamRecord, name: string, options: ChannelOptions): ChannelRecord {
  const channel: ChannelRecord = {
    id: world.id("C"),
    team: team.id,
    name,
    kind: options.isPrivate === true ? "private" : "public",
    archived: false,
    members: new Set((options.members ?? []).map((person) => person.id)),
    sharedWith: new Set((options.sharedWith ?? []).map((each) => each.id)),
    messages: [],
    statuses: new Map(),
  };
  if (options.bot === true) channel.members.add(team.botUserId);
  world.channels.set(channel.id, channel);
  return channel;
}

function addGroup(
  world: World,
  team: TeamRecord,
  handle: string,
  members: readonly SlackPerson[],
): SlackGroup {
  const idsOf = (people: readonly SlackPerson[]) => people.map((each) => each.id);
  const group: GroupRecord = { id: world.id("S"), team: team.id, handle, members: idsOf(members) };
  world.groups.set(group.id, group);
  return {
    id: group.id,
    handle,
    setMembers(next) {
      const before = group.members;
      group.members = idsOf(next);
      const added = group.members.filter((id) => !before.includes(id));
      const removed = before.filter((id) => !group.members.includes(id));
      world.emit({ type: "group_members", group, added, removed });
    },
  };
}
