import { TIME_ZONES } from "../src/core/time-zone.ts";
import type { SubcommandSpec } from "../src/ports/command-spec.ts";
import { PERIODS } from "../src/ports/ledger.ts";
import { CREDITS_MAX, MEMO_LENGTH_MAX } from "./budget-orders.ts";

/** Room for fifty mentions, whatever a platform writes for one. */
const NAMES_LENGTH_MAX = 2_000;

export const QUOTA_SUBCOMMANDS: readonly SubcommandSpec[] = [
  {
    name: "grant",
    usage: "grant <n> <why>",
    summary: "Add credits",
    managersOnly: true,
    options: [
      {
        name: "credits",
        summary: "How many, once",
        value: { kind: "number", min: 1, max: CREDITS_MAX },
        required: true,
      },
      {
        name: "why",
        summary: "For the history, such as spring launch",
        value: { kind: "text", lengthMax: MEMO_LENGTH_MAX },
        required: true,
      },
    ],
  },
  {
    name: "set",
    usage: "set <n> per month|week|day [time zone]",
    summary: "An allowance that renews",
    managersOnly: true,
    options: [
      {
        name: "credits",
        summary: "How many, each time it renews",
        value: { kind: "number", min: 0, max: CREDITS_MAX },
        required: true,
      },
      { name: "every", summary: "How often", value: { kind: "choice", values: PERIODS }, required: true },
      {
        name: "zone",
        summary: "The time zone in which it renews at midnight",
        value: { kind: "choice", values: TIME_ZONES },
        required: false,
      },
    ],
  },
  { name: "history", usage: "history", summary: "The latest movements", managersOnly: true, options: [] },
  { name: "freeze", usage: "freeze", summary: "Nothing new can start", managersOnly: true, options: [] },
  { name: "unfreeze", usage: "unfreeze", summary: "Things can start again", managersOnly: true, options: [] },
  {
    name: "roles",
    usage: "roles [directors|managers @names… | nobody | default]",
    summary: "Who directs, who manages",
    managersOnly: true,
    options: [
      {
        name: "role",
        summary: "Whose list to change; without it the lists are shown",
        value: { kind: "choice", values: ["directors", "managers"] },
        required: false,
      },
      {
        name: "who",
        summary: "@names of people and groups, or nobody, or default",
        value: { kind: "text", lengthMax: NAMES_LENGTH_MAX },
        required: false,
      },
    ],
  },
  {
    name: "models",
    usage: "models [draft|final name | default, advice on | off]",
    summary: "Which models there are, and which are asked here",
    managersOnly: false,
    options: [
      {
        name: "tier",
        summary: "Whose model a manager changes, or whether advice is given; without it they are shown",
        value: { kind: "choice", values: ["draft", "final", "advice"] },
        required: false,
      },
      {
        name: "name",
        summary: "The model, or default; of advice: on or off",
        value: { kind: "text", lengthMax: 40 },
        required: false,
      },
    ],
  },
];
