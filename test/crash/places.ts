/** Calls that change nothing: a death beside one is a death beside the change before it. */
const READING =
  /\.(find|findByRef|findTake|find\(.*\)|isLive|isSending|isIn|votes|balance|staff|status|thread|turnOf|madeOf|sentBack|open|behind|stale|overdue|waiting|before|unused|doomed|depths|modelsAtWork|hasDismissedAdvice)$/;
const OPENING = /records\.channels\.open$/;

/** BullMQ's statements that move jobs. */
const QUEUE_STEP =
  /^before sql (add_flow|add_job|add_jobs_bulk|insert job_dependency|move_to_completed_fetch|move_to_active)$/;

/** How many places of each sort, spread over the journey. */
export interface PlacesMax {
  /** After the first call of a kind. */
  readonly kinds: number;
  /** Within transactions, which all undo theirs; and later commits and steps of queueing and showing. */
  readonly more: number;
}

/**
 * Places to die at, out of all that a journey comes by: after the first calls of kinds, inside the
 * queue's own steps, within transactions, and after later commits and steps of queueing and showing.
 */
export function choosePlaces(listed: readonly string[], { kinds, more }: PlacesMax): readonly string[] {
  const names = [...new Set(listed.map((place) => place.replace(/#\d+$/, "")))];
  const isChange = (name: string) => !READING.test(name) || OPENING.test(name);
  const changes = names.filter((name) => name.startsWith("after ") && isChange(name));
  const undone = changes.filter((name) => name.startsWith("after tx."));
  const kept = changes.filter((name) => !undone.includes(name));
  const inside = names.filter((name) => QUEUE_STEP.test(name));
  const later = listed.filter((place) => LATER.test(place) && !place.endsWith("#1"));
  const firsts = [...spread(kept, kinds), ...inside, ...spread(undone, more)].map((name) => `${name}#1`);
  return [...firsts, ...spread(later, more)];
}

const LATER = /^after (transact|queue\.enqueue|records\.posts\.shown)#/;

/** At most `count` of them, spread evenly. */
export function spread<T>(all: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, all.length / count);
  return all.filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step));
}
