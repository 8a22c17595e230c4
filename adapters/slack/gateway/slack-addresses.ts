import { isLoopback } from "../../../src/core/loopback.ts";

/** Where Slack's own services are: https://docs.slack.dev/authentication/verifying-requests-from-slack, and its GovSlack twin. */
const HOMES = ["slack.com", "slack-gov.com"];

/**
 * An address that came from outside, when it is Slack's: one of its hosts, or the host of the
 * configured API. Undefined for any other, which gets neither a token nor a word from us.
 */
export function toSlackAddress(address: string, apiUrl: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  if (!isSafe || url.username !== "" || url.password !== "") return undefined;
  const isHome = HOMES.some((home) => url.hostname === home || url.hostname.endsWith(`.${home}`));
  return (isHome && url.port === "") || url.origin === new URL(apiUrl).origin ? url : undefined;
}
