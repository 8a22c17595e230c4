import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { CallFault, DiscordAnswer } from "../local-discord.ts";
import { noteAnswer, type OpenCall } from "../rest/call-log.ts";
import { toError, toRateLimited } from "../rest/rest-api.ts";
import { Refusal } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { answerText, cut } from "./read-request.ts";

export interface Answering {
  readonly world: World;
  readonly call: OpenCall;
  readonly response: ServerResponse;
  send(answer: DiscordAnswer): void;
}

/** Answers a call by `run`, unless a fault was asked for. */
export async function withFault(
  fault: CallFault | undefined,
  { world, call, response, send }: Answering,
  run: () => Promise<DiscordAnswer>,
): Promise<void> {
  switch (fault?.kind) {
    case "rate_limited": {
      const { retryAfterS, scope = "user", code } = fault;
      const special = code === undefined ? undefined : { code, message: "Try again later" };
      return send(toRateLimited(retryAfterS, scope, {}, special));
    }
    case "status":
      noteAnswer(call, { status: fault.status, code: undefined, headers: {}, body: undefined });
      return answerText(response, fault.status, "upstream connect error", "text/html");
    case "error": {
      const { status = 400, code, message = `Refused by a test (${code})` } = fault;
      return send(toError(new Refusal(status, code, message), {}));
    }
    case "reset_before":
      return cut(response);
    case "reset_after":
      await run();
      world.changed();
      return cut(response);
    case "lost_answer":
      await run();
      world.changed();
      return answerText(response, 500, "upstream connect error", "text/html");
    case "slow":
      await wait(fault.ms);
      return send(await run());
    case "slow_answer": {
      const answer = await run();
      world.changed();
      await wait(fault.ms);
      return send(answer);
    }
    case undefined:
      return send(await run());
  }
}
