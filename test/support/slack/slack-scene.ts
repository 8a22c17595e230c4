import type { WebClient } from "@slack/web-api";
import { type ListeningApp, type React, startListeningApp } from "./listening-app.ts";
import type { LocalSlack, SlackOptions } from "./local-slack.ts";
import { createSlackClient } from "./slack-client.ts";
import type { SlackChannel, SlackPerson, SlackTeam } from "./slack-people.ts";
import { startSlack } from "./start-slack.ts";

/** A workspace with Ada in #brand, where the bot is too, and the bot's client. */
export interface SlackScene {
  readonly slack: LocalSlack;
  readonly team: SlackTeam;
  readonly ada: SlackPerson;
  readonly brand: SlackChannel;
  readonly web: WebClient;
  readonly token: string;
  listen(by: "http" | "socket", react?: React): Promise<ListeningApp>;
  end(): Promise<void>;
}

/** `scopes`: what the app is granted, by default all that it could need. */
export async function setSlackScene(
  options: SlackOptions = {},
  scopes?: readonly string[],
): Promise<SlackScene> {
  const slack = await startSlack(options);
  const team = slack.addWorkspace();
  const ada = team.addPerson("ada");
  const brand = team.addChannel("brand", { members: [ada], bot: true });
  const { botToken } = team.install(scopes === undefined ? {} : { scopes });
  const apps: ListeningApp[] = [];
  return {
    slack,
    team,
    ada,
    brand,
    token: botToken,
    web: createSlackClient(slack, botToken),
    async listen(by, react) {
      const app = await startListeningApp(slack, by, react);
      apps.push(app);
      return app;
    },
    async end() {
      for (const app of apps) await app.stop();
      await slack.stop();
    },
  };
}
