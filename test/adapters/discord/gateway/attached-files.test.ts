import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  createAttach,
  picturesOf,
  type SentFile,
} from "../../../../adapters/discord/gateway/attached-files.ts";

const servers: Server[] = [];
let serve: RequestListener;
let heard: string[];
let cdn: string;
let other: string;

async function listen(handle: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    heard.push(`${request.headers.host}${request.url}`);
    handle(request, response);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(async () => {
  heard = [];
  serve = (_, response) => void response.end("pict");
  cdn = await listen((request, response) => serve(request, response));
  other = await listen((_, response) => void response.end("stolen"));
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function read(file: Partial<SentFile> = {}, bytesMax = 100): Promise<string> {
  const url = `${cdn}/attachments/1/2/fox.png?ex=1&is=2&hm=3`;
  const sent = { filename: "fox.png", size: 4, url, content_type: "image/png", ...file };
  const [attachment] = createAttach(new URL(`${cdn}/`))([sent]);
  expect(attachment?.name).toBe("fox.png");
  return Buffer.from((await attachment?.read(bytesMax)) ?? []).toString();
}

it("reads a picture from the CDN, with its whole link", async () => {
  expect(await read()).toBe("pict");
  expect(heard).toEqual([expect.stringMatching(/\/attachments\/1\/2\/fox\.png\?ex=1&is=2&hm=3$/)]);
});

it.each([
  ["another host", () => ({ url: `${other}/fox.png` })],
  ["a host that looks like it", () => ({ url: "https://cdn.discordapp.com.evil.example/fox.png" })],
  ["a plain connection to Discord's own host", () => ({ url: "http://cdn.discordapp.com/fox.png" })],
  ["a host behind a name", () => ({ url: `${cdn.replace("//", "//cdn@")}/fox.png` })],
  ["no address", () => ({ url: "fox.png" })],
])("asks nobody for what is on %s", async (_, file) => {
  await expect(read(file())).rejects.toMatchObject({ kind: "refused" });
  expect(heard).toEqual([]);
});

it("follows no redirect", async () => {
  serve = (_, response) => void response.writeHead(302, { location: `${other}/fox.png` }).end();
  await expect(read()).rejects.toMatchObject({ kind: "refused" });
  expect(heard).toHaveLength(1);
});

it("refuses what is said to be larger without fetching it", async () => {
  await expect(read({ size: 101 })).rejects.toMatchObject({ kind: "refused" });
  expect(heard).toEqual([]);
});

it("stops when there is more than was said", async () => {
  serve = (_, response) => {
    const more = () => {
      if (response.write(Buffer.alloc(64))) setImmediate(more);
    };
    more();
  };
  await expect(read()).rejects.toMatchObject({ kind: "refused" });
});

it.each([
  [404, "refused"],
  [403, "refused"],
  [429, "unavailable"],
  [503, "unavailable"],
])("status %i means %s", async (status, kind) => {
  serve = (_, response) => void response.writeHead(status).end();
  await expect(read()).rejects.toMatchObject({ kind });
});

it("a connection that breaks is worth another try", async () => {
  serve = ({ socket }) => void socket.destroy();
  await expect(read()).rejects.toMatchObject({ kind: "unavailable" });
});

it("of a message's files takes the pictures", () => {
  const file = (filename: string, content_type?: string) => ({ filename, content_type });
  const files = [file("fox.png", "image/png"), file("brief.pdf", "application/pdf"), file("unknown")];
  expect(picturesOf(files).map(({ filename }) => filename)).toEqual(["fox.png"]);
});
