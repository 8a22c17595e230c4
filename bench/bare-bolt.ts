import type { AddressInfo, Server } from "node:net";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";

// The floor of the Slack bench, a process of its own: a Bolt app over HTTP that only acknowledges.
const { SIGNING_SECRET = "" } = process.env;
const receiver = new HTTPReceiver({
  signingSecret: SIGNING_SECRET,
  endpoints: "/slack/events",
  processBeforeResponse: true,
  logLevel: LogLevel.ERROR,
});
const app = new App({
  receiver,
  authorize: async () => ({ botToken: "xoxb-bench", botId: "B0", botUserId: "U0" }),
  logLevel: LogLevel.ERROR,
});
app.command("/draft", ({ ack }) => ack({ response_type: "ephemeral", text: "Drafting." }));
const server = (await app.start(0)) as Server;
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
