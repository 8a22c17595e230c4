import type { Acting } from "./acting.ts";
import { type Completion, complete, type Suggestion } from "./completion.ts";
import { saveRemembered } from "./remembered.ts";
import { type Place, placeKey, type State } from "./state.ts";

/** What is being typed, by place: kept when the person looks elsewhere, or comes back tomorrow. */
export interface Composing {
  textOf(place: Place): string;
  /** What could come next, while the composer of that place has the focus. */
  completionOf(place: Place): Completion & { readonly chosen: number };
  typed(place: Place, area: HTMLTextAreaElement): void;
  keyed(place: Place, event: KeyboardEvent): void;
  take(place: Place, suggestion: Suggestion): void;
  send(place: Place): void;
  /** Starts a text for the person. */
  begin(place: Place, text: string): void;
  left(): void;
}

interface Parts {
  readonly state: State;
  readonly changed: () => void;
  readonly acting: Acting;
  readonly focus: (place: Place) => void;
}

const NOTHING: Completion = { suggestions: [], isMeant: false, command: undefined };

export function createComposing({ state, changed, acting, focus }: Parts): Composing {
  /** The place whose suggestions are shown, and which one is chosen: -1 for none. */
  let open: { place: string; completion: Completion; chosen: number } | undefined;
  /** Where in the remembered commands the person is: 0 is before the latest. */
  let recalled = 0;

  const textOf = (place: Place) => state.remembered.drafts[placeKey(place)] ?? "";

  function write(place: Place, text: string): void {
    const key = placeKey(place);
    if (text === "") delete state.remembered.drafts[key];
    else state.remembered.drafts[key] = text;
    saveRemembered(state.remembered);
  }

  function suggest(place: Place, text: string): void {
    const completion = complete(text, state.session.commands, state.session.people);
    open = { place: placeKey(place), completion, chosen: completion.isMeant ? 0 : -1 };
  }

  function completionOf(place: Place) {
    const isHere = open !== undefined && open.place === placeKey(place);
    return isHere && open !== undefined
      ? { ...open.completion, chosen: open.chosen }
      : { ...NOTHING, chosen: -1 };
  }

  function typed(place: Place, area: HTMLTextAreaElement): void {
    recalled = 0;
    write(place, area.value);
    // In the middle of a text, people correct: suggestions would be in the way.
    if (area.selectionEnd === area.value.length) suggest(place, area.value);
    else open = undefined;
    changed();
  }

  function take(place: Place, suggestion: Suggestion): void {
    const text = textOf(place);
    const next = text.slice(0, suggestion.from) + suggestion.value + text.slice(suggestion.to);
    write(place, next);
    suggest(place, next);
    changed();
    focus(place);
  }

  function send(place: Place): void {
    const text = textOf(place).trim();
    if (text === "") return;
    if (text.startsWith("/")) {
      state.remembered.commands = [...state.remembered.commands.filter((one) => one !== text), text];
    }
    recalled = 0;
    open = undefined;
    write(place, "");
    changed();
    void acting.say(place, text);
  }

  function begin(place: Place, text: string): void {
    write(place, text);
    open = undefined;
    changed();
    focus(place);
  }

  /** Arrow up in an empty composer brings the last commands back, one by one. */
  function recall(place: Place, step: 1 | -1): boolean {
    const { commands } = state.remembered;
    if (textOf(place) !== "" && recalled === 0) return false;
    const next = Math.min(Math.max(recalled + step, 0), commands.length);
    if (next === recalled) return recalled > 0;
    recalled = next;
    write(place, next === 0 ? "" : (commands.at(-next) ?? ""));
    open = undefined;
    changed();
    return true;
  }

  /** Whether the key was for the list of suggestions. */
  function keyedInList(place: Place, key: string): boolean {
    if (open === undefined || open.place !== placeKey(place)) return false;
    const { suggestions } = open.completion;
    if (suggestions.length === 0) return false;
    const chosen = suggestions[Math.max(open.chosen, 0)];
    switch (key) {
      case "ArrowDown":
        open.chosen = (open.chosen + 1) % suggestions.length;
        break;
      case "ArrowUp":
        open.chosen = open.chosen <= 0 ? suggestions.length - 1 : open.chosen - 1;
        break;
      case "Tab":
        if (chosen !== undefined) take(place, chosen);
        break;
      case "Enter":
        if (open.chosen < 0 || chosen === undefined) return false;
        take(place, chosen);
        break;
      case "Escape":
        open = undefined;
        break;
      default:
        return false;
    }
    changed();
    return true;
  }

  function keyed(place: Place, event: KeyboardEvent): void {
    // Enter within an input method chooses a character.
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isOurs =
      keyedInList(place, event.key) ||
      (event.key === "ArrowUp" && recall(place, 1)) ||
      (event.key === "ArrowDown" && recalled > 0 && recall(place, -1));
    if (isOurs) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter") {
      event.preventDefault();
      send(place);
    }
  }

  function left(): void {
    open = undefined;
    changed();
  }

  return { textOf, completionOf, typed, keyed, take, send, begin, left };
}
