import type { SlackDelivery } from "./local-slack.ts";
import { toSlackMessage } from "./people/snapshots.ts";
import type { World } from "./world/world.ts";

const DELIVERIES_SHOWN = 12;

/** The world in words, for a failing test. */
export function describeWorld(world: World, deliveries: readonly SlackDelivery[]): string {
  const nameOf = (id: string) => world.users.get(id)?.name ?? id;
  const channels = [...world.channels.values()].flatMap((channel) => [
    `#${channel.name} (${channel.id})`,
    ...[...channel.messages, ...world.ephemerals.filter((each) => each.channel === channel.id)].map(
      (record) => {
        const message = toSlackMessage(world, record);
        const whisper = message.ephemeralFor === undefined ? "" : ` (only ${nameOf(message.ephemeralFor)})`;
        const buttons = message.buttons.map((button) => ` [${button.label}]`).join("");
        const reactions = message.reactions.map(({ name, users }) => ` :${name}:${users.length}`).join("");
        const indent = message.threadTs === undefined ? "  " : "    ";
        return `${indent}${message.ts} ${nameOf(message.author)}${whisper}: ${message.words.replaceAll("\n", " / ")}${buttons}${reactions}`;
      },
    ),
  ]);
  const modals = [...world.modals].flatMap(([user, views]) =>
    views.map((view) => `modal of ${nameOf(user)}: ${JSON.stringify(view.view.title)}`),
  );
  const last = deliveries
    .slice(-DELIVERIES_SHOWN)
    .map((each) => `  ${each.type} retry ${each.retry} by ${each.by}: ${each.outcome} ${each.status ?? ""}`);
  return [
    ...channels,
    ...modals,
    "last deliveries:",
    ...last,
    ...world.problems.map((problem) => `problem: ${problem}`),
    `seed ${world.settings.seed}`,
  ].join("\n");
}
