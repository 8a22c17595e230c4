import type { World } from "../world/world.ts";

/** What names and pictures are looked up in. */
export type Known = Pick<World, "users" | "channels" | "groups" | "files">;
