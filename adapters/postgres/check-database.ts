import pg from "pg";
import { bad, type Finding, fine } from "../../src/ports/finding.ts";
import { SCHEMA } from "./migrate.ts";

const CONNECT_MS_MAX = 10_000;
/** `server_version_num` of 13.0: https://www.postgresql.org/docs/current/runtime-config-preset.html */
const VERSION_MIN = 130_000;

interface Facts {
  readonly version: string;
  readonly number: number;
  readonly creates: boolean;
  readonly made: boolean;
}

/** Whether the server of `DATABASE_URL` answers, is new enough, and lets Draftroom make its tables. */
export async function checkDatabase(url: string): Promise<readonly Finding[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: CONNECT_MS_MAX,
  });
  // What happens to the connection while nothing is asked is of no interest.
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Facts>(
      `select current_setting('server_version') as version,
              current_setting('server_version_num')::int as number,
              has_database_privilege(current_database(), 'create') as creates,
              exists (select from information_schema.schemata where schema_name = $1) as made`,
      [SCHEMA],
    );
    return rows.flatMap(onFacts);
  } catch (error) {
    const reason = error instanceof Error && error.message !== "" ? error.message : "no answer";
    const step = "Start its server, and see that address, user and password are right.";
    return [bad(`The database of DATABASE_URL cannot be had: ${reason}.`, step)];
  } finally {
    await client.end().catch(() => undefined);
  }
}

function onFacts({ version, number, creates, made }: Facts): readonly Finding[] {
  if (number < VERSION_MIN) {
    return [bad(`The database is PostgreSQL ${version}: 13 or newer is needed.`, "Upgrade the server.")];
  }
  if (!made && !creates) {
    const step = "Grant it: GRANT CREATE ON DATABASE … TO …; Draftroom makes its tables at its first start.";
    return [bad("The user of DATABASE_URL may not create schemas.", step)];
  }
  return [fine(`The database answers: PostgreSQL ${version}.`)];
}
