import { Duplex } from "node:stream";
import { parseListenStatement } from "./listen-statement.ts";
import type { PgliteSession } from "./pglite-session.ts";
import {
  commandCompleteFrame,
  type Frame,
  readChannel,
  readQuery,
  readyFrame,
  splitFrames,
  welcome,
} from "./wire.ts";

const TERMINATE = "X";
/** The messages after which a client waits for an answer: Query and Sync. */
const EXCHANGE_ENDS = "QS";

/**
 * Stands where node-postgres expects the socket of a server, and hands what it is told to the session
 * of the database in this process. So everything above it (parameters, types, errors, events) is
 * node-postgres itself.
 */
export class PgliteSocket extends Duplex {
  readonly #session: PgliteSession;
  readonly #peers: Set<PgliteSocket>;
  readonly #channels = new Set<string>();
  #started = false;
  #ended = false;
  #received = Buffer.alloc(0);
  #exchange: Frame[] = [];

  /** @param peers the open sockets of one session: notifications go to those that listen. */
  constructor(session: PgliteSession, peers: Set<PgliteSocket>) {
    super();
    this.#session = session;
    this.#peers = peers;
    peers.add(this);
  }

  /** Rolls back a transaction that was left open. */
  abandon(): void {
    this.#session.abandon(this);
  }

  connect(): this {
    process.nextTick(() => this.emit("connect"));
    return this;
  }
  // What node-postgres asks of a network socket.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    if (!this.#started) this.#start();
    if (this.#started) this.#take();
    done();
  }

  override _final(done: () => void): void {
    this.#ended = true;
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#peers.delete(this);
    this.abandon();
    done(error);
  }

  /** The first message of a client has no type: its length, the protocol version, its settings. */
  #start(): void {
    if (this.#received.length < 4 || this.#received.length < this.#received.readInt32BE(0)) return;
    this.#received = this.#received.subarray(this.#received.readInt32BE(0));
    this.#started = true;
    this.push(welcome());
  }

  #take(): void {
    const { frames, rest } = splitFrames(this.#received);
    this.#received = Buffer.from(rest);
    for (const frame of frames) {
      if (frame.type === TERMINATE) return;
      this.#exchange.push(frame);
      if (!EXCHANGE_ENDS.includes(frame.type)) continue;
      const exchange = this.#exchange;
      this.#exchange = [];
      void this.#run(exchange);
    }
  }

  async #run(exchange: readonly Frame[]): Promise<void> {
    const only = exchange.length === 1 ? exchange[0] : undefined;
    const statement = only?.type === "Q" ? parseListenStatement(readQuery(only)) : undefined;
    if (statement?.kind === "unlisten") return this.#unlisten(statement.channel);
    const answer = await this.#session.run(this, Buffer.concat(exchange.map((frame) => frame.bytes)));
    const failed = answer.some((frame) => frame.type === "E");
    if (statement?.channel !== undefined && !failed) this.#channels.add(statement.channel);
    this.#deliver(answer);
  }

  /** The session goes on listening, since it does so for all; this client no longer hears of it. */
  #unlisten(channel: string | undefined): void {
    if (channel === undefined) this.#channels.clear();
    else this.#channels.delete(channel);
    this.#reply([commandCompleteFrame("UNLISTEN"), readyFrame(this.#session.statusOf(this))]);
  }

  /** Everything in an answer is this client's, except notifications: they are for whoever listens. */
  #deliver(answer: readonly Frame[]): void {
    const notifications = answer.filter((frame) => frame.type === "A");
    this.#reply(answer.filter((frame) => frame.type !== "A").map((frame) => frame.bytes));
    for (const notification of notifications) {
      const channel = readChannel(notification);
      for (const peer of this.#peers) if (peer.#channels.has(channel)) peer.#reply([notification.bytes]);
    }
  }

  #reply(bytes: readonly Buffer[]): void {
    if (!this.destroyed && !this.#ended) this.push(Buffer.concat(bytes));
  }
}
