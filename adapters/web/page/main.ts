import { render } from "lit-html";
import type { Session } from "../wire.ts";
import { createActing } from "./acting.ts";
import { createComposing } from "./composing.ts";
import type { Desk } from "./desk.ts";
import { createFocusKeeper, type FocusKeeper } from "./focus-keeper.ts";
import { createNavigation, showTheme } from "./navigation.ts";
import { loadRemembered, saveRemembered } from "./remembered.ts";
import { fetchSession } from "./remote.ts";
import { createScrolling } from "./scrolling.ts";
import { type Place, placeKey, type State } from "./state.ts";
import { pageOf } from "./views/page.ts";
import { createWatching } from "./watching.ts";

const RETRY_MS = 1500;
const root = document.querySelector<HTMLElement>("#studio");
const announcer = document.querySelector<HTMLElement>("#announcer");

async function begin(): Promise<void> {
  showTheme(loadRemembered().theme);
  const session = await fetchSession();
  if (session.status === "ok") open(session.value);
  else {
    if (root !== null) root.textContent = session.problem;
    setTimeout(() => void begin(), RETRY_MS);
  }
}

function open(session: Session): void {
  if (root === null) throw new Error("the page has no place to draw in");
  root.textContent = "";
  const desk = createDesk(initialState(session), root);
  window.addEventListener("hashchange", desk.navigation.arrive);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && desk.state.isRailOpen) desk.navigation.showRail(false);
  });
  document.addEventListener("pointerdown", (event) => {
    const isOutside = !(event.target as Element).closest(".picker-anchor");
    if (desk.state.picker === undefined || !isOutside) return;
    desk.state.picker = undefined;
    desk.changed();
  });
  desk.watching.follow();
  desk.navigation.arrive();
}

function initialState(session: Session): State {
  const remembered = loadRemembered();
  const known = session.people.find((one) => one.id === remembered.as) ?? session.people[0];
  return {
    session,
    staff: new Map(session.staff.map((one) => [one.channel, one])),
    remembered,
    as: known?.id ?? "",
    channel: "",
    thread: undefined,
    messages: new Map(),
    loaded: new Map(),
    loadedThreads: new Set(),
    isLoading: false,
    connection: "connecting",
    sequence: session.sequence,
    pending: [],
    busy: new Set(),
    notice: undefined,
    form: undefined,
    lightbox: undefined,
    picker: undefined,
    isRailOpen: false,
    below: new Map(),
  };
}

function createDesk(state: State, target: HTMLElement): Desk {
  const scrolling = createScrolling({
    onEnd(place) {
      const hadNews = state.below.has(place);
      watching.seeAll(toPlace(place));
      if (hadNews) changed();
    },
    onStart(place) {
      const { channel, thread } = toPlace(place);
      if (thread === undefined) void watching.loadOlder(channel);
    },
  });
  const focus = createFocusKeeper();
  const changed = createDrawing(() => draw(desk, target, focus));
  const watching = createWatching({ state, changed, announce, isAtEnd: scrolling.isAtEnd });
  const acting = createActing({ state, changed, watching });
  const navigation = createNavigation({ state, changed, watching });
  const composing = createComposing({ state, changed, acting, focus: focusComposer });
  const desk: Desk = { state, acting, watching, navigation, composing, scrolling, changed };
  return desk;
}

/** Draws once for all the changes of one turn. */
function createDrawing(drawNow: () => void): () => void {
  let isPlanned = false;
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    queueMicrotask(() => {
      isPlanned = false;
      drawNow();
    });
  };
}

function draw(desk: Desk, target: HTMLElement, focus: FocusKeeper): void {
  render(pageOf(desk), target);
  for (const list of target.querySelectorAll<HTMLElement>(".messages")) {
    desk.scrolling.settle(list, list.dataset.place ?? "", list.dataset.first);
  }
  focus.settle("thread", target.querySelector<HTMLElement>(".thread"), (thread) =>
    thread.querySelector("textarea")?.focus(),
  );
  focus.settle("dialog", target.querySelector<HTMLElement>("dialog"), (dialog) => {
    (dialog as HTMLDialogElement).showModal();
    dialog.querySelector<HTMLElement>(".field :is(input, select, textarea)")?.focus();
  });
  saveRemembered(desk.state.remembered);
}

/** After the drawing that is planned. */
function focusComposer(place: Place): void {
  queueMicrotask(() => {
    const area = document.querySelector<HTMLTextAreaElement>(
      `[data-composer="${CSS.escape(placeKey(place))}"] textarea`,
    );
    area?.focus();
    area?.setSelectionRange(area.value.length, area.value.length);
  });
}

function announce(words: string): void {
  if (announcer !== null) announcer.textContent = words;
}

function toPlace(key: string): Place {
  const [channel = "", thread] = key.split("/");
  return { channel, thread };
}

void begin();
