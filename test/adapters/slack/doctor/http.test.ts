import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Secret } from "../../../../src/core/secret.ts";
import { findFreePort } from "../../../support/server-process.ts";
import { type GatewayDesk, openGatewayDesk } from "../gateway/gateway-desk.ts";
import { type DoctorDesk, openDoctor } from "./doctor-desk.ts";

let desk: DoctorDesk;
beforeEach(async () => {
  desk = await openDoctor();
});
afterEach(() => desk.stop());

const SECRET = "0123456789abcdef0123456789abcdef";

/** What is said of an address, and nothing else. */
async function look(
  publicUrl: string | undefined,
  more: { secret?: string; clock?: () => Date; host?: string; port?: number } = {},
) {
  const { secret = SECRET, host = "127.0.0.1", port = 0, ...parts } = more;
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  const transport = { kind: "http", signingSecret: new Secret(secret), host, port, publicUrl: url } as const;
  const found = await desk.examine({ ...parts, transport });
  expect(found).not.toContain(secret);
  return found;
}

async function listen(server: Server): Promise<string> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe("a Draftroom that Slack reaches through HTTP", () => {
  let office: GatewayDesk;
  let url: string;
  beforeEach(async () => {
    office = await openGatewayDesk("http");
    url = `${office.gateway.url()}/`;
  });
  afterEach(() => office.stop());

  it("answers, and takes what is signed alone", async () => {
    const found = await look(url, { secret: office.slack.signingSecret });
    expect(found).toContain(`✓ ${url}health answers.`);
    expect(found).toContain(`✓ ${url}slack/events takes what Slack signs, and nothing else.`);
    expect(found).not.toContain("Socket");
  });

  it("has another signing secret", async () => {
    expect(await look(url)).toMatch(
      /✗ \S+slack\/events refuses what is signed with SLACK_SIGNING_SECRET\.\n {2}→ Copy it again from .*Signing Secret/,
    );
  });

  it("would refuse all that Slack signs: its clock is off", async () => {
    const clock = () => new Date(Date.now() + 10 * 60_000);
    const found = await look(url, { secret: office.slack.signingSecret, clock });
    expect(found).toContain("Every request of Slack's is refused as too old or too new.");
    expect(found).toMatch(/✗ This machine's clock is (599|60\d) s ahead of Slack's/);
  });
});

describe("an address that does not lead to it", () => {
  const elsewhere = async () => `http://127.0.0.1:${await findFreePort()}/`;

  it("though it listens on this machine", async () => {
    const office = await openGatewayDesk("http");
    const port = Number(new URL(office.gateway.url() ?? "").port);
    const found = await look(await elsewhere(), { port, host: "0.0.0.0" });
    expect(found).toContain(`✓ Draftroom listens on port ${port} of this machine.`);
    expect(found).toMatch(/✗ \S+health does not answer/);
    await office.stop();
  });

  it("for another program has its port", async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    const port = Number(new URL(await listen(server)).port);
    expect(await look(undefined, { port })).toContain(
      `✗ Another program has port ${port}.\n  → Stop it, or set SLACK_PORT`,
    );
    server.close();
  });

  it("for it is not running", async () => {
    const port = await findFreePort();
    expect(await look(await elsewhere(), { port })).toContain(
      `✓ Port ${port} is free: Draftroom is not running`,
    );
  });

  it("for this machine has no such address", async () => {
    // Of https://www.rfc-editor.org/rfc/rfc5737, which no machine has.
    expect(await look(undefined, { port: 3001, host: "192.0.2.1" })).toMatch(
      /✗ Nobody can listen at 192\.0\.2\.1, port 3001 \(EADDRNOTAVAIL\)\./,
    );
  });
});

describe("an address that leads nowhere", () => {
  it("nobody there", async () => {
    const url = `http://127.0.0.1:${await findFreePort()}/`;
    expect(await look(url)).toContain(
      `✗ ${url}health does not answer (ECONNREFUSED).\n  → Start Draftroom first`,
    );
  });

  it("somebody else there", async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    const url = await listen(server);
    expect(await look(url)).toContain(`✗ ${url}health answers with 404`);
    server.close();
  });

  it("somebody who believes everybody", async () => {
    const server = createServer(async (request, response) => {
      const body = await request.toArray();
      response.writeHead(200).end(Buffer.concat(body).toString() || "ok");
    });
    const url = await listen(server);
    expect(await look(url)).toContain(`✗ ${url}slack/events takes requests that nobody signed`);
    server.close();
  });

  it("a proxy that keeps the body to itself", async () => {
    const server = createServer((_request, response) => response.writeHead(200).end("ok"));
    const url = await listen(server);
    expect(await look(url)).toContain(`✗ ${url}slack/events does not answer as Draftroom does (200).`);
    server.close();
  });

  it("none is set", async () => {
    const found = await look(undefined);
    expect(found).toContain(
      "! SLACK_PUBLIC_URL is not set, so nobody looked whether Slack can reach Draftroom.",
    );
    expect(found).not.toContain("✗");
  });
});
