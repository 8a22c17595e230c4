import { saveRemembered, type Theme } from "./remembered.ts";
import type { State } from "./state.ts";
import type { Watching } from "./watching.ts";

/** Where the page stands is in its address: `#spring-launch`, or `#spring-launch/{root}` with a thread open. */
export interface Navigation {
  /** Goes where the address says. */
  arrive(): void;
  openChannel(channel: string): void;
  openThread(root: string): void;
  closeThread(): void;
  actAs(person: string): void;
  nextTheme(): void;
  showRail(isOpen: boolean): void;
}

interface Parts {
  readonly state: State;
  readonly changed: () => void;
  readonly watching: Watching;
}

const THEMES: readonly Theme[] = ["system", "light", "dark"];

export function createNavigation({ state, changed, watching }: Parts): Navigation {
  function arrive(): void {
    const [channel, thread] = decodeURIComponent(location.hash.slice(1)).split("/");
    const known = state.session.channels.find((one) => one.id === channel) ?? state.session.channels[0];
    state.channel = known?.id ?? "";
    state.thread = known?.id === channel && thread !== "" ? thread : undefined;
    state.picker = undefined;
    document.title = `#${state.channel} · Draftroom studio`;
    void watching.loadChannel(state.channel);
    if (state.thread !== undefined) void watching.loadThread(state.thread);
    changed();
  }

  function openChannel(channel: string): void {
    state.isRailOpen = false;
    location.hash = channel;
    changed();
  }

  function actAs(person: string): void {
    if (person === state.as) return;
    state.as = person;
    state.remembered.as = person;
    // Another person sees other whispers.
    state.messages.clear();
    state.loaded.clear();
    state.loadedThreads.clear();
    state.below.clear();
    state.form = undefined;
    saveRemembered(state.remembered);
    watching.follow();
    arrive();
  }

  function nextTheme(): void {
    const index = THEMES.indexOf(state.remembered.theme);
    state.remembered.theme = THEMES[(index + 1) % THEMES.length] ?? "system";
    saveRemembered(state.remembered);
    showTheme(state.remembered.theme);
    changed();
  }

  return {
    arrive,
    openChannel,
    openThread: (root) => {
      location.hash = `${state.channel}/${root}`;
    },
    closeThread: () => {
      location.hash = state.channel;
    },
    actAs,
    nextTheme,
    showRail: (isOpen) => {
      state.isRailOpen = isOpen;
      changed();
    },
  };
}

/** The system's own theme unless another was chosen. */
export function showTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
