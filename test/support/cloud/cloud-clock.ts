/** A cloud's time: real time, or faster, and it can be let pass. What it says is in ms since the epoch. */
export interface CloudClock {
  now(): number;
  /** Calls back when `ms` of its time are over. Returns how to give that up. */
  after(ms: number, then: () => void): () => void;
  /** Lets `ms` pass at once. */
  pass(ms: number): void;
  /** How long `ms` of its time take, in real ms. */
  toReal(ms: number): number;
  stop(): void;
}

interface Alarm {
  readonly at: number;
  readonly then: () => void;
  timer: NodeJS.Timeout | undefined;
}

export function createCloudClock(speed: number): CloudClock {
  const start = Date.now();
  const alarms = new Set<Alarm>();
  let passed = 0;
  const now = () => start + (Date.now() - start) * speed + passed;
  const ring = (alarm: Alarm) => {
    clearTimeout(alarm.timer);
    if (alarms.delete(alarm)) alarm.then();
  };
  const arm = (alarm: Alarm) => {
    clearTimeout(alarm.timer);
    alarm.timer = setTimeout(() => ring(alarm), Math.max(0, (alarm.at - now()) / speed));
  };
  return {
    now,
    after(ms, then) {
      const alarm: Alarm = { at: now() + ms, then, timer: undefined };
      alarms.add(alarm);
      arm(alarm);
      return () => {
        clearTimeout(alarm.timer);
        alarms.delete(alarm);
      };
    },
    pass(ms) {
      passed += ms;
      for (const alarm of [...alarms].sort((a, b) => a.at - b.at)) {
        if (alarm.at <= now()) ring(alarm);
        else arm(alarm);
      }
    },
    toReal: (ms) => ms / speed,
    stop() {
      for (const alarm of alarms) clearTimeout(alarm.timer);
      alarms.clear();
    },
  };
}
