import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Stands between the program and a server, so that the server can be gone and come back at the same address. */
export interface DoomedRelay {
  /** The server's URL, through here. */
  readonly url: string;
  /** From now on nobody answers, and every connection is broken. */
  cut(): Promise<void>;
  /** From now on nobody answers, and nobody hangs up either. */
  stall(): void;
  mend(): Promise<void>;
}

/** @param to the URL of a server. */
export async function startDoomedRelay(to: string): Promise<DoomedRelay> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  let stalled = false;
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(to);
  url.host = `127.0.0.1:${port}`;

  async function listen(at: number): Promise<Server> {
    const made = createServer((from) => {
      if (stalled) return void sockets.add(from.on("error", () => from.destroy()));
      const onward = connect(Number(target.port), target.hostname);
      join(from, onward);
      join(onward, from);
    });
    made.listen(at, "127.0.0.1");
    await once(made, "listening");
    return made;
  }

  /** What one end says, the other hears; when one is gone, so is the other. */
  function join(one: Socket, other: Socket): void {
    sockets.add(one);
    one.pipe(other);
    one.on("error", () => one.destroy());
    one.on("close", () => {
      sockets.delete(one);
      other.destroy();
    });
  }

  return {
    url: url.href,
    async cut() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    stall() {
      stalled = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    async mend() {
      server = await listen(port);
    },
  };
}
