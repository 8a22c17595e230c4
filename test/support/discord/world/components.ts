import { linkTo } from "./attachments.ts";
import type { AttachmentRecord, Json } from "./records.ts";
import type { World } from "./world.ts";

// Walks through components: https://docs.discord.com/developers/components/reference

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** A component and everything in it, in the order in which people see it. */
export function allOf(components: readonly Json[]): readonly Json[] {
  return components.flatMap((each) => [
    each,
    ...allOf(listOf(each.components)),
    ...allOf(
      [each.accessory, each.component].filter((inner) => inner !== undefined && inner !== null) as Json[],
    ),
  ]);
}

/** The words of text displays. */
export function textsOf(components: readonly Json[]): readonly string[] {
  return allOf(components)
    .filter((each) => each.type === 10)
    .map((each) => String(each.content ?? ""));
}

/** A picture or file that a component shows. */
export interface Shown {
  readonly component: Json;
  readonly media: Json;
  readonly description: string;
}

/** Of galleries (12), thumbnails (11) and files (13). */
export function mediaOf(components: readonly Json[]): readonly Shown[] {
  const shown = (component: Json, media: unknown, description: unknown): Shown => ({
    component,
    media: (media ?? {}) as Json,
    description: typeof description === "string" ? description : "",
  });
  return allOf(components).flatMap((each) => {
    if (each.type === 12) return listOf(each.items).map((item) => shown(each, item.media, item.description));
    if (each.type === 11) return [shown(each, each.media, each.description)];
    return each.type === 13 ? [shown(each, each.file, undefined)] : [];
  });
}

/** Ids that are not given (or 0) are filled in: https://docs.discord.com/developers/components/reference#anatomy-of-a-component */
export function withIds(components: readonly Json[]): readonly Json[] {
  const taken = new Set(allOf(components).map((each) => each.id));
  let next = 0;
  const free = () => {
    do next += 1;
    while (taken.has(next));
    return next;
  };
  const fill = (component: Json): Json => {
    const id =
      component.id === undefined || component.id === null || component.id === 0 ? free() : component.id;
    return {
      ...component,
      id,
      ...(Array.isArray(component.components) ? { components: listOf(component.components).map(fill) } : {}),
      ...(component.accessory ? { accessory: fill(component.accessory as Json) } : {}),
    };
  };
  return components.map(fill);
}

export function nameIn(url: unknown): string | undefined {
  return typeof url === "string" && url.startsWith("attachment://") ? url.slice(13) : undefined;
}

/** As Discord shows them: with addresses, sizes and types of the media. */
export function toShownComponents(
  world: World,
  components: readonly Json[],
  attachments: readonly AttachmentRecord[],
): readonly Json[] {
  const resolve = (media: Json): Json => {
    const attachment = attachments.find((each) => each.name === nameIn(media.url));
    if (attachment === undefined) return { ...media, loading_state: 2, flags: 0 };
    const url = linkTo(world, attachment);
    return {
      id: attachment.id,
      url,
      proxy_url: url,
      width: attachment.width ?? null,
      height: attachment.height ?? null,
      content_type: attachment.contentType,
      attachment_id: attachment.id,
      loading_state: 2,
      flags: 0,
    };
  };
  const show = (component: Json): Json => {
    const file = attachments.find((each) => each.name === nameIn((component.file as Json | undefined)?.url));
    return {
      ...component,
      ...(Array.isArray(component.components) ? { components: listOf(component.components).map(show) } : {}),
      ...(component.accessory ? { accessory: show(component.accessory as Json) } : {}),
      ...(component.media
        ? { media: resolve(component.media as Json), spoiler: component.spoiler ?? false }
        : {}),
      ...(component.file
        ? { file: resolve(component.file as Json), spoiler: component.spoiler ?? false }
        : {}),
      ...(file === undefined ? {} : { name: file.name, size: file.bytes.length }),
      ...(component.type === 12
        ? {
            items: listOf(component.items).map((item) => ({
              description: null,
              spoiler: false,
              ...item,
              media: resolve((item.media ?? {}) as Json),
            })),
          }
        : {}),
    };
  };
  return components.map(show);
}
