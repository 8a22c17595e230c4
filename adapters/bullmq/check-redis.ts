import { Redis } from "ioredis";
import { bad, type Finding, fine, warn } from "../../src/ports/finding.ts";
import { openBackend } from "./open-backend.ts";

/** Whether the Redis of `REDIS_URL` answers, and keeps what it is given. */
export async function checkRedis(url: string): Promise<readonly Finding[]> {
  let said: Error | undefined;
  const backend = openBackend({ kind: "redis", url, prefix: "{draftroom}" }, "producer", (error) => {
    said = error;
  });
  try {
    await backend.ready();
    const { connection } = backend.options;
    return [
      fine("Redis answers."),
      // A cluster's nodes may differ; its operator knows.
      ...(connection instanceof Redis ? await checkKeeping(connection) : []),
    ];
  } catch (error) {
    // While it tries again and again, the connection says more than the wait does.
    const reason = (said ?? (error instanceof Error ? error : undefined))?.message || "no answer";
    const step = "Start its server, and see that address and password are right.";
    return [bad(`The Redis of REDIS_URL cannot be had: ${reason}.`, step)];
  } finally {
    await backend.close();
  }
}

async function checkKeeping(redis: Redis): Promise<readonly Finding[]> {
  const read = async (name: string) => {
    // Hosted servers may not let anybody ask.
    const answer: unknown = await redis.config("GET", name).catch(() => undefined);
    return Array.isArray(answer) ? answer[1] : undefined;
  };
  const [policy, appendonly] = [await read("maxmemory-policy"), await read("appendonly")];
  const findings: Finding[] = [];
  if (policy !== undefined && policy !== "noeviction") {
    findings.push(
      warn(
        `Redis throws keys away when it is full (maxmemory-policy ${policy}).`,
        "Set maxmemory-policy noeviction: a queue must not be evicted.",
      ),
    );
  }
  if (appendonly === "no") {
    findings.push(
      warn("Redis forgets the latest seconds when it stops (appendonly no).", "Set appendonly yes."),
    );
  }
  return findings;
}
