import type { SlackMessage } from "../slack-refs.ts";

/**
 * Leads to a message: its permalink, as https://docs.slack.dev/reference/methods/chat.getPermalink gives it,
 * where it is known what the workspace is called. Otherwise an address that names the workspace by its id
 * (`slack.com/archives/…` opens whichever somebody used last) and opens the app where there is one; a client
 * that does not know `message_ts` stops at the channel. https://docs.slack.dev/interactivity/deep-linking
 *
 * @param url of the workspace, such as `https://acme.slack.com/`.
 */
export function messageLink({ team, channel, ts }: SlackMessage, url: string | undefined): string {
  return url === undefined
    ? `https://slack.com/app_redirect?${new URLSearchParams({ team, channel, message_ts: ts })}`
    : new URL(`/archives/${channel}/p${ts.replace(".", "")}`, url).href;
}
