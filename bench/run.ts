/**
 * `npm run bench`, or `node bench/run.ts ledger accept` for some: each measures Draftroom against the
 * bare parts it stands on, in the same run, and prints the ratio. A ratio that is short of its bound is
 * printed, not an error: a machine can be slow. A bench that breaks is one.
 */
import { acceptBench } from "./accept.ts";
import { discordBench } from "./discord.ts";
import { gridBench } from "./grid.ts";
import { ledgerBench } from "./ledger.ts";
import { printLine } from "./line.ts";
import { modelsBench } from "./models.ts";
import { queueBench } from "./queue.ts";
import { slackBench } from "./slack.ts";

const BENCHES = [gridBench, ledgerBench, queueBench, acceptBench, modelsBench, slackBench, discordBench];

const names = BENCHES.map((bench) => bench.name);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(", ")}. There are ${names.join(", ")}.`);
  process.exit(1);
}
for (const bench of BENCHES) {
  if (asked.length > 0 && !asked.includes(bench.name)) continue;
  for await (const line of bench.run()) printLine(line);
}
