import { afterEach, beforeEach, expect, it } from "vitest";
import { toApplicationCommands } from "../../../../adapters/discord/commands/application-commands.ts";
import type { GivenOption } from "../../../../adapters/discord/commands/given-options.ts";
import { readOptions } from "../../../../adapters/discord/commands/read-options.ts";
import type { Translations } from "../../../../adapters/discord/commands/words.ts";
import { createDraftSpec } from "../../../../commands/draft.ts";
import type { LocalDiscord } from "../../../support/discord/local-discord.ts";
import { startDiscord } from "../../../support/discord/start-discord.ts";

let discord: LocalDiscord;
beforeEach(async () => {
  discord = await startDiscord({ limits: "off", ackMs: 50 });
});
afterEach(() => discord.stop());

const INVENTED: Translations = {
  fi: {
    draft: { name: "luonnos", description: "Luonnostele" },
    "draft prompt": { name: "kuva", description: "Mitä nähdään" },
    "draft count": { name: "määrä", description: "Kuinka monta" },
  },
};

it("somebody who sees other names is heard by the default ones", async () => {
  const spec = createDraftSpec([]);
  discord.register(JSON.parse(JSON.stringify(toApplicationCommands([spec], INVENTED))));
  const guild = discord.addGuild();
  const aino = guild.addPerson("aino", { locale: "fi" });
  await aino.command(guild.addChannel("brand"), "draft", { prompt: "a red fox", count: 6 });
  const [heard] = discord.interactions;
  expect(heard?.payload).toMatchObject({ locale: "fi", data: { name: "draft" } });
  const data = heard?.payload.data as { options: readonly GivenOption[] } | undefined;
  expect(readOptions(spec, data?.options ?? [])).toEqual({
    text: "a red fox",
    options: { count: "6" },
    attachments: [],
  });
});
