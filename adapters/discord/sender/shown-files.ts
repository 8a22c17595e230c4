import { z } from "zod";

/** A picture that a message carries. */
export interface StandingFile {
  readonly id: string;
  readonly name: string;
}

/** https://docs.discord.com/developers/components/reference#unfurled-media-item */
const MEDIA = z.object({ url: z.string(), attachment_id: z.string().optional() });
/** A component with pictures of its own, or with components in it. */
const COMPONENT = z.object({
  components: z.array(z.unknown()).default([]),
  items: z.array(z.object({ media: MEDIA }).transform(({ media }) => media)).default([]),
  file: MEDIA.optional(),
});

/** `…/attachments/{channel}/{attachment}/{name}?…`: https://docs.discord.com/developers/reference#signed-attachment-cdn-urls */
const ADDRESS = /\/attachments\/\d+\/(\d+)\/([^/?#]+)/;

/**
 * The attachments that components show. A message does not list these: its `attachments` are those "not referenced in
 * embeds or components" (https://docs.discord.com/developers/resources/message#message-object).
 */
export function shownFiles(components: readonly unknown[]): readonly StandingFile[] {
  return components.flatMap((each) => {
    const { data } = COMPONENT.safeParse(each);
    if (data === undefined) return [];
    const media = [...data.items, ...(data.file === undefined ? [] : [data.file])];
    return [...media.flatMap(toFile), ...shownFiles(data.components)];
  });
}

function toFile({ url, attachment_id }: z.output<typeof MEDIA>): readonly StandingFile[] {
  const [, id, name] = ADDRESS.exec(url) ?? [];
  if (id === undefined || name === undefined) return [];
  return [{ id: attachment_id ?? id, name: decodeURIComponent(name) }];
}
