import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { Scope } from "../scopes.ts";

/** The pages that a person who installs the app sees. All are whole: nothing is loaded from elsewhere. */
export interface Page {
  readonly status: number;
  readonly title: string;
  /** Paragraphs, as plain text. */
  readonly words: readonly string[];
  /** Numbered, as plain text. */
  readonly steps: readonly string[];
  readonly button: PageButton | undefined;
  readonly scopes: readonly Scope[];
}

export interface PageButton {
  readonly label: string;
  readonly href: string;
}

export function createInstallPage(addUrl: string, scopes: readonly Scope[]): Page {
  return {
    status: 200,
    title: "Add Draftroom to Slack",
    words: [
      "Draft image grids in a channel, pick one by reaction, and get the final in the thread, inside a budget that your managers set.",
    ],
    steps: [],
    button: { label: "Add to Slack", href: addUrl },
    scopes,
  };
}

/** @param open where Slack opens. */
export function createInstalledPage(workspace: string, open: string): Page {
  return {
    status: 200,
    title: `Draftroom is in ${workspace}`,
    words: ["What to do next:"],
    steps: [
      "Go to a channel, and write /invite @draftroom.",
      "Write /draft a glass bottle in afternoon sun.",
      "Write /help to see everything else, and /quota for the channel's credits.",
    ],
    button: { label: "Open Slack", href: open },
    scopes: [],
  };
}

/** The app of an organization is in no workspace yet: https://docs.slack.dev/enterprise/organization-ready-apps. */
export function createOrganizationPage(organization: string, workspaces: string): Page {
  return {
    status: 200,
    title: `Draftroom is in ${organization}`,
    words: ["One step is left: it is in none of its workspaces yet."],
    steps: [
      "Choose the workspaces that may use it.",
      "There, go to a channel, and write /invite @draftroom.",
      "Write /draft a glass bottle in afternoon sun.",
    ],
    button: { label: "Choose workspaces", href: workspaces },
    scopes: [],
  };
}

export function sendPage(response: ServerResponse, page: Page): void {
  response.statusCode = page.status;
  setPageHeaders(response);
  response.end(toHtml(page));
}

export function toHtml({ title, words, steps, button, scopes }: Page): string {
  const main = [
    `<h1>${escapeHtml(title)}</h1>`,
    ...words.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    list("ol", steps.map(escapeHtml)),
    button === undefined
      ? ""
      : `<a class="button" href="${escapeHtml(button.href)}">${escapeHtml(button.label)}</a>`,
    section(
      "What it asks for, and why",
      scopes.filter((scope) => !scope.optional),
    ),
    section(
      "What you may decline",
      scopes.filter((scope) => scope.optional),
    ),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${main.filter((part) => part !== "").join("\n")}
</main>
</body>
</html>
`;
}

function section(title: string, scopes: readonly Scope[]): string {
  const lines = scopes.map(({ name, reason }) => `<code>${escapeHtml(name)}</code> ${escapeHtml(reason)}`);
  return lines.length === 0 ? "" : `<h2>${escapeHtml(title)}</h2>\n${list("ul", lines)}`;
}

function list(tag: "ol" | "ul", lines: readonly string[]): string {
  return lines.length === 0
    ? ""
    : `<${tag}>\n${lines.map((line) => `<li>${line}</li>`).join("\n")}\n</${tag}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(words: string): string {
  return words.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1d1c1d; --quiet: #5b5a5c; --paper: #f6f4f1; --sheet: #fff; --line: #e4e0da; --button: #4a154b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f2efec; --quiet: #b3aeb0; --paper: #171518; --sheet: #211e23; --line: #38343b; --button: #7c3a80; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 6vh 1rem; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 40rem; margin: 0 auto; padding: 2.25rem 2.5rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; }
h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .25rem; font-size: .95rem; }
p, ol { margin: .5rem 0; }
ol { padding-left: 1.3rem; }
ol li { padding: .15rem 0; }
ul { margin: 0; padding: 0; list-style: none; color: var(--quiet); font-size: .92rem; }
ul li { display: grid; grid-template-columns: 10.5rem 1fr; gap: 0 .75rem; padding: .45rem 0; border-top: 1px solid var(--line); }
ul li:first-child { border-top: 0; }
code { font: .86rem/1.7 ui-monospace, monospace; color: var(--ink); }
.button { display: inline-block; margin: 1rem 0 .25rem; padding: .7rem 1.4rem; background: var(--button); color: #fff; border-radius: 8px; font-weight: 650; text-decoration: none; }
.button:focus-visible { outline: 3px solid #1264a3; outline-offset: 3px; }
@media (max-width: 34rem) { main { padding: 1.5rem 1.25rem; } ul li { grid-template-columns: 1fr; } }
`;

/** The address of the page after Slack's answer holds a code: nothing is to keep it or pass it on. */
export function setPageHeaders(response: ServerResponse): void {
  const style = createHash("sha256").update(STYLE).digest("base64");
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  response.setHeader(
    "content-security-policy",
    `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("x-content-type-options", "nosniff");
}
