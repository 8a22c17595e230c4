/** Which channels have a post or an edit under way, for what must not stand in front of one. */
export interface ChannelWork {
  run<T>(channel: string, work: () => Promise<T>): Promise<T>;
  isUnderWay(channel: string): boolean;
}

export function createChannelWork(): ChannelWork {
  const counts = new Map<string, number>();
  return {
    async run(channel, work) {
      counts.set(channel, (counts.get(channel) ?? 0) + 1);
      try {
        return await work();
      } finally {
        const left = (counts.get(channel) ?? 1) - 1;
        if (left === 0) counts.delete(channel);
        else counts.set(channel, left);
      }
    },
    isUnderWay: (channel) => counts.has(channel),
  };
}
