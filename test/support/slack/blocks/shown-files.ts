import { canRead, isReady, mimetypeOf, toFileJson } from "../world/files.ts";
import type { FileRecord, Json, TeamRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";

/** "Supported: png, jpg, jpeg, gif": https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
const SHOWABLE = ["image/png", "image/jpeg", "image/gif"];

/**
 * Why the bot of a workspace may not show a file in blocks; undefined when it may. Files are processed
 * after their upload, and until then are refused like unknown ones: https://docs.slack.dev/messaging/working-with-files
 * and https://github.com/slackapi/node-slack-sdk/issues/1865.
 */
export function createFileRefusal(world: World, team: TeamRecord): (reference: Json) => string | undefined {
  return (reference) => {
    const file = findFile(world, reference);
    const isFine =
      file !== undefined &&
      canRead(world, team, file) &&
      isReady(file) &&
      SHOWABLE.includes(mimetypeOf(file));
    return isFine ? undefined : "invalid slack file";
  };
}

function findFile(world: World, { id, url }: Json): FileRecord | undefined {
  if (typeof id === "string") return world.files.get(id);
  return [...world.files.values()].find((file) => {
    const json = toFileJson(world, file);
    return json.url_private === url || json.permalink === url;
  });
}
