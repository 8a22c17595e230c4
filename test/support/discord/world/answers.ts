import { checkModal } from "../components/check-modal.ts";
import { FLAG } from "./check-body.ts";
import { listOf } from "./components.ts";
import type { FilePart } from "./message-files.ts";
import { createMessage, editMessage, isThere, type Write } from "./messages.ts";
import type { InteractionRecord, Json, MessageRecord } from "./records.ts";
import { invalid, invalidForm, Refusal, unknownInteraction } from "./refusal.ts";
import type { World } from "./world.ts";

/** "Interaction tokens are valid for 15 minutes": https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages */
const TOKEN_MS = 15 * 60_000;
const CHOICES_MAX = 25;

/**
 * Takes the first answer to an interaction. 10062 when it comes too late, 40060 when there is one already.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#create-interaction-response
 */
export function answer(
  world: World,
  interaction: InteractionRecord,
  body: Json,
  files: readonly FilePart[],
): void {
  if (interaction.isLate) throw unknownInteraction();
  if (interaction.answer !== undefined) {
    interaction.refused += 1;
    throw new Refusal(400, 40060, "Interaction has already been acknowledged.");
  }
  const type = Number(body.type);
  if (!typesFor(interaction).includes(type))
    throw invalid("type", "BASE_TYPE_CHOICES", `Value must be one of {${typesFor(interaction).join(", ")}}.`);
  const data = (body.data ?? {}) as Json;
  const write: Write = { body: data, files, limit: interaction.attachmentLimit };
  take(world, interaction, type, write);
  interaction.answer = type;
  interaction.answeredAt = performance.now();
  interaction.onAnswer(interaction);
  world.changed();
}

/**
 * 6 and 7 are "only valid for component-based interactions" (also for a form that a component opened); 9 is "not
 * available for MODAL_SUBMIT"; 8 is for autocomplete, which takes no other.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
 */
function typesFor(interaction: InteractionRecord): readonly number[] {
  if (interaction.type === 4) return [8];
  if (interaction.type === 5) return interaction.message === undefined ? [4, 5] : [4, 5, 6, 7];
  return interaction.type === 3 ? [4, 5, 6, 7, 9] : [4, 5, 9];
}

function take(world: World, interaction: InteractionRecord, type: number, write: Write): void {
  const { body } = write;
  switch (type) {
    case 4:
    case 5:
      interaction.original = say(world, interaction, write, type === 5);
      return;
    case 6:
      interaction.original = interaction.message;
      return;
    case 7:
      if (interaction.message === undefined) throw unknownInteraction();
      editMessage(world, interaction.message, write);
      interaction.original = interaction.message;
      return;
    case 8:
      checkChoices(body);
      interaction.shown = body;
      return;
    case 9: {
      const flaws = checkModal(body);
      if (flaws.length > 0) throw invalidForm(flaws);
      interaction.shown = body;
    }
  }
}

/** "Autocomplete choices (max of 25 choices)", each with a name of 1 to 100 characters and a value. */
function checkChoices(body: Json): void {
  const choices = listOf(body.choices);
  if (!Array.isArray(body.choices))
    throw invalid("data.choices", "BASE_TYPE_REQUIRED", "This field is required");
  if (choices.length > CHOICES_MAX)
    throw invalid("data.choices", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 25 in length.");
  choices.forEach(({ name, value }, index) => {
    for (const [key, each] of Object.entries({ name, value })) {
      const isText = typeof each === "string" && each.length >= 1 && each.length <= 100;
      if (!isText && !(key === "value" && typeof each === "number"))
        throw invalid(
          `data.choices.${index}.${key}`,
          "BASE_TYPE_BAD_LENGTH",
          "Must be between 1 and 100 in length.",
        );
    }
  });
}

/** A message as an answer, or the "… is thinking" of one that comes later, whose only flag can be EPHEMERAL. */
function say(world: World, interaction: InteractionRecord, write: Write, isLater: boolean): MessageRecord {
  const flags = Number(write.body.flags ?? 0);
  if (isLater && (flags & ~FLAG.ephemeral) !== 0)
    throw invalid(
      "data.flags",
      "BITFIELD_TYPE_NOT_SETTABLE",
      "Only EPHEMERAL can be set on a deferred answer",
    );
  return sayIn(world, interaction, isLater ? { ...write, body: {} } : write, {
    isEphemeral: (flags & FLAG.ephemeral) !== 0,
    flags: isLater ? FLAG.loading : 0,
    replyTo: interaction.type === 3 ? interaction.message?.id : interaction.targetMessage,
  });
}

function sayIn(
  world: World,
  interaction: InteractionRecord,
  write: Write,
  how: { readonly isEphemeral: boolean; readonly flags: number; readonly replyTo: string | undefined },
): MessageRecord {
  const isReply = interaction.type === 3 || interaction.original !== undefined;
  const { channel } = interaction;
  return createMessage(
    world,
    {
      channel,
      author: world.bot,
      // 20 CHAT_INPUT_COMMAND, 23 CONTEXT_MENU_COMMAND, 19 REPLY
      type: isReply ? 19 : interaction.targetMessage === undefined ? 20 : 23,
      flags: how.flags | (how.isEphemeral ? FLAG.ephemeral : 0),
      interaction,
      ephemeralFor: how.isEphemeral ? interaction.user.id : undefined,
      replyTo: how.replyTo !== undefined && channel.messages.has(how.replyTo) ? how.replyTo : undefined,
    },
    write,
  );
}

/**
 * The interaction of a token. Later than 15 minutes, or after a first answer that came too late: 50027.
 * 10015 before the first answer.
 */
export function openToken(world: World, application: string, token: string): InteractionRecord {
  const interaction = world.tokens.get(token);
  if (application !== world.app.id || interaction === undefined)
    throw new Refusal(404, 10015, "Unknown Webhook");
  if (interaction.isLate || world.clock.now() - interaction.createdAt > TOKEN_MS)
    throw new Refusal(401, 50027, "Invalid Webhook Token");
  if (interaction.answer === undefined) throw new Refusal(404, 10015, "Unknown Webhook");
  return interaction;
}

/**
 * A further message. "Directly after responding with DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE, this endpoint will function
 * as Edit Original", and "the ephemeral flag will be ignored":
 * https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message
 */
export function followUp(world: World, interaction: InteractionRecord, write: Write): MessageRecord {
  const { original } = interaction;
  const flags = Number(write.body.flags ?? 0);
  if (original !== undefined && (original.flags & FLAG.loading) !== 0 && isThere(world, original)) {
    editMessage(world, original, { ...write, body: { ...write.body, flags: flags & ~FLAG.ephemeral } });
    return original;
  }
  const message = sayIn(world, interaction, write, {
    isEphemeral: (flags & FLAG.ephemeral) !== 0,
    flags: 0,
    replyTo: original?.id,
  });
  interaction.followUps.set(message.id, message);
  return message;
}
