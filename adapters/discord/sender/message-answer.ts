import { z } from "zod";

const SNOWFLAKE = z.string().regex(/^\d+$/);

/** What is read of a message: https://docs.discord.com/developers/resources/message#message-object. */
export const MESSAGE = z.object({
  id: SNOWFLAKE,
  channel_id: SNOWFLAKE,
  author: z.object({ id: SNOWFLAKE }),
  components: z.array(z.unknown()).default([]),
  reactions: z
    .array(
      z.object({
        emoji: z.object({ id: SNOWFLAKE.nullish(), name: z.string().nullish() }),
        count: z.number(),
        count_details: z.object({ burst: z.number(), normal: z.number() }),
        me: z.boolean(),
      }),
    )
    .default([]),
});
export type MessageAnswer = z.infer<typeof MESSAGE>;

/** https://docs.discord.com/developers/resources/user#user-object */
export const USER = z.object({ id: SNOWFLAKE, bot: z.boolean().default(false) });

/** An answer of which nothing is read. */
export const ANYTHING = z.unknown();
