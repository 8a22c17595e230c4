import { isDeepStrictEqual } from "node:util";
import type { ChatInbox } from "../../src/ports/chat.ts";
import type { Log } from "../../src/ports/log.ts";
import type { Directory } from "./directory.ts";
import { channelRef, memberIdOf } from "./studio-refs.ts";
import type { ChannelStaff } from "./wire.ts";

/** Who directs and manages where, as it was last heard. */
export interface StaffBoard {
  /** Asks again for one channel. When there is no answer, what was known stays: it never rejects. */
  ask(channel: string): Promise<void>;
  askAll(): Promise<void>;
  /** What changed after a change number; after 0, everything that is known. */
  since(change: number): { readonly change: number; readonly staff: readonly ChannelStaff[] };
}

interface Parts {
  readonly inbox: ChatInbox;
  readonly directory: Directory;
  readonly log: Log;
  readonly onChange: () => void;
}

interface Known {
  readonly staff: ChannelStaff;
  /** The number of the question that it answers. */
  readonly asked: number;
  readonly change: number;
}

export function createStaffBoard({ inbox, directory, log, onChange }: Parts): StaffBoard {
  const board = new Map<string, Known>();
  let questions = 0;
  let changes = 0;

  async function ask(channel: string): Promise<void> {
    questions += 1;
    const asked = questions;
    try {
      const { directors, managers } = await inbox.staff(channelRef(channel));
      const ids = { directors: directors.map(memberIdOf), managers: managers.map(memberIdOf) };
      keep({ channel, ...ids }, asked);
    } catch (error) {
      log.warn("studio.staff_unknown", { channel, message: String(error) });
    }
  }

  function keep(staff: ChannelStaff, asked: number): void {
    const known = board.get(staff.channel);
    // A slow answer to an earlier question is older news.
    if (known !== undefined && known.asked > asked) return;
    const isNews = !isDeepStrictEqual(known?.staff, staff);
    if (isNews) changes += 1;
    board.set(staff.channel, { staff, asked, change: isNews ? changes : (known?.change ?? changes) });
    if (isNews) onChange();
  }

  async function askAll(): Promise<void> {
    const channels = await directory.channels();
    await Promise.all(channels.map(({ id }) => ask(id)));
  }

  const since = (change: number) => ({
    change: changes,
    staff: [...board.values()].filter((one) => one.change > change).map((one) => one.staff),
  });

  return { ask, askAll, since };
}
