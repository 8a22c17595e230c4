import { appendFileSync } from "node:fs";

/**
 * Kills its own process, as a power cut would, at one place. A place is a name and how many times the
 * process has come by: `after blobs.put(paid)#2`.
 */
export interface Doom {
  /** The process is at a place now. Does not return from the one that it is doomed to. */
  at(name: string): void;
}

export interface DoomOrder {
  /** Undefined lets it live. */
  readonly place: string | undefined;
  /** A file to write every place into, a line each, in the order in which they are come by. */
  readonly list: string | undefined;
}

export function createDoom({ place, list }: DoomOrder): Doom {
  const times = new Map<string, number>();
  return {
    at(name) {
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      const here = `${name}#${time}`;
      if (list !== undefined) appendFileSync(list, `${here}\n`);
      if (here === place) die();
    },
  };
}

/** Dies by throwing, after so many places: for parts of a process that can be thrown away. */
export function dyingAfter(places: number): Doom {
  let left = places;
  return {
    at() {
      if (left-- <= 0) throw new Error("killed");
    },
  };
}

function die(): never {
  process.kill(process.pid, "SIGKILL");
  // The signal may take a moment to arrive: this thread does nothing more until then.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** How a call of a port is named, when its method alone says too little. */
export type NameOf = (method: string, args: readonly unknown[]) => string;

/** The same port, with a place before and after each of its calls. */
export function withDoom<Port extends object>(
  room: string,
  port: Port,
  doom: Doom,
  nameOf: NameOf = (method) => method,
): Port {
  return new Proxy(port, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== "function" || typeof key !== "string") return member;
      return (...args: readonly unknown[]) => {
        const name = `${room}.${nameOf(key, args)}`;
        doom.at(`before ${name}`);
        const result: unknown = Reflect.apply(member, target, args);
        if (!(result instanceof Promise)) return result;
        return result.then((value: unknown) => {
          doom.at(`after ${name}`);
          return value;
        });
      };
    },
  });
}
