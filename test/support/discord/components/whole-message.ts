import type { FormError } from "./form-errors.ts";
import { repeatedAt } from "./form-values.ts";

/** "Messages allow up to 40 total components": https://docs.discord.com/developers/components/reference */
const COMPONENTS_MAX = 40;

/** Of all components together: https://github.com/discord/discord-api-docs/pull/8562 */
const TEXT_LENGTH_MAX = 4000;

/**
 * Above about this many bytes Discord answers 500, whatever the documented limits allow, with 12 bytes a component:
 * https://github.com/discord/discord-api-docs/issues/8554, measured there of text displays. Whether the words of
 * other components count too is not said; here they do.
 */
const PROCESSED_BYTES_MAX = 10_170;
const COMPONENT_BYTES = 12;

type Json = Readonly<Record<string, unknown>>;

/** A component and where it stands. */
export interface Placed {
  readonly path: string;
  readonly component: Json;
}

/** All components, nested ones and accessories included, in the order in which they are shown. */
export function placedIn(components: readonly Json[], path = "components"): readonly Placed[] {
  return components.flatMap((component, index) => {
    const own = `${path}.${index}`;
    const inside = Array.isArray(component.components)
      ? placedIn(component.components, `${own}.components`)
      : [];
    const beside = ["accessory", "component"].flatMap((key) => {
      const child = component[key] as Json | undefined;
      return child === undefined ? [] : [{ path: `${own}.${key}`, component: child }];
    });
    return [{ path: own, component }, ...inside, ...beside];
  });
}

/** What is wrong with well-formed components taken together. `files`: names that `attachment://` may refer to. */
export function checkTogether(components: readonly Json[], files: readonly string[]): readonly FormError[] {
  const all = placedIn(components);
  return [...checkUnique(all), ...checkTotals(all), ...checkReferences(all, files)];
}

/** https://docs.discord.com/developers/components/reference#anatomy-of-a-component: `id` "must be unique within the message", and so must `custom_id`. */
export function checkUnique(all: readonly Placed[]): readonly FormError[] {
  const keys = [
    ["id", "COMPONENT_ID_DUPLICATED", "Component id was already specified"],
    ["custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"],
  ] as const;
  return keys.flatMap(([key, code, message]) => {
    const having = all.filter(({ component }) => component[key]);
    const values = having.map(({ component }) => component[key] as string | number);
    return repeatedAt(values).map((index) => ({ path: `${having[index]?.path}.${key}`, code, message }));
  });
}

function checkTotals(all: readonly Placed[]): readonly FormError[] {
  const errors: FormError[] = [];
  const path = "components";
  if (all.length > COMPONENTS_MAX)
    errors.push({
      path,
      code: "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
      message: `The maximum number of total components is ${COMPONENTS_MAX}, not ${all.length}`,
    });
  const length = sum(all.flatMap(({ component }) => shownWords(component).map((words) => words.length)));
  if (length > TEXT_LENGTH_MAX)
    errors.push({
      path,
      code: "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
      message: `Components displayable text size exceeds maximum size of ${TEXT_LENGTH_MAX}`,
    });
  const bytes = sum(all.map(({ component }) => COMPONENT_BYTES + bytesOf(component)));
  if (bytes > PROCESSED_BYTES_MAX)
    errors.push({
      path,
      code: "COMPONENTS_PROCESSED_SIZE_EXCEEDED",
      message: `500: Internal Server Error, for ${bytes} bytes instead of ${PROCESSED_BYTES_MAX}`,
    });
  return errors;
}

/** What people read. Discord says of "displayable text" only that text displays count; labels do here. */
function shownWords({ content, label, placeholder, options }: Json): readonly string[] {
  const choices = (options ?? []) as readonly Json[];
  const all = [content, label, placeholder, ...choices.flatMap((each) => [each.label, each.description])];
  return all.filter((each) => typeof each === "string");
}

/** The words of a component without those of the components in it. */
function bytesOf({ components: _, accessory: __, ...own }: Json): number {
  const count = (value: unknown): number => {
    if (typeof value === "string") return Buffer.byteLength(value);
    if (typeof value !== "object" || value === null) return 0;
    return sum(Object.values(value).map(count));
  };
  return count(own);
}

/** https://docs.discord.com/developers/components/reference#unfurled-media-item: `attachment://<filename>` is a file of the same message. */
function checkReferences(all: readonly Placed[], files: readonly string[]): readonly FormError[] {
  return all
    .flatMap(({ path, component }) => [
      { path: `${path}.media.url`, media: component.media },
      { path: `${path}.file.url`, media: component.file },
      ...((component.items ?? []) as readonly Json[]).map((item, index) => ({
        path: `${path}.items.${index}.media.url`,
        media: item.media,
      })),
    ])
    .flatMap(({ path, media }) => {
      const url = String((media as Json | undefined)?.url ?? "");
      if (!url.startsWith("attachment://") || files.includes(url.slice("attachment://".length))) return [];
      const message = `The referenced attachment ("${url}") was not found`;
      return [{ path, code: "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message }];
    });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
