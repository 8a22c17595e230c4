import fc from "fast-check";
import { channelRef, groupRef, messageRef, userRef } from "../../../../adapters/discord/discord-refs.ts";
import type { Action, Card, Span } from "../../../../src/core/card.ts";
import type { AssetId } from "../../../../src/core/ids.ts";
import { HOSTILE } from "./hostile.ts";
import { GUILD } from "./real-cards.ts";

export const anyWords = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  // Lone halves of emoji, which are no text.
  { weight: 1, arbitrary: fc.constantFrom("\ud83d", "a\udc00b", "", " ", "\n\n", "\u202e", "\0") },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom("a", "*", "`", "🦊", "👩‍👩‍👧‍👦", "速", "e\u0301\u0302", "\n", "<@1>", "\\", "- "),
        fc.nat(6000),
      )
      .map(([unit, times]) => unit.repeat(times)),
  },
);

const anyId = fc.bigInt({ min: 10n ** 17n, max: 10n ** 19n }).map(String);

const anySpan: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ type: fc.constantFrom("text", "bold", "code"), text: anyWords }),
  fc.record({ type: fc.constant("user" as const), user: anyId.map((id) => userRef(GUILD, id)) }),
  fc.record({
    type: fc.constant("group" as const),
    group: fc.oneof(anyId, fc.constantFrom(GUILD, "manage")).map((id) => groupRef(GUILD, id)),
  }),
  fc.record({
    type: fc.constant("channel" as const),
    channel: anyId.map((channel) => channelRef({ guild: GUILD, channel })),
  }),
  fc.record({
    type: fc.constant("message" as const),
    message: anyId.map((id) => messageRef({ guild: GUILD, channel: id, message: id })),
    text: anyWords,
  }),
);

const anyAction = (index: number): fc.Arbitrary<Action> =>
  fc.record({
    id: fc.string({ unit: "grapheme-ascii", maxLength: 96 }).map((id) => `${index}:${id}`),
    label: fc.oneof(anyWords, fc.constant(`${index + 1}`)),
    style: fc.constantFrom("plain", "primary", "danger"),
  });

/** Any card at all, of any length, with refs that Discord's adapter made. */
export const anyCard: fc.Arbitrary<Card> = fc.record({
  tone: fc.constantFrom("busy", "info", "ok", "warn", "error"),
  summary: anyWords,
  body: fc.oneof(
    { weight: 5, arbitrary: fc.array(fc.array(anySpan, { maxLength: 6 }), { maxLength: 8 }) },
    { weight: 1, arbitrary: fc.array(fc.array(anySpan, { maxLength: 200 }), { maxLength: 2 }) },
    { weight: 1, arbitrary: fc.array(fc.array(anySpan, { maxLength: 2 }), { maxLength: 300 }) },
  ),
  picture: fc.option(
    fc.record({
      asset: fc.constant("asset" as AssetId),
      name: fc.constant("a.jpg"),
      alt: anyWords,
      full: fc.constant(undefined),
    }),
    { nil: undefined },
  ),
  actions: fc
    .nat(40)
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyAction(index)))),
  reactions: fc.constant([]),
  note: fc.option(anyWords, { nil: undefined }),
});
