import type { ReservationId, TakeId } from "../core/ids.ts";

/** A take's credits are held under its own id. */
export function takeReservation(take: TakeId): ReservationId {
  return `take.${take}` as ReservationId;
}
