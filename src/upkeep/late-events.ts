/** For how long an event may still be delivered: no platform does so after a day; an hour more for clocks that differ. Milliseconds. */
export const LATE_EVENT_MS = 25 * 60 * 60 * 1000;
