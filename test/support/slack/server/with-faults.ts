import type { ServerResponse } from "node:http";
import type { OpenCall } from "../api/call-log.ts";
import { type ApiResponse, rateLimited } from "../api/web-api.ts";
import type { SlackFaultBox } from "../faults.ts";
import type { World } from "../world/world.ts";
import { answerJson, answerText, cut } from "./read-request.ts";

/** Answers a call by `run`, unless a fault was asked for. Notes the answer in the call. */
export type WithFaults = (response: ServerResponse, call: OpenCall, run: () => ApiResponse) => Promise<void>;

export function createWithFaults(world: World, faults: SlackFaultBox): WithFaults {
  const answer = (response: ServerResponse, call: OpenCall, { status, headers, body }: ApiResponse) => {
    const error = typeof body.error === "string" ? body.error : undefined;
    call.answer = { status, ok: status === 200 && error === undefined, error, body };
    answerJson(response, status, body, headers);
    world.changed();
  };
  return async (response, call, run) => {
    const fault = faults.takeCallFault(call.method);
    switch (fault?.kind) {
      case "rate_limited":
        return answer(response, call, rateLimited(fault.retryAfterS));
      case "status":
        call.answer = { status: fault.status, ok: false, error: undefined, body: {} };
        return answerText(response, fault.status, "upstream connect error", "text/html");
      case "error":
        return answer(response, call, { status: 200, headers: {}, body: { ok: false, error: fault.error } });
      case "reset_before":
        return cut(response);
      case "reset_after":
        run();
        world.changed();
        return cut(response);
      case "slow":
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
        return answer(response, call, run());
      case undefined:
        return answer(response, call, run());
    }
  };
}
