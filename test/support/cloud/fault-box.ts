import type { Random } from "./random.ts";

/** Which calls or events: the next `times` (default 1), or each with probability `p`. */
export interface FaultScope {
  readonly times?: number;
  readonly p?: number;
}

/** Faults that a test has ordered, as a server asks for them. */
export interface FaultBox<CallFault, EventFault> {
  readonly control: {
    call(name: string, fault: CallFault, scope?: FaultScope): void;
    event(name: string, fault: EventFault, scope?: FaultScope): void;
    /** No more faults. */
    clear(): void;
    /** How many faults were injected, by kind. */
    readonly injected: Readonly<Record<string, number>>;
  };
  takeCallFault(name: string): CallFault | undefined;
  takeEventFault(name: string): EventFault | undefined;
}

/** Whether a fault that was ordered for one name is meant for another. */
type Matches = (ordered: string, name: string) => boolean;

interface Planned<Fault> {
  readonly name: string;
  readonly fault: Fault;
  readonly p: number | undefined;
  left: number;
}

interface Kind {
  readonly kind: string;
}

export function createFaultBox<CallFault extends Kind, EventFault extends Kind>(
  random: Random,
  matches: { readonly call: Matches; readonly event: Matches },
): FaultBox<CallFault, EventFault> {
  const calls: Planned<CallFault>[] = [];
  const events: Planned<EventFault>[] = [];
  const injected: Record<string, number> = {};

  const plan = <Fault>(list: Planned<Fault>[], name: string, fault: Fault, scope: FaultScope) => {
    const isOften = scope.p !== undefined && scope.times === undefined;
    list.push({ name, fault, p: scope.p, left: isOften ? Number.POSITIVE_INFINITY : (scope.times ?? 1) });
  };
  const take = <Fault extends Kind>(list: Planned<Fault>[], name: string, isMeant: Matches) => {
    const found = list.find(
      (each) => each.left > 0 && isMeant(each.name, name) && (each.p === undefined || random() < each.p),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    injected[found.fault.kind] = (injected[found.fault.kind] ?? 0) + 1;
    return found.fault;
  };

  return {
    control: {
      call: (name, fault, scope = {}) => plan(calls, name, fault, scope),
      event: (name, fault, scope = {}) => plan(events, name, fault, scope),
      clear() {
        calls.length = 0;
        events.length = 0;
      },
      injected,
    },
    takeCallFault: (name) => take(calls, name, matches.call),
    takeEventFault: (name) => take(events, name, matches.event),
  };
}
