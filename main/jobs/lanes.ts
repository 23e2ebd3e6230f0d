/** How many sources are worked on at once, and how many of them may be ones that failed the last time. */
export type Lanes = { all: number; suspects: number };

/**
 * Works through a list in its order, bounded. Suspects that find their places taken step aside for the next healthy item.
 * Stops starting at the first rejection, waits for what runs, and rejects with it.
 */
export const workInLanes = <Item>(
  items: readonly Item[],
  lanes: Lanes,
  isSuspect: (item: Item) => boolean,
  work: (item: Item) => Promise<void>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const healthy = items.map((item, order) => ({ item, order })).filter(({ item }) => !isSuspect(item));
    const suspects = items.map((item, order) => ({ item, order })).filter(({ item }) => isSuspect(item));
    let nextHealthy = 0;
    let nextSuspect = 0;
    let running = 0;
    let runningSuspects = 0;
    let failure: { reason: unknown } | undefined;

    const next = (): { item: Item; isSuspect: boolean } | undefined => {
      const first = healthy[nextHealthy];
      const suspect = runningSuspects < lanes.suspects ? suspects[nextSuspect] : undefined;
      if (suspect && (!first || suspect.order < first.order)) {
        nextSuspect += 1;
        return { item: suspect.item, isSuspect: true };
      }
      if (first) nextHealthy += 1;
      return first && { item: first.item, isSuspect: false };
    };

    const start = (picked: { item: Item; isSuspect: boolean }): void => {
      running += 1;
      if (picked.isSuspect) runningSuspects += 1;
      work(picked.item)
        .catch((reason: unknown) => {
          failure ??= { reason };
        })
        .finally(() => {
          running -= 1;
          if (picked.isSuspect) runningSuspects -= 1;
          pump();
        });
    };

    const pump = (): void => {
      while (!failure && running < lanes.all) {
        const picked = next();
        if (!picked) break;
        start(picked);
      }
      if (running > 0) return;
      if (failure) reject(failure.reason);
      else resolve();
    };
    pump();
  });

/**
 * The same list with the hosts taking turns: a host's second source has to wait for its first in any case,
 * so others go before it. The order among the first ones, and among those of one host, stays.
 */
export const takeTurns = <Item>(items: readonly Item[], hostOf: (item: Item) => string): Item[] => {
  const seen = new Map<string, number>();
  return items
    .map((item) => {
      const host = hostOf(item);
      const turn = seen.get(host) ?? 0;
      seen.set(host, turn + 1);
      return { item, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ item }) => item);
};
