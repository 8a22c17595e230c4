import { homeCards } from "../src/cards/home-card.ts";
import type { ReadHome } from "../src/home/read-home.ts";
import type { ChatInbox } from "../src/ports/chat.ts";

export function createHome(readHome: ReadHome): ChatInbox["home"] {
  return async (workspace, person) => homeCards(await readHome(workspace, person));
}
