import { createHmac, randomUUID } from "node:crypto";
import type { FetchFunction } from "@slack/web-api";
import type { Secret } from "../../../src/core/secret.ts";
import { bad, type Finding, fine, warn } from "../../../src/ports/finding.ts";
import type { Clock } from "../../../src/ports/log.ts";
import { checkPort, type PortParts } from "./check-port.ts";
import { APPS, reasonOf } from "./trouble.ts";

export interface HttpParts extends PortParts {
  readonly publicUrl: URL | undefined;
  readonly signingSecret: Secret;
  readonly fetch: FetchFunction;
  readonly clock: Clock;
}

const ANSWER_MS_MAX = 10_000;

/** Whether Slack's requests arrive at a Draftroom that knows the same signing secret. */
export async function checkHttp(parts: HttpParts): Promise<readonly Finding[]> {
  const { publicUrl } = parts;
  if (publicUrl === undefined) {
    const says = "SLACK_PUBLIC_URL is not set, so nobody looked whether Slack can reach Draftroom.";
    const step = "Set it to the address that you gave to npm run slack:manifest -- --url.";
    return [...(await checkPort(parts)), warn(says, step)];
  }
  const health = new URL("health", publicUrl);
  try {
    const { status } = await parts.fetch(health, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    if (status !== 200) {
      const step = `Let the proxy pass everything below ${publicUrl} on to SLACK_PORT.`;
      return [bad(`${health} answers with ${status}: it is not Draftroom, or it is not well.`, step)];
    }
    return [fine(`${health} answers.`), await checkSignature(parts, publicUrl)];
  } catch (error) {
    const step = `Start Draftroom first; then see that its name, certificate and proxy lead to SLACK_PORT.`;
    return [...(await checkPort(parts)), bad(`${health} does not answer (${reasonOf(error)}).`, step)];
  }
}

/** Asks as Slack does before it believes an address: https://docs.slack.dev/reference/events/url_verification */
async function checkSignature({ fetch, signingSecret, clock }: HttpParts, publicUrl: URL): Promise<Finding> {
  const events = new URL("slack/events", publicUrl);
  const challenge = randomUUID();
  const body = JSON.stringify({ type: "url_verification", challenge });
  const ask = async (secret: string) => {
    const headers = { "content-type": "application/json", ...sign(body, secret, clock()) };
    const signal = AbortSignal.timeout(ANSWER_MS_MAX);
    const response = await fetch(events, { method: "POST", headers, body, signal });
    return { status: response.status, text: await response.text() };
  };
  const right = await ask(signingSecret.reveal());
  if (right.status === 401 || right.status === 403) {
    const where = `${APPS} → your app → Basic Information → Signing Secret`;
    const says = `${events} refuses what is signed with SLACK_SIGNING_SECRET.`;
    return bad(
      says,
      `Copy it again from ${where}, start Draftroom again, and compare its clock to this one's.`,
    );
  }
  if (right.status !== 200 || !right.text.includes(challenge)) {
    const step = "See that the proxy passes on bodies and the headers X-Slack-… as they are.";
    return bad(`${events} does not answer as Draftroom does (${right.status}).`, step);
  }
  const forged = await ask(randomUUID());
  return forged.status === 200
    ? bad(
        `${events} takes requests that nobody signed: it is not Draftroom.`,
        "Let the proxy lead to SLACK_PORT.",
      )
    : fine(`${events} takes what Slack signs, and nothing else.`);
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
function sign(body: string, secret: string, at: Date): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1000);
  const digest = createHmac("sha256", secret).update(`v0:${seconds}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": `${seconds}`, "x-slack-signature": `v0=${digest}` };
}
