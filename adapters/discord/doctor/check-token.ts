import { type REST, Routes } from "discord.js";
import { z } from "zod";
import { bad, type Finding, fine, warn } from "../../../src/ports/finding.ts";
import { PORTAL, trouble } from "./trouble.ts";

/** https://docs.discord.com/developers/resources/user#user-object */
const USER = z.object({ username: z.string(), bot: z.boolean().default(false) });
/** https://docs.discord.com/developers/resources/application#application-object */
const APPLICATION = z.object({
  id: z.string(),
  name: z.string(),
  flags: z.number().default(0),
  bot_require_code_grant: z.boolean().default(false),
  interactions_endpoint_url: z.string().nullish(),
});

/** Of "Application Flags": each intent has two, of an app with review and of a small one without. */
const PRIVILEGED: readonly (readonly [name: string, flags: number])[] = [
  ["Presence Intent", (1 << 12) | (1 << 13)],
  ["Server Members Intent", (1 << 14) | (1 << 15)],
  ["Message Content Intent", (1 << 18) | (1 << 19)],
];

export interface TokenCheck {
  readonly findings: readonly Finding[];
  /** The app's id; undefined when there is nothing to be done with the token. */
  readonly application: string | undefined;
}

/** Whether Discord takes the token of DISCORD_TOKEN, whose it is, and how its app is set up. */
export async function checkToken(rest: REST, api: URL): Promise<TokenCheck> {
  const none = (finding: Finding) => ({ findings: [finding], application: undefined });
  try {
    const user = USER.parse(await rest.get(Routes.user()));
    const app = APPLICATION.parse(await rest.get(Routes.currentApplication()));
    if (!user.bot) return none(bad("The token in DISCORD_TOKEN is not that of a bot."));
    const findings = [fine(`The token works: ${user.username}, of the app ${app.name}.`)];
    return { findings: [...findings, ...checkApp(app)], application: app.id };
  } catch (error) {
    return none(trouble(error, "a look at the token", api));
  }
}

function checkApp(app: z.output<typeof APPLICATION>): readonly Finding[] {
  const page = `${PORTAL}/${app.id}`;
  const findings: Finding[] = [];
  if (app.interactions_endpoint_url) {
    // https://docs.discord.com/developers/interactions/receiving-and-responding#receiving-an-interaction
    const says = "The app has an Interactions Endpoint URL: commands go there, and none comes to Draftroom.";
    findings.push(bad(says, `Clear it at ${page}/information.`));
  }
  if (app.bot_require_code_grant) {
    const says = "The app requires an OAuth2 code grant, so that its invite link adds no bot.";
    findings.push(warn(says, `Turn that off at ${page}/bot.`));
  }
  const intents = PRIVILEGED.filter(([, flags]) => (app.flags & flags) !== 0).map(([name]) => name);
  findings.push(
    intents.length === 0
      ? fine("No privileged intent is on, and none is needed.")
      : warn(
          `Draftroom needs no privileged intent, and on is: ${intents.join(", ")}.`,
          `Turn it off at ${page}/bot.`,
        ),
  );
  return findings;
}

/** @throws what `REST` does. */
export async function findApplication(rest: REST): Promise<string> {
  return APPLICATION.parse(await rest.get(Routes.currentApplication())).id;
}
