import { type APIInteraction, type Client, GatewayDispatchEvents } from "discord.js";
import { type ApiAnswer, callApi } from "./call-api.ts";
import type { LocalDiscord } from "./local-discord.ts";

/** Interactions as they came over the gateway, to be answered by hand. */
export interface RawAnswers {
  readonly heard: readonly APIInteraction[];
  /** The next interaction that nobody has taken yet. */
  next(): Promise<APIInteraction>;
  answer(interaction: APIInteraction, type: number, data?: unknown): Promise<ApiAnswer>;
  /** A call of the webhook that the interaction's token opens: `PATCH /messages/@original`. */
  hook(interaction: APIInteraction, route: string, body?: unknown): Promise<ApiAnswer>;
}

export function createRawAnswers(discord: LocalDiscord): RawAnswers & { listen(client: Client): void } {
  const heard: APIInteraction[] = [];
  let taken = 0;
  return {
    heard,
    listen(client) {
      client.ws.on(GatewayDispatchEvents.InteractionCreate, (data) => heard.push(data as APIInteraction));
    },
    async next() {
      taken += 1;
      return discord.until(() => heard[taken - 1]);
    },
    answer: ({ id, token }, type, data) =>
      callApi(discord, `POST /interactions/${id}/${token}/callback?with_response=true`, {
        body: { type, ...(data === undefined ? {} : { data }) },
        authorization: null,
      }),
    hook({ token }, route, body) {
      const [method, path = ""] = route.split(" ");
      const address = `${method} /webhooks/${discord.applicationId}/${token}${path}`;
      return callApi(discord, address, { authorization: null, ...(body === undefined ? {} : { body }) });
    },
  };
}
