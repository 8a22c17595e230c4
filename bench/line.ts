/** One line of the table: how a bench came out, or why it did not run. */
export type Line =
  | {
      readonly name: string;
      /** Ours to the floor, both measured in the same run. */
      readonly ratio: number;
      /** Undefined: for information, nothing is promised. */
      readonly bound: Bound | undefined;
      /** The figures behind the ratio. */
      readonly detail: string;
    }
  | { readonly name: string; readonly missing: string };

export interface Bound {
  readonly better: "lower" | "higher";
  readonly value: number;
}

export interface Bench {
  readonly name: string;
  /** Yields each line when it is measured. */
  run(): AsyncIterable<Line>;
}

export function atMost(value: number): Bound {
  return { better: "lower", value };
}

export function atLeast(value: number): Bound {
  return { better: "higher", value };
}

export function printLine(line: Line): void {
  console.log(
    "missing" in line ? `${line.name.padEnd(NAME_WIDTH)}  not run: ${line.missing}` : toColumns(line),
  );
}

const NAME_WIDTH = 44;

function toColumns({ name, ratio, bound, detail }: Exclude<Line, { missing: string }>): string {
  const sign = bound?.better === "lower" ? "≤" : "≥";
  const limit = bound === undefined ? "-" : `${sign} ${bound.value.toFixed(2)}`;
  return [
    name.padEnd(NAME_WIDTH),
    ratio.toFixed(2).padStart(6),
    limit.padStart(6),
    judge(ratio, bound),
    detail,
  ]
    .join("  ")
    .trimEnd();
}

function judge(ratio: number, bound: Bound | undefined): string {
  if (bound === undefined) return "info ";
  const holds = bound.better === "lower" ? ratio <= bound.value : ratio >= bound.value;
  return holds ? "ok   " : "short";
}
