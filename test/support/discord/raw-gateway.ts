import { once } from "node:events";
import { WebSocket } from "ws";
import type { LocalDiscord } from "./local-discord.ts";

export interface Frame {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: ReturnType<typeof JSON.parse>;
}

/** A connection to the gateway without a library: it sends what it is told to, and no heartbeats. */
export interface RawGateway {
  readonly frames: readonly Frame[];
  send(op: number, data: unknown): void;
  sendText(text: string): void;
  /** Identifies with these intents. */
  identify(intents: number, more?: Readonly<Record<string, unknown>>): void;
  /** The first frame of an event, or (by number) of an opcode. */
  heard(what: string | number): Promise<Frame>;
  /** The code that the server closes with. */
  readonly closed: Promise<number>;
  end(code?: number): void;
}

export async function openGateway(discord: LocalDiscord, query = "?v=10&encoding=json"): Promise<RawGateway> {
  const socket = new WebSocket(`${discord.url.replace("http", "ws")}/gateway${query}`);
  const frames: Frame[] = [];
  const closed = new Promise<number>((resolve) => socket.on("close", (code) => resolve(code)));
  socket.on("message", (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
  socket.on("error", () => undefined);
  await Promise.race([once(socket, "open"), closed]);
  const send = (op: number, data: unknown) => socket.send(JSON.stringify({ op, d: data }));
  return {
    frames,
    send,
    sendText: (text) => socket.send(text),
    identify: (intents, more = {}) =>
      send(2, {
        token: discord.token,
        intents,
        properties: { os: "linux", browser: "raw", device: "raw" },
        ...more,
      }),
    heard: (what) =>
      discord.until(() =>
        frames.find((each) => (typeof what === "number" ? each.op === what : each.t === what)),
      ),
    closed,
    end: (code) => socket.close(code),
  };
}
