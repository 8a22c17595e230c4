/** A payload recorded from Slack, or printed in its docs. */
export interface RecordedShape {
  readonly source: string;
  readonly payload: unknown;
  /** What Slack sends since that was recorded: path, and where it says so. */
  readonly added?: Readonly<Record<string, string>>;
  /** Paths whose inside is a matter of its own. */
  readonly opaque?: readonly string[];
}

/** Where what is sent differs from what was recorded, in keys or types. */
export function shapeDifferences(recorded: RecordedShape, sent: unknown): readonly string[] {
  const { added = {}, opaque = [] } = recorded;
  const differences: string[] = [];
  const compare = (expected: unknown, actual: unknown, path: string) => {
    if (expected === null || actual === null) return;
    const [wanted, given] = [kindOf(expected), kindOf(actual)];
    if (wanted !== given) {
      differences.push(`${path}: ${given} instead of ${wanted}`);
      return;
    }
    if (opaque.includes(path)) return;
    if (Array.isArray(expected) && Array.isArray(actual)) {
      if (expected.length > 0 && actual.length > 0) compare(expected[0], actual[0], join(path, "0"));
    } else if (wanted === "object") {
      compareObjects(expected as Shape, actual as Shape, path);
    }
  };
  const compareObjects = (expected: Shape, actual: Shape, path: string) => {
    for (const [key, value] of Object.entries(expected)) {
      if (key in actual) compare(value, actual[key], join(path, key));
      else differences.push(`${join(path, key)} is missing`);
    }
    for (const key of Object.keys(actual)) {
      const own = join(path, key);
      if (!(key in expected) && !(own in added)) differences.push(`${own} is made up`);
    }
  };
  compare(recorded.payload, sent, "");
  return differences;
}

type Shape = Readonly<Record<string, unknown>>;

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}
