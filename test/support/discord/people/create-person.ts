import type { DiscordPerson, MessageAt, SayOptions } from "../discord-people.ts";
import { UPLOAD_LIMIT } from "../world/attachments.ts";
import { openDirect } from "../world/guilds.ts";
import { createMessage, deleteMessage } from "../world/messages.ts";
import { canSee, requirePermission, sendBit } from "../world/permissions.ts";
import { react, unreact } from "../world/reactions.ts";
import type { MessageRecord, UserRecord } from "../world/records.ts";
import { openForMessage } from "../world/threads.ts";
import type { World } from "../world/world.ts";
import { type ActParts, act, findChannel, findMessage, press, pressId, runMessageCommand } from "./act.ts";
import { createChannel } from "./create-channel.ts";
import { toForm } from "./read-form.ts";
import { toDiscordMessage } from "./snapshots.ts";
import { submitForm } from "./submit-form.ts";
import { complete, fillCommand, findCommand } from "./use-command.ts";

/** A person of the world, as a test has them in hand. */
export function createPerson(world: World, user: UserRecord): DiscordPerson {
  const parts: ActParts = { world, user };
  const inOrder = (messages: readonly MessageRecord[]) =>
    [...messages]
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
      .map((each) => toDiscordMessage(world, each));
  const privatesIn = (channel: string) =>
    [...world.ephemerals.values()].filter(
      (each) => each.ephemeralFor === user.id && each.channel.id === channel,
    );
  const reaction = (at: MessageAt, emoji: string, isBurst: boolean) => ({
    message: findMessage(parts, at),
    user,
    emoji,
    isBurst,
  });
  return {
    id: user.id,
    name: user.name,
    get direct() {
      return createChannel(world, openDirect(world, user));
    },
    async command(at, command, options = {}) {
      const channel = findChannel(parts, at.id);
      const { data } = fillCommand(parts, channel, command, options);
      return act(parts, { type: 2, channel, data, message: undefined, targetMessage: undefined });
    },
    autocomplete: async (at, command, option, typed, others = {}) =>
      complete(parts, findChannel(parts, at.id), command, { option, typed }, others),
    async messageCommand(name, at) {
      const message = findMessage(parts, at);
      const { id, guild } = findCommand(parts, message.channel, name, 3);
      const command = { id, name, type: 3, ...(guild === undefined ? {} : { guild_id: guild }) };
      return runMessageCommand(parts, command, message);
    },
    press: async (message, button) => press(parts, message, button),
    forgePress: async (message, customId) => pressId(parts, findMessage(parts, message), customId, 1),
    submit: (answers = {}) => submitForm(parts, answers),
    form() {
      const shown = world.forms.get(user.id)?.shown;
      return shown === undefined ? undefined : toForm(shown);
    },
    closeForm: () => void world.forms.delete(user.id),
    react: (message, emoji, { burst = false } = {}) => react(world, reaction(message, emoji, burst)),
    unreact: (message, emoji, { burst = false } = {}) => unreact(world, reaction(message, emoji, burst)),
    say: (channel, text, options = {}) => toDiscordMessage(world, say(parts, channel.id, text, options)),
    deleteMessage: (at) => deleteOwn(parts, at),
    sees(at) {
      const channel = world.channels.get(at.id);
      if (channel === undefined || !canSee(channel, user)) return [];
      return inOrder([...channel.messages.values(), ...privatesIn(channel.id)]);
    },
    privates: (channel) => inOrder(privatesIn(channel.id)),
    reload() {
      world.forms.delete(user.id);
      for (const [id, message] of world.ephemerals)
        if (message.ephemeralFor === user.id) world.ephemerals.delete(id);
    },
  };
}

function deleteOwn(parts: ActParts, at: MessageAt): void {
  const { world, user } = parts;
  const message = findMessage(parts, at);
  if (message.author.id !== user.id && message.ephemeralFor !== user.id)
    throw new Error(`${user.name} has not written ${at.id}`);
  deleteMessage(world, message);
}

function say(parts: ActParts, id: string, content: string, options: SayOptions): MessageRecord {
  const { world, user } = parts;
  const channel = findChannel(parts, id);
  requirePermission(channel, user, sendBit(channel));
  openForMessage(world, channel);
  const files = (options.files ?? []).map((file, index) => ({ field: `files[${index}]`, ...file }));
  const limit = Math.max(channel.guild?.attachmentLimit ?? UPLOAD_LIMIT, user.attachmentLimit);
  const replyTo = options.replyTo?.id;
  return createMessage(
    world,
    {
      channel,
      author: user,
      type: replyTo === undefined ? 0 : 19,
      flags: 0,
      interaction: undefined,
      ephemeralFor: undefined,
      replyTo,
    },
    { body: { content }, files, limit },
  );
}
