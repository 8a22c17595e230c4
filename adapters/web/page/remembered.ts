/** What this browser keeps between visits. Losing it costs comfort, never work. */
export interface Remembered {
  as: string | undefined;
  theme: Theme;
  /** Unsent text, by place. */
  drafts: Record<string, string>;
  /** The newest position seen, by person and place. */
  seen: Record<string, number>;
  /** Commands as typed, the latest last. */
  commands: string[];
}

export type Theme = "system" | "light" | "dark";

const KEY = "draftroom-studio";
const COMMANDS_MAX = 50;
const SEEN_MAX = 500;

export function loadRemembered(): Remembered {
  const empty: Remembered = { as: undefined, theme: "system", drafts: {}, seen: {}, commands: [] };
  try {
    return { ...empty, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Remembered>) };
  } catch {
    // No storage, or not ours: start afresh.
    return empty;
  }
}

export function saveRemembered(remembered: Remembered): void {
  const seen = Object.fromEntries(Object.entries(remembered.seen).slice(-SEEN_MAX));
  try {
    localStorage.setItem(
      KEY,
      JSON.stringify({ ...remembered, seen, commands: remembered.commands.slice(-COMMANDS_MAX) }),
    );
  } catch {
    // A full or forbidden storage only means that nothing is remembered.
  }
}
