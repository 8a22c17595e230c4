import fc from "fast-check";
import { channelRef, groupRef, messageRef, userRef } from "../../../../adapters/slack/slack-refs.ts";
import type { Action, Card, Span } from "../../../../src/core/card.ts";
import type { AssetId } from "../../../../src/core/ids.ts";
import { TEAM } from "./real-cards.ts";

/** What Slack would take for markup, a mention, a link, an emoji or a turn of direction, if it were let. */
export const HOSTILE = [
  "<!channel> <!here> <!everyone> <!subteam^S0DIRECT1>",
  "<@U0ADA0001> <#C0SPRING1|general>",
  "<https://evil.example|click> https://evil.example www.evil.example mailto:a@evil.example",
  "*bold* _italic_ ~strike~ `code` ```block``` > quote",
  ":wave: :sparkles::skin-tone-3:",
  "@channel @here @everyone #general",
  "&lt;!channel&gt; &amp;lt; a & b < c > d",
  "<!date^1392734382^Posted {date_num}|x>",
  '"}]}, {"type":"broadcast","range":"channel"}',
  "\\*not\\* \\<@U1\\>",
] as const;

/** As long as a prompt may be. */
export const EMOJI_WALL = "🦊".repeat(1000);

const anyWords = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  // Lone halves of emoji, which are no text.
  { weight: 1, arbitrary: fc.constantFrom("\ud83d", "a\udc00b", "", " ", "\n\n", "\u202e", "\0") },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom("a", "<", "&", "🦊", "👩‍👩‍👧‍👦", "速", "e\u0301\u0302", "\n", '"', "\\"),
        fc.nat(6000),
      )
      .map(([unit, times]) => unit.repeat(times)),
  },
);

const anyId = (prefix: string) =>
  fc
    .string({ unit: fc.constantFrom(..."ABCDEFGHIJ0123456789"), minLength: 8, maxLength: 11 })
    .map((id) => prefix + id);
const anyChannel = anyId("C").map((id) => ({ team: TEAM, channel: id }));

const anySpan: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ type: fc.constantFrom("text", "bold", "code"), text: anyWords }),
  fc.record({ type: fc.constant("user" as const), user: anyId("U").map((id) => userRef(TEAM, id)) }),
  fc.record({
    type: fc.constant("group" as const),
    group: anyId("S").map((id) => groupRef(TEAM, id)),
  }),
  fc.record({ type: fc.constant("channel" as const), channel: anyChannel.map(channelRef) }),
  fc.record({
    type: fc.constant("message" as const),
    message: anyChannel.map((at) => messageRef({ ...at, ts: "1700000000.000100" })),
    text: anyWords,
  }),
);

const anyAction: fc.Arbitrary<Action> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 100 }),
  label: fc.oneof(anyWords, fc.integer({ min: 1, max: 16 }).map(String)),
  style: fc.constantFrom("plain", "primary", "danger"),
});

/** Any card at all, of any length, with refs that Slack's adapter made. */
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
  actions: fc.array(anyAction, { maxLength: 40 }),
  reactions: fc.constant([]),
  note: fc.option(anyWords, { nil: undefined }),
});
