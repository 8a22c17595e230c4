import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { toSettings } from "./default-settings.ts";
import { describeWorld } from "./describe-world.ts";
import { createDiscordFaults } from "./faults.ts";
import { createGateway } from "./gateway/gateway.ts";
import type { DiscordCall, DiscordInteraction, DiscordOptions, LocalDiscord } from "./local-discord.ts";
import { renderExcerpt } from "./page/render-excerpt.ts";
import { renderPage } from "./page/render-page.ts";
import { createGuild } from "./people/create-guild.ts";
import { createPerson } from "./people/create-person.ts";
import { matchesRoute } from "./rest/call-log.ts";
import { createInvalidRequests } from "./rest/invalid-requests.ts";
import { createDiscordServer } from "./server/create-server.ts";
import { listCommands, putCommands } from "./world/commands.ts";
import type { InteractionRecord } from "./world/records.ts";
import { createToken, createWorld } from "./world/world.ts";

const TIMEOUT_MS = 15_000;

/** Starts a local Discord on a free loopback port. */
export async function startDiscord(options: DiscordOptions = {}): Promise<LocalDiscord> {
  const world = createWorld(toSettings(options));
  const faults = createDiscordFaults(world.random);
  const calls: DiscordCall[] = [];
  const invalid = createInvalidRequests(world);
  const gateway = createGateway(world, faults);
  world.onDispatch((dispatch) => gateway.dispatch(dispatch));

  const server = createDiscordServer({ world, faults, calls, invalid });
  server.on("upgrade", (request, socket, head) => gateway.upgrade(request, socket, head));
  world.url = await listen(server);
  const describe = () => describeWorld(world, calls);
  const guildOf = (guild: { readonly id: string } | undefined) =>
    guild === undefined ? undefined : world.guilds.get(guild.id);

  return {
    url: world.url,
    apiUrl: `${world.url}/api/`,
    cdnUrl: `${world.url}/`,
    get token() {
      return world.app.token;
    },
    applicationId: world.app.id,
    botUserId: world.bot.id,
    resetToken() {
      world.app.token = createToken(world.bot.id);
      return world.app.token;
    },
    addGuild: (guild = {}) => createGuild(world, guild),
    person(id) {
      const user = world.users.get(id);
      return user === undefined ? undefined : createPerson(world, user);
    },
    register: (commands, guild) => void putCommands(world, guildOf(guild), commands),
    commands: (guild) => listCommands(world, guildOf(guild)),
    calls: (route = "*") => calls.filter((each) => matchesRoute(route, each.route)),
    get interactions() {
      return [...world.interactions.values()].map(toInteraction);
    },
    faults: faults.control,
    gateway: gateway.control,
    problems: () => [...world.problems],
    get invalidRequests() {
      return invalid.count();
    },
    until: (find, { timeoutMs = TIMEOUT_MS } = {}) => world.signal.until(find, timeoutMs, describe),
    pass(ms) {
      world.clock.pass(ms);
      world.changed();
    },
    now: () => world.clock.now(),
    describe,
    page: (title, person) => renderPage(world, title, person?.id),
    excerpt: (of) => renderExcerpt(world, of),
    async stop() {
      world.clock.stop();
      gateway.stop();
      await closeServer(server);
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

function toInteraction(record: InteractionRecord): DiscordInteraction {
  const { id, type, payload, sentTo, refused, answer, answeredAt, sentAt } = record;
  const tookMs = answeredAt === undefined ? undefined : answeredAt - sentAt;
  return { id, type, payload, sentTo, refused, answeredWith: answer, tookMs };
}
