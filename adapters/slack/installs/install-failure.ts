import { ErrorCode } from "@slack/oauth";
import { refusalOf } from "../slack-errors.ts";
import type { Page, PageButton } from "./install-page.ts";

/** What went wrong with an installation: the page for whoever tried, and a word for the log. */
export interface InstallFailure {
  readonly word: string;
  readonly page: Page;
}

/** Nothing was installed, because of ourselves. */
export class NotKept extends Error {
  override readonly name = "NotKept";
}

/**
 * @param error as Slack's OAuth package gives it.
 * @param told the `error` with which Slack sent the person back, if it did.
 */
export function readFailure(
  error: Error & { code: string },
  told: string | undefined,
  again: string,
): InstallFailure {
  const button = { label: "Start again", href: again };
  if (error.code === ErrorCode.AuthorizationError) {
    return failure("denied", 200, button, "Nothing was installed", [
      "You did not give Draftroom the permissions.",
    ]);
  }
  if (told !== undefined) {
    return failure(told, 400, button, "Slack did not install it", [`Slack says: ${told}.`]);
  }
  if (error.code === ErrorCode.InvalidStateError || error.code === ErrorCode.MissingStateError) {
    return failure("state", 400, button, "This link does not belong to this browser", [
      "Installing has to begin and end in the same browser, within 10 minutes. This visit changed nothing: if Draftroom is installed already, try /draft in a channel.",
    ]);
  }
  if (error.code === ErrorCode.MissingCodeError) {
    return failure("no_code", 400, button, "Something is missing in this link", ["Nothing was installed."]);
  }
  if (error instanceof NotKept) {
    return failure("not_kept", 500, button, "It could not be saved", [
      "Slack has given its permission, but Draftroom could not keep it. Try again in a minute.",
    ]);
  }
  return readRefusal(refusalOf(error), button);
}

export function createBrokenPage(again: string): Page {
  const button = { label: "Start again", href: again };
  return failure("broken", 500, button, "Something broke here", [
    "Nothing was installed. Try again in a minute.",
  ]).page;
}

/** https://docs.slack.dev/reference/methods/oauth.v2.access */
function readRefusal(refusal: string | undefined, button: PageButton): InstallFailure {
  switch (refusal) {
    case undefined:
      return failure("no_answer", 502, button, "Slack does not answer", [
        "Nothing was installed. Try again in a minute.",
      ]);
    case "invalid_code":
      return failure(refusal, 400, button, "This link was used before, or is too old", [
        "Draftroom may be installed already: try /draft. If not, start again.",
      ]);
    case "bad_client_secret":
    case "invalid_client_id":
      return failure(refusal, 500, undefined, "Draftroom is not set up right", [
        "Slack does not know it by its client id and secret. Whoever runs it has to check SLACK_CLIENT_ID and SLACK_CLIENT_SECRET.",
      ]);
    case "bad_redirect_uri":
      return failure(refusal, 500, undefined, "Draftroom is not set up right", [
        "Its address is not among the redirect URLs of the app. Whoever runs it has to check SLACK_PUBLIC_URL, and OAuth & Permissions on the app's page.",
      ]);
    case "cannot_install_an_org_installed_app":
      return failure(refusal, 400, undefined, "Your organization has it already", [
        "Ask an admin of your organization to add this workspace to the app.",
      ]);
    case "user_email_unverified":
      return failure(refusal, 400, button, "Your email address is not verified", [
        "Verify it in Slack, and start again.",
      ]);
    default:
      return failure(refusal, 400, button, "Slack did not install it", [`Slack says: ${refusal}.`]);
  }
}

function failure(
  word: string,
  status: number,
  button: PageButton | undefined,
  title: string,
  words: readonly string[],
): InstallFailure {
  return { word, page: { status, title, words, steps: [], button, scopes: [] } };
}
