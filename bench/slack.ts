import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { createInterface } from "node:readline";
import { setTimeout as after } from "node:timers/promises";
import pg from "pg";
import { startDraftroom } from "../test/support/draftroom-process.ts";
import { freshDatabase, startPostgres } from "../test/support/postgres-server.ts";
import { startSlack } from "../test/support/slack/start-slack.ts";
import { withFolder } from "./ground.ts";
import { atLeast, atMost, type Bench, type Line } from "./line.ts";
import { median, quantile } from "./measure.ts";

const CLIENTS = 128;
/** Ours and the floor take turns; the first of each is not counted. */
const WINDOWS = 3;
const WINDOW_COMMANDS = 1_000;
const RATE_PER_SECOND = 100;
const RATE_SECONDS = 10;
const P99_MS_MAX = 1_000;
const SETTLE_MS_MAX = 120_000;

/**
 * `/draft` in Slack, durably acknowledged: signed requests to the real HTTP receiver of the program on
 * PostgreSQL, each kept in a committed transaction before the answer. The floor is a bare Bolt app that
 * only answers. Both are processes of their own; images are nobody's work here.
 */
export const slackBench: Bench = {
  name: "slack",
  async *run() {
    const postgres = await startPostgres();
    if (postgres === undefined) {
      yield { name: "slack commands", missing: "PostgreSQL is not installed" };
      return;
    }
    try {
      yield* await withFolder((folder) => measure(postgres.url, folder));
    } finally {
      await postgres.stop();
    }
  },
};

async function measure(postgresUrl: string, folder: string): Promise<readonly Line[]> {
  const slack = await startSlack({ limits: "off" });
  const team = slack.addWorkspace();
  const ada = team.addPerson("ada");
  const brand = team.addChannel("brand", { members: [ada], bot: true });
  const databaseUrl = await freshDatabase(postgresUrl);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const program = await startDraftroom({
    DRAFTROOM_ROLE: "gateway",
    DRAFTROOM_LOG_LEVEL: "error",
    DRAFTROOM_DATA_DIR: folder,
    DRAFTROOM_START_CREDITS: "1000000",
    DATABASE_URL: databaseUrl,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: team.install().botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_HOST: "127.0.0.1",
    SLACK_PORT: "0",
  });
  const bare = await startBareBolt(slack.signingSecret);
  const [, ours = ""] = /Slack \(HTTP at (\S+)\)/.exec(program.places.join(", ")) ?? [];
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const type = createTyping({
    team: team.id,
    channel: brand.id,
    user: ada.id,
    secret: slack.signingSecret,
    agent,
  });
  try {
    const rates: { ours: number; bare: number }[] = [];
    for (let window = 0; window < WINDOWS; window++) {
      const bareRate = await saturate(() => type(bare.url));
      const before = await countKept(pool);
      const oursRate = await saturate(() => type(ours));
      const kept = (await countKept(pool)) - before;
      if (kept !== WINDOW_COMMANDS) throw new Error(`${WINDOW_COMMANDS} were acknowledged and ${kept} kept`);
      if (window > 0) rates.push({ ours: oursRate, bare: bareRate });
      await settle(pool);
    }
    const latencies = await atRate(() => type(ours));
    await settle(pool);
    const a = median(rates.map((each) => each.ours));
    const b = median(rates.map((each) => each.bare));
    const p99 = quantile(latencies, 0.99);
    return [
      {
        name: "slack commands kept and acknowledged",
        ratio: median(rates.map((each) => each.ours / each.bare)),
        bound: atLeast(0.5),
        detail: `${a.toFixed(0)} against ${b.toFixed(0)} a second, ${CLIENTS} at a time`,
      },
      {
        name: `slack commands at ${RATE_PER_SECOND} a second, p99 in s`,
        ratio: p99 / 1000,
        bound: atMost(P99_MS_MAX / 1000),
        detail: `p50 ${quantile(latencies, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
      },
    ];
  } finally {
    agent.destroy();
    await program.kill();
    await bare.stop();
    await pool.end();
    await slack.stop();
  }
}

interface Typing {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  readonly secret: string;
  readonly agent: Agent;
}

/** Sends one command as Slack does, and resolves when it is acknowledged. Each has a trigger of its own. */
function createTyping({ team, channel, user, secret, agent }: Typing): (url: string) => Promise<void> {
  let commands = 0;
  return async (url) => {
    const body = new URLSearchParams({
      token: "bench",
      team_id: team,
      team_domain: "bench",
      channel_id: channel,
      channel_name: "brand",
      user_id: user,
      user_name: "ada",
      command: "/draft",
      text: "a glass bottle refracting afternoon sun on a limestone table --count 1",
      api_app_id: "A0BENCH",
      is_enterprise_install: "false",
      // Nobody listens there: what comes later is not what is measured.
      response_url: "http://127.0.0.1:9/later",
      trigger_id: `${commands++}.bench.${process.pid}`,
    }).toString();
    const at = `${Math.floor(Date.now() / 1000)}`;
    const signature = createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex");
    const sent = request(`${url}/slack/events`, {
      method: "POST",
      agent,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": Buffer.byteLength(body),
        "x-slack-request-timestamp": at,
        "x-slack-signature": `v0=${signature}`,
      },
    });
    sent.end(body);
    const [response] = await once(sent, "response");
    response.resume();
    await once(response, "end");
    if (response.statusCode !== 200) throw new Error(`answered with ${response.statusCode}`);
  };
}

/** Commands a second, with as many clients as there are waiting for nothing but their answer. */
async function saturate(type: () => Promise<void>): Promise<number> {
  let left = WINDOW_COMMANDS;
  const start = performance.now();
  const client = async () => {
    while (left-- > 0) await type();
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return WINDOW_COMMANDS / ((performance.now() - start) / 1000);
}

/** Milliseconds to each answer, from when its command was due, whatever the answers do. */
async function atRate(type: () => Promise<void>): Promise<readonly number[]> {
  const start = performance.now();
  const answers: Promise<number>[] = [];
  for (let index = 0; index < RATE_PER_SECOND * RATE_SECONDS; index++) {
    const due = start + (index * 1000) / RATE_PER_SECOND;
    const early = due - performance.now();
    if (early > 0) await after(early);
    answers.push(type().then(() => performance.now() - due));
  }
  return Promise.all(answers);
}

async function countKept(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query("select count(*)::int as count from draftroom.slack_events");
  return rows[0].count;
}

/** Waits until everything that was kept is handled. */
async function settle(pool: pg.Pool): Promise<void> {
  const end = performance.now() + SETTLE_MS_MAX;
  while (performance.now() < end) {
    const { rows } = await pool.query(
      "select 1 from draftroom.slack_events where claimed_until is not null limit 1",
    );
    if (rows.length === 0) return;
    await after(100);
  }
  throw new Error("what was kept is not handled");
}

async function startBareBolt(secret: string): Promise<{ url: string; stop(): Promise<void> }> {
  const main = new URL("bare-bolt.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
    env: { PATH: process.env.PATH ?? "", SIGNING_SECRET: secret },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = await once(createInterface({ input: child.stdout }), "line");
  return {
    url,
    async stop() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
