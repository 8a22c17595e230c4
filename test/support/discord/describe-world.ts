import type { DiscordCall } from "./local-discord.ts";
import { toDiscordMessage } from "./people/snapshots.ts";
import type { MessageRecord } from "./world/records.ts";
import type { World } from "./world/world.ts";

const CALLS_SHOWN = 20;

/** The whole world in words, for a failing test. */
export function describeWorld(world: World, calls: readonly DiscordCall[]): string {
  const nameOf = (id: string) => world.users.get(id)?.name ?? id;
  const lineOf = (message: MessageRecord) => {
    const { words, buttons, images, reactions, isThinking } = toDiscordMessage(world, message);
    const seen = Object.entries(reactions).map(
      ([emoji, users]) => `${emoji} ${users.map(nameOf).join(", ")}`,
    );
    const who = message.ephemeralFor === undefined ? "" : ` (only ${nameOf(message.ephemeralFor)})`;
    return [
      `  ${message.id} ${message.author.name}${who}: ${isThinking ? "… is thinking" : JSON.stringify(words)}`,
      ...images.map((image) => `    picture ${image.name}, ${image.size} bytes`),
      ...(buttons.length === 0 ? [] : [`    [${buttons.map((each) => each.label).join("] [")}]`]),
      ...seen.map((each) => `    ${each}`),
    ].join("\n");
  };
  const channels = [...world.channels.values()].flatMap((channel) => [
    `#${channel.name} (${channel.id}${channel.parent === undefined ? "" : `, in #${channel.parent.name}`})`,
    ...[...channel.messages.values()].map(lineOf),
  ]);
  const privates = [...world.ephemerals.values()].map(lineOf);
  const shown = calls
    .slice(-CALLS_SHOWN)
    .map(
      ({ method, path, answer }) =>
        `  ${method} ${path}: ${answer?.status ?? "no answer"} ${answer?.code ?? ""}`,
    );
  return [
    ...channels,
    ...(privates.length === 0 ? [] : ["private:", ...privates]),
    "last calls:",
    ...shown,
    ...world.problems.map((problem) => `problem: ${problem}`),
    `seed ${world.settings.seed}`,
  ].join("\n");
}
