import { AuthorizationError } from "@slack/bolt";
import { ChatError } from "../../../src/ports/chat.ts";

/** Whether a delivery is for a workspace that has not installed the app: delivered again, it would be refused again. */
export function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof AuthorizationError)) return false;
  return error.original instanceof ChatError && error.original.kind === "gone";
}
