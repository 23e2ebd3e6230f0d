import type { MemoryStore } from './memory-store.ts';

/** One life of the process. What it writes after its death never reaches the disk, and nobody hears of it. */
export type Life = {
  isAlive: boolean;
  /** Dies at the write after so many more; undefined lives on. */
  fuse?: number | undefined;
  /** Whether the write it dies at still reaches the disk. It is never acknowledged. */
  lands: boolean;
};

type Write = (...args: never[]) => Promise<unknown>;
const never = (): Promise<never> => new Promise(() => {});

const mortal =
  <Each extends Write>(life: Life, write: Each) =>
  async (...args: Parameters<Each>): Promise<Awaited<ReturnType<Each>>> => {
    if (!life.isAlive) return never();
    if (life.fuse !== undefined) life.fuse -= 1;
    const isLast = life.fuse !== undefined && life.fuse < 0;
    if (isLast) life.isAlive = false;
    if (isLast && !life.lands) return never();
    const result = (await write(...args)) as Awaited<ReturnType<Each>>;
    return life.isAlive ? result : never();
  };

/** The same disk as one life of the process sees it. */
export const mortalStore = (disk: MemoryStore, life: Life): MemoryStore => ({
  ...disk,
  runs: { ...disk.runs, put: mortal(life, disk.runs.put), remove: mortal(life, disk.runs.remove) },
  fetchJobs: { ...disk.fetchJobs, fail: mortal(life, disk.fetchJobs.fail) },
  schedules: { ...disk.schedules, put: mortal(life, disk.schedules.put), remove: mortal(life, disk.schedules.remove) },
  settings: { ...disk.settings, update: mortal(life, disk.settings.update) },
  notes: { ...disk.notes, put: mortal(life, disk.notes.put) },
});
