import type { ServerResponse } from "node:http";
import { parseBody } from "../api/arguments.ts";
import { type OpenCall, openCall } from "../api/call-log.ts";
import type { SlackFaultBox } from "../faults.ts";
import type { SlackCall } from "../local-slack.ts";
import { canRead, mimetypeOf } from "../world/files.ts";
import type { FileRecord } from "../world/records.ts";
import { checkToken } from "../world/tokens.ts";
import type { World } from "../world/world.ts";
import { answerText, cut, type Incoming } from "./read-request.ts";

export interface FileRoutes {
  upload(request: Incoming, response: ServerResponse): Promise<void>;
  download(request: Incoming, response: ServerResponse): Promise<void>;
}

/** https://docs.slack.dev/messaging/working-with-files */
export function createFileRoutes(world: World, calls: SlackCall[], faults: SlackFaultBox): FileRoutes {
  return {
    async upload(request, response) {
      const id = request.url.pathname.split("/").at(-1) ?? "";
      const call = openCall(calls, "upload", { file: id, size: request.body.length });
      const file = world.files.get(id);
      const bytes = await bytesOf(request);
      const refusal = checkUpload(file, bytes);
      const store = () => {
        if (file === undefined || refusal !== undefined) return;
        file.bytes = bytes;
        call.team = file.team;
        call.took = true;
        world.changed();
      };
      if (await fail(faults, response, call, store)) return;
      store();
      note(call, refusal === undefined ? 200 : 400);
      answerText(response, refusal === undefined ? 200 : 400, refusal ?? `OK - ${bytes.length}`);
    },

    // "Pass your token as a bearer token in an Authorization header": without one that may read the
    // file, Slack answers with a page to sign in on, and 200.
    async download(request, response) {
      const [, team = "", id = ""] = /^\/files-pri\/(T\w+)-(F\w+)\//.exec(request.url.pathname) ?? [];
      const call = openCall(calls, "download", { file: id });
      call.team = team;
      if (await fail(faults, response, call, () => undefined)) return;
      const file = world.files.get(id);
      if (file === undefined) {
        note(call, 404);
        answerText(response, 404, "not found");
      } else if (file.bytes === undefined || !mayDownload(world, request, file)) {
        note(call, 302);
        response.writeHead(302, { location: `${world.url}/signin` });
        response.end();
      } else {
        note(call, 200);
        call.took = true;
        response.writeHead(200, { "content-type": mimetypeOf(file), "content-length": file.bytes.length });
        response.end(file.bytes);
      }
    },
  };
}

/** Whether a fault took the request; `after` happens before the connection is cut. */
async function fail(
  faults: SlackFaultBox,
  response: ServerResponse,
  call: OpenCall,
  after: () => void,
): Promise<boolean> {
  const fault = faults.takeCallFault(call.method);
  switch (fault?.kind) {
    case undefined:
      return false;
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return false;
    case "reset_after":
      after();
      cut(response);
      return true;
    case "reset_before":
      cut(response);
      return true;
    case "rate_limited":
      response.setHeader("retry-after", String(fault.retryAfterS));
      note(call, 429);
      answerText(response, 429, "ratelimited");
      return true;
    case "status":
    case "error": {
      const status = fault.kind === "status" ? fault.status : 500;
      note(call, status);
      answerText(response, status, "failed");
      return true;
    }
  }
}

function note(call: OpenCall, status: number): void {
  call.answer = { status, ok: status === 200, error: undefined, body: {} };
}

async function bytesOf(request: Incoming): Promise<Uint8Array> {
  const type = request.header("content-type");
  if (type?.startsWith("multipart/form-data"))
    return (await parseBody(type, request.body)).file ?? new Uint8Array();
  return request.body;
}

function checkUpload(file: FileRecord | undefined, bytes: Uint8Array): string | undefined {
  if (file === undefined || file.readyAt !== undefined) return "not found";
  if (bytes.length !== file.declaredSize)
    return `expected ${file.declaredSize} bytes and got ${bytes.length}`;
  return undefined;
}

function mayDownload(world: World, request: Incoming, file: FileRecord): boolean {
  const bearer = /^Bearer (.+)$/.exec(request.header("authorization") ?? "")?.[1];
  try {
    const { install } = checkToken(world, bearer);
    const teams = [...world.teams.values()].filter((team) =>
      install.team === undefined ? team.enterprise?.id === install.enterprise : team.id === install.team,
    );
    return install.scopes.includes("files:read") && teams.some((team) => canRead(world, team, file));
  } catch {
    return false;
  }
}
