import { ChatError } from "../../../src/ports/chat.ts";

/**
 * "Files can be sent as raw bytes", to the address as Slack gave it, which is permission enough:
 * https://docs.slack.dev/reference/methods/files.getUploadURLExternal
 *
 * @throws ChatError
 */
export async function sendBytes(url: string, bytes: Uint8Array, timeoutMs: number): Promise<void> {
  const status = await post(url, bytes, timeoutMs);
  if (status === 200) return;
  if (status === 413) throw new ChatError("refused", "The picture is larger than this workspace takes.");
  throw new ChatError("unavailable", `Slack did not take an upload: status ${status}`);
}

async function post(url: string, bytes: Uint8Array, timeoutMs: number): Promise<number> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: Uint8Array.from(bytes),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch (error) {
    throw new ChatError("unavailable", "Slack gave no answer to an upload", { cause: error });
  }
}
