import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { toSettings } from "./default-settings.ts";
import { createDeliverer } from "./delivery/deliverer.ts";
import { createHttpTransport } from "./delivery/http-transport.ts";
import { sendEvents } from "./delivery/send-events.ts";
import { createSocketTransport } from "./delivery/socket-transport.ts";
import { describeWorld } from "./describe-world.ts";
import { createSlackFaults } from "./faults.ts";
import type { LocalSlack, SlackCall, SlackOptions } from "./local-slack.ts";
import { renderExcerpt } from "./page/render-excerpt.ts";
import { renderPage } from "./page/render-page.ts";
import { addTeam, createEnterprise, createTeam } from "./people/create-team.ts";
import { answerConsent, readConsentRequest } from "./server/consent.ts";
import { createSlackServer } from "./server/create-server.ts";
import { createWorld } from "./world/world.ts";

const TIMEOUT_MS = 15_000;

/** Starts a local Slack on a free loopback port. */
export async function startSlack(options: SlackOptions = {}): Promise<LocalSlack> {
  const world = createWorld(toSettings(options));
  const faults = createSlackFaults(world.random);
  const calls: SlackCall[] = [];
  const http = createHttpTransport(world);
  const sockets = createSocketTransport(world);
  const deliverer = createDeliverer(world, faults, () => (http.isOn ? http : sockets));
  sendEvents(world, deliverer);

  const server = createSlackServer(world, calls, faults);
  server.on("upgrade", (request, socket, head) => sockets.upgrade(request, socket, head));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const describe = () => describeWorld(world, deliverer.log);

  return {
    url: world.url,
    apiUrl: `${world.url}/api/`,
    authorizeUrl: `${world.url}/oauth/v2/authorize`,
    appId: world.app.id,
    appToken: world.app.appToken,
    signingSecret: world.app.signingSecret,
    clientId: world.app.clientId,
    clientSecret: world.app.clientSecret,
    addWorkspace: (team = {}) => createTeam(world, deliverer, addTeam(world, team, undefined)),
    addEnterprise: (name = "Studio Group") => createEnterprise(world, deliverer, name),
    deliverTo: (...urls) => http.deliverTo(urls),
    async approveInstall(authorizeUrl, by, choice = {}) {
      const user = world.users.get(by.id);
      if (user === undefined) throw new Error(`${by.name} is nobody`);
      return answerConsent(world, readConsentRequest(world, new URL(authorizeUrl)), user, choice);
    },
    calls,
    deliveries: deliverer.log,
    problems: world.problems,
    faults: faults.control,
    sockets: sockets.control,
    get retriesWaiting() {
      return deliverer.waiting;
    },
    until: (find, { timeoutMs = TIMEOUT_MS } = {}) => world.signal.until(find, timeoutMs, describe),
    settled: async ({ timeoutMs = TIMEOUT_MS } = {}) => {
      await world.signal.until(() => deliverer.pending === 0, timeoutMs, describe);
    },
    pass(ms) {
      world.clock.pass(ms);
      world.changed();
    },
    describe,
    page: (title, person) => renderPage(world, title, person?.id),
    excerpt: (of, errors) => renderExcerpt(world, of, errors),
    async stop() {
      world.clock.stop();
      sockets.stop();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
