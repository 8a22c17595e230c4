import { type REST, Routes } from "discord.js";
import { z } from "zod";
import { bad, type Finding, fine, warn } from "../../../src/ports/finding.ts";
import type { Shards } from "../discord-client.ts";
import { trouble } from "./trouble.ts";

/** https://docs.discord.com/developers/events/gateway#get-gateway-bot */
const GATEWAY = z.object({
  url: z.url({ protocol: /^wss?$/ }),
  shards: z.number().int(),
  session_start_limit: z.object({ total: z.number(), remaining: z.number(), reset_after: z.number() }),
});
/** https://docs.discord.com/developers/events/gateway#hello-event */
const HELLO = z.object({ op: z.literal(10) });
const HELLO_MS_MAX = 10_000;
const HOUR_MS = 3_600_000;

/** Whether the gateway can be reached, and lets as many sessions begin as are needed. Begins none. */
export async function checkGateway(rest: REST, shards: Shards, api: URL): Promise<readonly Finding[]> {
  try {
    const gateway = GATEWAY.parse(await rest.get(Routes.gatewayBot()));
    return [await checkHello(gateway.url), ...checkSessions(gateway, shards)];
  } catch (error) {
    return [trouble(error, "a look at the gateway", api)];
  }
}

function checkSessions(
  { shards: recommended, session_start_limit: limit }: z.output<typeof GATEWAY>,
  shards: Shards,
): readonly Finding[] {
  const [total, needed] = shards === "auto" ? [recommended, recommended] : [shards.total, shards.ids.length];
  const findings: Finding[] = [];
  if (total < recommended) {
    const says = `DISCORD_SHARDS divides the servers into ${total}, and Discord recommends ${recommended}.`;
    // "Each shard can only support a maximum of 2500 guilds": https://docs.discord.com/developers/events/gateway#sharding
    findings.push(
      warn(says, "Raise it before a shard has 2,500 servers: Discord closes its connection then."),
    );
  }
  const hours = Math.max(1, Math.round(limit.reset_after / HOUR_MS));
  const rest = `${limit.remaining} of ${limit.total} sessions may begin in the next ${hours} h`;
  findings.push(
    limit.remaining < needed
      ? bad(`Only ${rest}, and ${needed} must.`, "Wait, and find out what starts it so often.")
      : fine(`${rest}; this process needs ${needed}.`),
  );
  return findings;
}

async function checkHello(url: string): Promise<Finding> {
  const { host } = new URL(url);
  const reason = await hear(new URL("?v=10&encoding=json", url));
  return reason === undefined
    ? fine(`The gateway answers at ${host}.`)
    : bad(
        `The gateway at ${host} does not answer (${reason}).`,
        `Let this machine open WebSockets to ${host}.`,
      );
}

/** Why the gateway says no hello; undefined when it does. Nobody is identified, so no session begins. */
async function hear(url: URL): Promise<string | undefined> {
  const heard = Promise.withResolvers<string | undefined>();
  const socket = new WebSocket(url);
  socket.addEventListener("message", ({ data }) => {
    heard.resolve(HELLO.safeParse(parse(data)).success ? undefined : "another answer");
  });
  socket.addEventListener("error", () => heard.resolve("no connection"));
  socket.addEventListener("close", ({ code }) => heard.resolve(`closed, ${code}`));
  const patience = setTimeout(() => heard.resolve("no answer in time"), HELLO_MS_MAX);
  try {
    return await heard.promise;
  } finally {
    clearTimeout(patience);
    socket.close();
  }
}

function parse(data: unknown): unknown {
  try {
    return typeof data === "string" ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
