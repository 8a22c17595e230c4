/** How far from the end still counts as being there, in CSS pixels. */
const END_PX = 64;
/** How far from the start older messages are asked for. */
const START_PX = 240;

/**
 * Keeps a list of messages where its reader is: at the newest message while they are there, and
 * otherwise on the line they read, whatever comes above or below.
 */
export interface Scrolling {
  isAtEnd(place: string): boolean;
  /** After the page was drawn anew. `first` is the oldest message shown; a new one above means that older ones came. */
  settle(list: HTMLElement, place: string, first: string | undefined): void;
  toEnd(place: string): void;
}

interface Spot {
  readonly list: HTMLElement;
  isAtEnd: boolean;
  top: number;
  height: number;
  first: string | undefined;
}

interface Watcher {
  /** The reader has come to the newest message. */
  readonly onEnd: (place: string) => void;
  /** The reader comes near the oldest one shown. */
  readonly onStart: (place: string) => void;
}

export function createScrolling({ onEnd, onStart }: Watcher): Scrolling {
  const spots = new Map<string, Spot>();
  const resized = new ResizeObserver((entries) => {
    for (const spot of spots.values()) {
      if (entries.some((entry) => spot.list.contains(entry.target)) && spot.isAtEnd) jumpToEnd(spot);
    }
  });

  function spotOf(list: HTMLElement, place: string): Spot {
    const known = spots.get(place);
    if (known?.list === list) return known;
    const top = known?.isAtEnd === false ? known.top : 0;
    const spot: Spot = { list, isAtEnd: known?.isAtEnd ?? true, top, height: 0, first: undefined };
    spots.set(place, spot);
    resized.observe(list);
    if (list.firstElementChild !== null) resized.observe(list.firstElementChild);
    list.addEventListener("scroll", () => moved(list), { passive: true });
    return spot;
  }

  function moved(list: HTMLElement): void {
    const place = list.dataset.place ?? "";
    const spot = spots.get(place);
    if (spot?.list !== list) return;
    spot.top = list.scrollTop;
    spot.isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < END_PX;
    if (spot.isAtEnd) onEnd(place);
    if (list.scrollTop < START_PX) onStart(place);
  }

  function settle(list: HTMLElement, place: string, first: string | undefined): void {
    const spot = spotOf(list, place);
    if (spot.isAtEnd) jumpToEnd(spot);
    else if (spot.height === 0) list.scrollTop = spot.top;
    else if (spot.first !== first) {
      list.scrollTop = spot.top + (list.scrollHeight - spot.height);
    }
    spot.first = first;
    spot.height = list.scrollHeight;
    spot.top = list.scrollTop;
    if (spot.isAtEnd) onEnd(place);
  }

  function toEnd(place: string): void {
    const spot = spots.get(place);
    if (spot === undefined) return;
    spot.isAtEnd = true;
    jumpToEnd(spot);
    onEnd(place);
  }

  return { isAtEnd: (place) => spots.get(place)?.isAtEnd ?? false, settle, toEnd };
}

function jumpToEnd(spot: Spot): void {
  spot.list.scrollTop = spot.list.scrollHeight;
}
