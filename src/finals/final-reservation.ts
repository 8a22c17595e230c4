import type { FinalId, ReservationId } from "../core/ids.ts";

/** A final's credits are held under its own id. */
export function finalReservation(final: FinalId): ReservationId {
  return `final.${final}` as ReservationId;
}
