import { answer, followUp, openToken } from "../../world/answers.ts";
import { FLAG } from "../../world/check-body.ts";
import { toMessageJson } from "../../world/message-json.ts";
import { deleteMessage, editMessage, isThere, type Write } from "../../world/messages.ts";
import type { InteractionRecord, Json, MessageRecord } from "../../world/records.ts";
import { unknownInteraction, unknownMessage } from "../../world/refusal.ts";
import type { World } from "../../world/world.ts";
import {
  type Bucket,
  EDIT_FIELDS,
  MESSAGE_FIELDS,
  NO_CONTENT,
  ok,
  type Route,
  type RouteCall,
} from "../route.ts";

// https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints

/** "Interactions webhooks share the same rate limit properties as normal webhooks." One bucket for each token. */
const WEBHOOK: Bucket = { name: "webhook", limit: 5, windowMs: 2000 };
const HOOK = "/webhooks/{application}/{token}";

export const INTERACTION_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/interactions/{interaction}/{token}/callback",
    auth: "none",
    fields: ["type", "data"],
    query: ["with_response"],
    bucket: { name: "callback", limit: 5, windowMs: 2000 },
    run: takeAnswer,
  },
  {
    method: "POST",
    path: HOOK,
    auth: "none",
    fields: MESSAGE_FIELDS,
    query: ["wait", "with_components"],
    bucket: WEBHOOK,
    run(call) {
      const interaction = openFor(call);
      return ok(toMessageJson(call.world, followUp(call.world, interaction, writeOf(call, interaction))));
    },
  },
  {
    method: "GET",
    path: `${HOOK}/messages/{message}`,
    auth: "none",
    bucket: WEBHOOK,
    run: (call) => ok(toMessageJson(call.world, messageOf(call.world, openFor(call), call.param("message")))),
  },
  {
    method: "PATCH",
    path: `${HOOK}/messages/{message}`,
    auth: "none",
    fields: EDIT_FIELDS,
    query: ["with_components"],
    bucket: WEBHOOK,
    run(call) {
      const interaction = openFor(call);
      const message = messageOf(call.world, interaction, call.param("message"));
      editMessage(call.world, message, writeOf(call, interaction));
      return ok(toMessageJson(call.world, message));
    },
  },
  {
    method: "DELETE",
    path: `${HOOK}/messages/{message}`,
    auth: "none",
    bucket: WEBHOOK,
    run(call) {
      const message = messageOf(call.world, openFor(call), call.param("message"));
      deleteMessage(call.world, message);
      return NO_CONTENT;
    },
  },
];

function openFor({ world, param }: RouteCall): InteractionRecord {
  return openToken(world, param("application"), param("token"));
}

function writeOf(call: RouteCall, interaction: InteractionRecord): Write {
  return { body: call.json, files: call.files, limit: interaction.attachmentLimit };
}

function takeAnswer(call: RouteCall) {
  const { world, json } = call;
  const interaction = world.interactions.get(call.param("interaction"));
  if (interaction === undefined || interaction.token !== call.param("token")) throw unknownInteraction();
  answer(world, interaction, json, call.files);
  return call.query.get("with_response") === "true" ? ok(toCallbackJson(world, interaction)) : NO_CONTENT;
}

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object */
function toCallbackJson(world: World, interaction: InteractionRecord): Json {
  const { id, type, answer: taken, original } = interaction;
  const created = taken === 4 || taken === 5 ? original : undefined;
  const shown = taken === 4 || taken === 7 ? original : undefined;
  return {
    interaction: {
      id,
      type,
      ...(created === undefined
        ? {}
        : {
            response_message_id: created.id,
            response_message_loading: (created.flags & FLAG.loading) !== 0,
            response_message_ephemeral: created.ephemeralFor !== undefined,
          }),
    },
    ...(taken === 8 || taken === 9 || taken === 6
      ? {}
      : {
          resource: { type: taken, ...(shown === undefined ? {} : { message: toMessageJson(world, shown) }) },
        }),
  };
}

/** `@original`, or a message of that token by its id. */
function messageOf(world: World, interaction: InteractionRecord, id: string): MessageRecord {
  const { original } = interaction;
  const message = id === "@original" || id === original?.id ? original : interaction.followUps.get(id);
  if (message === undefined || !isThere(world, message)) throw unknownMessage();
  return message;
}
