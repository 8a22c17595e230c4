import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers every generation at once, with one and the same image, as the Gemini API does: https://ai.google.dev/api/generate-content. */
export interface ReadyGoogle {
  readonly url: URL;
  close(): Promise<void>;
}

export async function openReadyGoogle(image: Buffer): Promise<ReadyGoogle> {
  const parts = [{ inlineData: { mimeType: "image/png", data: image.toString("base64") } }];
  const answer = Buffer.from(
    JSON.stringify({
      candidates: [{ content: { role: "model", parts }, finishReason: "STOP", index: 0 }],
      usageMetadata: {
        promptTokenCount: 10,
        candidatesTokenCount: 1120,
        totalTokenCount: 1130,
        candidatesTokensDetails: [{ modality: "IMAGE", tokenCount: 1120 }],
      },
      modelVersion: "bench",
      responseId: "bench",
    }),
  );
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "application/json", "content-length": answer.length });
      response.end(answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1beta`),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
