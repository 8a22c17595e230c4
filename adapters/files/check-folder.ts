import { randomUUID } from "node:crypto";
import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { bad, type Finding, fine, warn } from "../../src/ports/finding.ts";

/** About ten large finals; below it, the next pictures may already find no room. */
const BYTES_LOW = 500_000_000;
/** About a thousand takes at 5 MB. */
const BYTES_SCARCE = 5_000_000_000;

/** Whether the folder of the images can be written, and has room. */
export async function checkFolder(folder: string): Promise<readonly Finding[]> {
  const path = resolve(folder);
  const probe = join(path, `.doctor-${randomUUID()}`);
  try {
    await mkdir(path, { recursive: true });
    await writeFile(probe, "");
    await rm(probe);
    const { bavail, bsize } = await statfs(path);
    return [fine(`${path} can be written.`), onRoom(bavail * bsize)];
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : "no reason given";
    const step = "Give it to the user that Draftroom runs as, or set another DRAFTROOM_DATA_DIR.";
    return [bad(`${path} cannot be written (${reason}).`, step)];
  }
}

function onRoom(bytes: number): Finding {
  const room = `${(bytes / 1e9).toFixed(1)} GB of disk space are free`;
  const step = "Make room: a take keeps about 5 MB, a final 10 to 60 MB.";
  if (bytes < BYTES_LOW) return bad(`Only ${room}.`, step);
  return bytes < BYTES_SCARCE ? warn(`${room}.`, step) : fine(`${room}.`);
}
