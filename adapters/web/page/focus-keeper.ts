/** Gives the focus back to where a pane or dialog was opened from, once that is gone. */
export interface FocusKeeper {
  /** After every drawing. `enter` is asked once, when the pane has appeared. */
  settle(pane: string, element: HTMLElement | null, enter: (element: HTMLElement) => void): void;
}

export function createFocusKeeper(): FocusKeeper {
  const openers = new Map<string, Element | null>();

  function settle(pane: string, element: HTMLElement | null, enter: (element: HTMLElement) => void): void {
    const wasOpen = openers.has(pane);
    if (element !== null && !wasOpen) {
      openers.set(pane, document.activeElement);
      enter(element);
    }
    if (element === null && wasOpen) {
      const opener = openers.get(pane);
      openers.delete(pane);
      const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
      const place = isThere ? opener : document.querySelector<HTMLElement>(".room textarea");
      place?.focus();
    }
  }

  return { settle };
}
