import { expect } from "vitest";
import { createSlackDoctor, type SlackDoctorParts } from "../../../../adapters/slack/doctor/slack-doctor.ts";
import { Secret } from "../../../../src/core/secret.ts";
import type { Finding } from "../../../../src/ports/finding.ts";
import type { LocalSlack, SlackOptions, WorkspaceOptions } from "../../../support/slack/local-slack.ts";
import type { SlackTeam } from "../../../support/slack/slack-people.ts";
import { startSlack } from "../../../support/slack/start-slack.ts";

/** A workspace, and a doctor for the Draftroom that is installed there. */
export interface DoctorDesk {
  readonly slack: LocalSlack;
  readonly team: SlackTeam;
  /** What it finds, in words: `✓ The bot token works.`, with its steps after `→`. Nothing of it is secret. */
  examine(parts?: Partial<SlackDoctorParts>): Promise<string>;
  /** Installs with these scopes (all of them by default), and goes on with the new token. */
  install(scopes?: readonly string[]): void;
  stop(): Promise<void>;
}

export async function openDoctor(
  options: SlackOptions = {},
  workspace: WorkspaceOptions = {},
): Promise<DoctorDesk> {
  const slack = await startSlack(options);
  const team = slack.addWorkspace({ name: "Atelier", ...workspace });
  let { botToken } = team.install();
  const secrets = [slack.appToken, slack.signingSecret];
  return {
    slack,
    team,
    async examine(parts = {}) {
      const findings = await createSlackDoctor({
        transport: { kind: "socket", appToken: new Secret(slack.appToken) },
        install: { kind: "token", botToken: new Secret(botToken) },
        directors: [],
        managers: [],
        apiUrl: new URL(slack.apiUrl),
        fetch,
        clock: () => new Date(),
        ...parts,
      })();
      const words = inWords(findings);
      for (const secret of [botToken, ...secrets]) expect(words).not.toContain(secret);
      expect(words).not.toMatch(/xox[a-z]-|xapp-\d/);
      return words;
    },
    install(scopes) {
      ({ botToken } = team.install(scopes === undefined ? {} : { scopes }));
    },
    async stop() {
      expect(slack.problems).toEqual([]);
      await slack.stop();
    },
  };
}

const MARKS = { ok: "✓", warn: "!", bad: "✗" } as const;

export function inWords(findings: readonly Finding[]): string {
  return findings
    .flatMap(({ level, says, next }) => [`${MARKS[level]} ${says}`, ...next.map((step) => `  → ${step}`)])
    .join("\n");
}
