import { readArgs, wholeNumber } from '../args.ts';
import { clean, columns, counted, cut, size } from '../format.ts';
import { type Command, printJson } from '../io.ts';
import { ask, withCore } from '../with-core.ts';

const SHOWN_SOURCES = 10;
/** Verdicts that want a decision of the owner. */
const WANTING = ['dead', 'blocked', 'failing', 'idle', 'noisy'];

/** `tidings stats`: numbers of the last days, and what is on disk. */
export const statsCommand: Command = async (args, io) => {
  const { values } = readArgs(args, { days: { type: 'string' }, zone: { type: 'string' } });
  const days = wholeNumber(values.days, 'days', { min: 1, max: 366 }) ?? 30;
  const { stats, storage, ...more } = await withCore(io, values.data, 'read', async (core) => ({
    stats: await ask(core, 'stats.get', { days, ...(values.zone ? { timeZone: values.zone } : {}) }),
    storage: await ask(core, 'stats.storage', {}),
    disk: await ask(core, 'stats.disk', {}),
    sources: await ask(core, 'stats.sources', { days }),
    hosts: await ask(core, 'sources.hosts', {}),
  }));
  if (values.json) {
    await printJson(io, { ...stats, storage, ...more });
    return 0;
  }
  const { runs, fetches, load } = stats;
  await io.out(
    columns([
      ['Days', String(days)],
      ['Posts', `${stats.posts.toLocaleString('en')}, ${stats.opened.toLocaleString('en')} read`],
      ['Runs', `${runs.total} (${runs.failed} failed, ${runs.missed} missed)`],
      ['Fetch jobs', `${fetches.total} (${fetches.failed} failed, ${fetches.notModified} not modified), ${size(fetches.bytes)}`],
      ['Requests an hour', `${load.plannedPerHour} planned, ${load.donePerHour} done`],
      ['On disk', `${size(storage.bytes)} in ${storage.dataDir}, about ${size(more.disk.growth.bytesPerDay)} more a day`],
      ['Saved by 304', `${size(more.hosts.reduce((sum, { savedBytes }) => sum + savedBytes, 0))} in 30 days, estimated`],
      ['Kept', `${counted(storage.counts.posts, 'post')}, ${counted(storage.counts.sources, 'source')}`],
    ]),
  );
  if (load.warning) io.tell(load.warning);
  const top = stats.bySource.slice(0, SHOWN_SOURCES);
  if (top.length > 0) await io.out(`\n${columns(top.map(({ title, posts }) => [cut(clean(title), 40), String(posts)]))}`);
  const wanting = more.sources.filter(({ verdict }) => WANTING.includes(verdict));
  if (wanting.length === 0) return 0;
  await io.out(`\n${columns(wanting.map((row) => [row.verdict, cut(clean(row.source.title), 40), clean(row.reason)]))}`);
  return 0;
};
