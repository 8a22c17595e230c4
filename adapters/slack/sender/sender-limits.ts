import { CALL_TIMEOUT_MS } from "../installs/slack-client.ts";

/** `burst` calls at once, then `perMinute` evenly. In no minute more than both together. */
export interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

const TIER_3: Rate = { burst: 10, perMinute: 38 };
const TIER_4: Rate = { burst: 20, perMinute: 76 };

/**
 * How fast each method may be called in one workspace. Slack counts by method, app and workspace, in
 * windows of a minute (tier 3: 50, tier 4: 100): https://docs.slack.dev/apis/web-api/rate-limits. The tier
 * of each is on its page under https://docs.slack.dev/reference/methods. Posts have "several hundred a
 * minute" in a workspace; of statuses and permalinks Slack says no figure.
 */
export const METHOD_RATES = {
  "chat.postMessage": { burst: 40, perMinute: 160 },
  "chat.update": TIER_3,
  "chat.postEphemeral": TIER_4,
  "reactions.add": TIER_3,
  "reactions.get": TIER_3,
  "files.getUploadURLExternal": TIER_4,
  "files.completeUploadExternal": TIER_4,
  "files.info": TIER_4,
  "conversations.join": TIER_3,
  "conversations.history": TIER_3,
  "conversations.replies": TIER_3,
  "assistant.threads.setStatus": TIER_3,
  "chat.getPermalink": TIER_4,
} as const satisfies Readonly<Record<string, Rate>>;
export type SlackMethod = keyof typeof METHOD_RATES;

/** All figures that the sender goes by. */
export interface SenderLimits {
  readonly methods: Readonly<Record<SlackMethod, Rate>>;
  /** Posts in one channel. */
  readonly channel: Rate;
  /** How long Slack's minute takes, in milliseconds. */
  readonly minuteMs: number;
  /** A call that would have to wait longer than so many milliseconds comes back instead. */
  readonly waitMsMax: number;
  /** How many pictures are read and uploaded at once. */
  readonly uploadsMax: number;
  /** How long the bytes of one picture may take to go up, in milliseconds. */
  readonly uploadMsMax: number;
  /** The waits between looks at a file that Slack is processing, in milliseconds; the last one again and again. */
  readonly looksMs: readonly number[];
  /** For so long altogether, in one try, and the rest of a look. */
  readonly looksMsMax: number;
  /** How often a post is repeated for a picture that Slack does not take yet, and how far apart. */
  readonly blockTriesMax: number;
  readonly blockTryMs: number;
  /** After so many milliseconds of trouble with a picture its message is shown without it. */
  readonly patienceMs: number;
  /** A file that Slack has not processed by then is uploaded again. */
  readonly stuckMs: number;
  /** A message that is older than so many milliseconds gets no more seeds. */
  readonly seedMsMax: number;
  /**
   * A message is not posted when getting its picture there took longer: somebody else may be posting it by
   * then. A single call that hangs is no reason to come back, since it may hang again.
   */
  readonly prepareMsMax: number;
}

export const SENDER_LIMITS: SenderLimits = {
  methods: METHOD_RATES,
  // "Generally allows posting one message per second per channel", "short bursts > 1 allowed".
  channel: { burst: 3, perMinute: 60 },
  minuteMs: 60_000,
  waitMsMax: 2_000,
  uploadsMax: 2,
  uploadMsMax: 60_000,
  looksMs: [250, 500, 1_000, 2_000],
  looksMsMax: 15_000,
  blockTriesMax: 3,
  blockTryMs: 1_500,
  patienceMs: 60_000,
  stuckMs: 600_000,
  seedMsMax: 90_000,
  prepareMsMax: 2 * CALL_TIMEOUT_MS + 5_000,
};
