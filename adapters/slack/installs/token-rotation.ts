import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { Secret } from "../../../src/core/secret.ts";
import { ChatError } from "../../../src/ports/chat.ts";
import type { Clock, Log } from "../../../src/ports/log.ts";
import { refusalOf, toChatError } from "../slack-errors.ts";
import type { InstallStore, Kept } from "./install-store.ts";
import type { Installation } from "./installation.ts";
import { CALL_TIMEOUT_MS, type SlackClients } from "./slack-client.ts";

/** Keeps tokens that end after 12 hours alive: https://docs.slack.dev/authentication/using-token-rotation. */
export interface TokenRotation {
  /**
   * The installation with a token that is good for a while: refreshed when it ends in less than 2 hours.
   *
   * A refresh token may be used once, and one process at a time uses it: the others go on with the token
   * that they have, as long as it lasts. When the answer of Slack is lost (a crash, a broken line), the
   * new tokens are lost with it; the old refresh token is tried again after the claim has run out, since
   * Slack may not have heard, or may hand out another pair. If Slack has revoked it, the token at hand
   * works until its end, and after that the app has to be installed again.
   *
   * @throws ChatError `gone`, `refused`, `unavailable`.
   */
  fresh(kept: Kept): Promise<Installation>;
}

interface Parts {
  readonly store: InstallStore;
  readonly clients: SlackClients;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly clock: Clock;
  readonly log: Log;
}

interface Failure {
  readonly sealed: string;
  readonly trouble: ChatError;
  readonly until: number;
}

const HOUR_MS = 3_600_000;
/** As Slack's own SDKs do. */
const DUE_BEFORE_END_MS = 2 * HOUR_MS;
/** A token that ends sooner is not handed out: it has to last for the call that it is for. */
const USABLE_BEFORE_END_MS = 30_000;
/** Three times as long as Slack may take to answer. */
const CLAIM_MS = 3 * CALL_TIMEOUT_MS;
/** After a failure without an answer. */
const PAUSE_MS = 5_000;
/** How often, and how many times, to look whether another process has ended. */
const LOOK_MS = 100;
const LOOKS_MAX = 20;
/** How often to try to keep tokens that Slack gives only once: within half of a claim, with longer and longer breaks. */
const KEEP_TRIES_MAX = 8;

/** https://docs.slack.dev/reference/methods/oauth.v2.access */
const REFRESHED = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  /** s */
  expires_in: z.number().positive(),
  scope: z.string().optional(),
  token_type: z.literal("bot"),
  is_enterprise_install: z.boolean().optional(),
  team: z.object({ id: z.string() }).nullish(),
  enterprise: z.object({ id: z.string() }).nullish(),
});

export function createTokenRotation(parts: Parts): TokenRotation {
  const { store, clients, clientId, clientSecret, clock, log } = parts;
  const client = clients.open(undefined);
  const running = new Map<string, Promise<Installation>>();
  /** What has just failed is not tried again for each message. */
  const failures = new Map<string, Failure>();

  const lastsMs = ({ rotation }: Installation) =>
    rotation === undefined ? Number.POSITIVE_INFINITY : rotation.endsAt.getTime() - clock().getTime();
  const isDue = (installation: Installation) => lastsMs(installation) < DUE_BEFORE_END_MS;
  const isUsable = (installation: Installation) => lastsMs(installation) > USABLE_BEFORE_END_MS;

  async function rotate(found: Kept): Promise<Installation> {
    let kept: Kept | undefined = found;
    for (let looks = 0; looks < LOOKS_MAX; looks++) {
      const before = performance.now();
      const claim = await store.claim(kept, CLAIM_MS);
      // A process that was held up for too long may no longer be alone.
      const isInTime = performance.now() - before < CLAIM_MS - CALL_TIMEOUT_MS;
      if (claim !== undefined && isInTime) return refresh(kept, claim);
      kept = await store.find(kept.id);
      if (kept === undefined) throw new ChatError("gone", `${found.id} has removed the app`);
      if (isUsable(kept.installation)) return kept.installation;
      await delay(LOOK_MS);
    }
    throw new ChatError("unavailable", `the token of ${found.id} has ended, and is being refreshed`, {
      retryAfterMs: PAUSE_MS,
    });
  }

  async function refresh(kept: Kept, claim: string): Promise<Installation> {
    const { id, installation } = kept;
    let next: Installation;
    try {
      next = await askForNext(installation);
    } catch (error) {
      const trouble = toChatError(`the refresh of the token of ${id}`, error);
      // Once Slack has refused, only a person can help.
      const pauseMs = trouble.kind === "refused" ? CLAIM_MS : (trouble.retryAfterMs ?? PAUSE_MS);
      failures.set(id, { sealed: kept.sealed, trouble, until: clock().getTime() + pauseMs });
      log.warn("slack.token_not_refreshed", { install: id, refusal: refusalOf(error) });
      await store.release(claim, pauseMs);
      if (isUsable(installation)) return installation;
      throw trouble;
    }
    if (await keep(claim, next)) return next;
    const current = await store.find(id);
    if (current === undefined) throw new ChatError("gone", `${id} has removed the app`);
    return current.installation;
  }

  async function askForNext(installation: Installation): Promise<Installation> {
    const answer = await client.oauth.v2.access({
      client_id: clientId,
      client_secret: clientSecret.reveal(),
      grant_type: "refresh_token",
      refresh_token: installation.rotation?.refreshToken.reveal() ?? "",
    });
    const given = REFRESHED.safeParse(answer).data;
    const home = given?.is_enterprise_install === true ? given.enterprise : given?.team;
    if (given === undefined || home?.id !== installation.id) {
      throw new ChatError(
        "unavailable",
        `Slack has answered the refresh of ${installation.id} in another form`,
      );
    }
    return {
      ...installation,
      scopes: given.scope?.split(",") ?? installation.scopes,
      token: new Secret(given.access_token),
      rotation: {
        refreshToken: new Secret(given.refresh_token),
        endsAt: new Date(clock().getTime() + given.expires_in * 1000),
      },
    };
  }

  async function keep(claim: string, next: Installation): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      try {
        return await store.replace(claim, next);
      } catch (error) {
        if (tries === KEEP_TRIES_MAX) throw error;
        log.warn("slack.token_not_kept", { install: next.id, tries });
        await delay(LOOK_MS * 2 ** tries);
      }
    }
  }

  return {
    async fresh(kept) {
      if (!isDue(kept.installation)) return kept.installation;
      const failure = failures.get(kept.id);
      if (failure?.sealed === kept.sealed && clock().getTime() < failure.until) {
        if (isUsable(kept.installation)) return kept.installation;
        throw failure.trouble;
      }
      failures.delete(kept.id);
      const known = running.get(kept.id);
      if (known !== undefined) return known;
      const rotation = rotate(kept).finally(() => running.delete(kept.id));
      running.set(kept.id, rotation);
      return rotation;
    },
  };
}
