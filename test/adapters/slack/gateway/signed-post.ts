import { createHmac } from "node:crypto";

export interface SignedPost {
  readonly secret: string;
  /** In seconds since the epoch; now, unless said. */
  readonly at?: number;
  readonly contentType?: string;
}

/** A request as Slack signs it: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function postSigned(url: string, body: string, options: SignedPost): Promise<Response> {
  const { secret, at = Math.floor(Date.now() / 1000), contentType = "application/json" } = options;
  const signature = createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex");
  return fetch(url, {
    method: "POST",
    headers: {
      "content-type": contentType,
      "x-slack-request-timestamp": String(at),
      "x-slack-signature": `v0=${signature}`,
    },
    body,
  });
}
