import { z } from "zod";

const code = z
  .string()
  .regex(/^[A-Z0-9_]{1,60}$/)
  .optional()
  .catch(undefined);
const label = z.string().min(1).max(200).optional().catch(undefined);
const count = z.number().int().nonnegative().default(0).catch(0);

const tokens = z
  .array(z.object({ modality: z.string().catch(""), tokenCount: count }))
  .default([])
  .catch([]);

const part = z.object({
  inlineData: z.object({ mimeType: z.string().startsWith("image/"), data: z.string() }),
  thought: z.boolean().optional().catch(undefined),
});

/**
 * What matters of an answer, as https://ai.google.dev/api/generate-content#generatecontentresponse has it. Each
 * part by itself: no oddity in one loses what was paid for in another.
 */
export const ANSWER = z.object({
  candidates: z
    .array(
      z.object({
        content: z
          .object({ parts: z.array(part.optional().catch(undefined)).catch([]) })
          .optional()
          .catch(undefined),
        finishReason: code,
        continuationToken: z.string().optional().catch(undefined),
      }),
    )
    .default([])
    .catch([]),
  promptFeedback: z.object({ blockReason: code }).optional().catch(undefined),
  usageMetadata: z
    .object({
      promptTokenCount: count,
      candidatesTokenCount: count,
      thoughtsTokenCount: count,
      toolUsePromptTokenCount: count,
      promptTokensDetails: tokens,
      candidatesTokensDetails: tokens,
    })
    .optional()
    .catch(undefined),
  modelVersion: label,
  responseId: label,
});

export type Answer = z.output<typeof ANSWER>;
export type Usage = NonNullable<Answer["usageMetadata"]>;
