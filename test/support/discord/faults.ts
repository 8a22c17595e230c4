import type { Random } from "../cloud/random.ts";
import type { CallFault, DiscordFaults, EventFault, FaultScope } from "./local-discord.ts";
import { matchesRoute } from "./rest/call-log.ts";

/** Faults to inject, as the server asks for them. */
export interface FaultBox {
  readonly control: DiscordFaults;
  takeCallFault(route: string): CallFault | undefined;
  takeEventFault(type: string): EventFault | undefined;
}

interface Planned<Fault> {
  readonly name: string;
  readonly fault: Fault;
  readonly p: number | undefined;
  left: number;
}

export function createFaultBox(random: Random): FaultBox {
  const calls: Planned<CallFault>[] = [];
  const events: Planned<EventFault>[] = [];
  const injected: Record<string, number> = {};

  const plan = <Fault>(list: Planned<Fault>[], name: string, fault: Fault, scope: FaultScope) => {
    const isOften = scope.p !== undefined && scope.times === undefined;
    list.push({ name, fault, p: scope.p, left: isOften ? Number.POSITIVE_INFINITY : (scope.times ?? 1) });
  };
  const take = <Fault extends { readonly kind: string }>(list: Planned<Fault>[], name: string) => {
    const found = list.find(
      (each) => each.left > 0 && matchesRoute(each.name, name) && (each.p === undefined || random() < each.p),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    injected[found.fault.kind] = (injected[found.fault.kind] ?? 0) + 1;
    return found.fault;
  };

  return {
    control: {
      call: (route, fault, scope = {}) => plan(calls, route, fault, scope),
      event: (type, fault, scope = {}) => plan(events, type, fault, scope),
      clear() {
        calls.length = 0;
        events.length = 0;
      },
      injected,
    },
    takeCallFault: (route) => take(calls, route),
    takeEventFault: (type) => take(events, type),
  };
}
