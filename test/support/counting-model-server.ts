import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import sharp from "sharp";
import { z } from "zod";

/** An image provider that counts: each call it answers is one that somebody pays for. */
export interface CountingModelServer {
  readonly url: string;
  /** Every call, in the order in which they came. */
  readonly calls: readonly CountedCall[];
  /** How often an image was paid for, by its idempotency key. */
  countByKey(): ReadonlyMap<string, number>;
  /** Requests that no caller of a model would send. */
  readonly strays: readonly string[];
  stop(): Promise<void>;
}

/** What a call says about itself: the body of the request, too. */
export const COUNTED_CALL = z.strictObject({
  key: z.string().min(1),
  tier: z.enum(["draft", "final"]),
  prompt: z.string(),
  seed: z.number(),
});
export type CountedCall = z.output<typeof COUNTED_CALL>;

/** The one route: `POST /images` with a counted call, answered with a PNG. */
export const IMAGES_PATH = "/images";

/** @param takesMs how long each call takes, in milliseconds. */
export async function startCountingModel(takesMs: number): Promise<CountingModelServer> {
  const calls: CountedCall[] = [];
  const strays: string[] = [];
  const png = await drawPng();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString();
    const isCall = request.method === "POST" && request.url === IMAGES_PATH;
    const call = COUNTED_CALL.safeParse(isCall ? JSON.parse(body) : undefined);
    if (!call.success) {
      strays.push(`${request.method} ${request.url} ${body}`);
      response.writeHead(404).end();
      return;
    }
    calls.push(call.data);
    await after(takesMs);
    response.writeHead(200, { "content-type": "image/png" }).end(png);
  }

  const server = createServer((request, response) => {
    // A caller that was killed while it asked is gone; there is nobody to tell.
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    strays,
    countByKey: () =>
      new Map([...Map.groupBy(calls, (call) => call.key)].map(([key, of]) => [key, of.length])),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function drawPng(): Promise<Buffer> {
  const background = { r: 212, g: 120, b: 60 };
  return sharp({ create: { width: 96, height: 96, channels: 3, background } })
    .png()
    .toBuffer();
}
