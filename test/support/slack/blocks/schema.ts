import { isObject } from "../api/methods/message-content.ts";

// A small language for the shapes of Block Kit. Errors are worded as Slack words them, each with the
// JSON pointer of what is wrong.

/** What is found wrong, and what the checks need to know. */
export interface Inspection {
  readonly errors: string[];
  /** Whether blocks may show this file; undefined when they may. */
  readonly refuseFile: (reference: Readonly<Record<string, unknown>>) => string | undefined;
}

export type Check = (value: unknown, at: string, inspection: Inspection) => void;

export function complain(inspection: Inspection, at: string, words: string): void {
  inspection.errors.push(`[ERROR] ${words} [json-pointer:${at}]`);
}

/** Lengths are counted in UTF-16 units: Slack does not say what it counts, and this is the strictest. */
export function string(lengthMax: number, lengthMin = 0): Check {
  return (value, at, inspection) => {
    if (typeof value !== "string") complain(inspection, at, "must provide a string");
    else if (value.length < lengthMin)
      complain(inspection, at, `must be more than ${lengthMin - 1} characters`);
    else if (value.length > lengthMax)
      complain(inspection, at, `must be less than ${lengthMax + 1} characters`);
  };
}

export const boolean: Check = (value, at, inspection) => {
  if (typeof value !== "boolean") complain(inspection, at, "must provide a boolean");
};

export function integer(min: number, max: number): Check {
  return (value, at, inspection) => {
    if (!Number.isInteger(value)) complain(inspection, at, "must provide an integer");
    else if (Number(value) < min || Number(value) > max)
      complain(inspection, at, `must be between ${min} and ${max}`);
  };
}

export function oneOf(...values: readonly string[]): Check {
  return (value, at, inspection) => {
    if (!values.includes(String(value)))
      complain(inspection, at, `value must be one of ${values.join(", ")}`);
  };
}

export function pattern(form: RegExp, words: string): Check {
  return (value, at, inspection) => {
    if (typeof value !== "string" || !form.test(value)) complain(inspection, at, words);
  };
}

export function list(item: Check, countMax: number, countMin = 1): Check {
  return (value, at, inspection) => {
    if (!Array.isArray(value)) return complain(inspection, at, "must provide an array");
    if (value.length < countMin) complain(inspection, at, `no fewer than ${countMin} items allowed`);
    if (value.length > countMax) complain(inspection, at, `no more than ${countMax} items allowed`);
    for (const [index, each] of value.entries()) item(each, `${at}/${index}`, inspection);
  };
}

export interface Shape {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
  /** Exactly one of these. */
  readonly exactlyOne?: Readonly<Record<string, Check>>;
  /** What no single property says. */
  readonly rule?: (value: Readonly<Record<string, unknown>>, at: string, inspection: Inspection) => void;
}

/** An object of these properties and no others. */
export function object(shape: Shape): Check {
  const { required = {}, optional = {}, exactlyOne = {}, rule } = shape;
  const known = { ...required, ...optional, ...exactlyOne };
  return (value, at, inspection) => {
    if (!isObject(value)) return complain(inspection, at, "must provide an object");
    for (const name of Object.keys(required)) {
      if (value[name] === undefined || value[name] === null)
        complain(inspection, at, `missing required field: ${name}`);
    }
    const choices = Object.keys(exactlyOne);
    if (choices.length > 0 && choices.filter((name) => value[name] !== undefined).length !== 1)
      complain(inspection, at, `must provide exactly one of ${choices.join(", ")}`);
    for (const [name, each] of Object.entries(value)) {
      const check = known[name];
      if (check === undefined) complain(inspection, at, `invalid additional property: ${name}`);
      else if (each !== null && each !== undefined) check(each, `${at}/${name}`, inspection);
    }
    rule?.(value, at, inspection);
  };
}

/** An object whose `type` says which of these it is. */
export function byType(shapes: Readonly<Record<string, Shape>>): Check {
  const checks = new Map(
    Object.entries(shapes).map(([type, shape]) => [
      type,
      object({ ...shape, required: { type: oneOf(type), ...shape.required } }),
    ]),
  );
  return (value, at, inspection) => {
    if (!isObject(value)) return complain(inspection, at, "must provide an object");
    if (value.type === undefined) return complain(inspection, at, "missing required field: type");
    const check = checks.get(String(value.type));
    if (check === undefined) return complain(inspection, `${at}/type`, `unsupported type: ${value.type}`);
    check(value, at, inspection);
  };
}
